import DeepPotential
import Statistics
import Structures

/// The model that training starts from: random networks with the data's statistics, or another model's.
enum ModelBuilder {
    /// - Throws: `InputError` when `sel` is too small for the data, or a model to fine-tune does not fit.
    static func build(_ input: TrainingInput, _ set: TrainingSet, seed: UInt64, pool: WorkerPool) throws -> DPModel {
        let model = input.model
        var result: DPModel
        if let path = input.extras.fineTune {
            result = try adapt(try DPModel(contentsOf: path), to: input, path: path)
            try check(result.descriptor.sel, set, input)
            // The old biases describe other data (and none of the new elements).
            result.outBias = Array(repeating: 0, count: model.typeMap.count)
        } else {
            result = try random(input, set, seed: seed, pool: pool)
        }
        result.fitting.biases = EnergyBias.leastSquares(
            counts: set.frames.map { frame in
                frame.types.reduce(into: [Double](repeating: 0, count: model.typeMap.count)) { $0[$1] += 1 }
            }, energies: set.frames.map(\.energy))
        return result
    }

    private static func random(
        _ input: TrainingInput, _ set: TrainingSet, seed: UInt64, pool: WorkerPool
    ) throws -> DPModel {
        let model = input.model
        let sel: [Int]
        switch model.selection {
        case .counts(let counts): sel = counts
        case .automatic(let factor):
            sel = set.mostNeighbours.map { max(4, (Int((Double($0) * factor).rounded(.up)) + 3) / 4 * 4) }
        }
        try check(sel, set, input)
        let statistics = EnvironmentStatistics(
            set, cutoff: model.cutoff, smoothStart: model.smoothStart, sel: sel, pool: pool)
        let types = model.typeMap.count
        // One seed moves everything; the descriptor's and fitting's own seeds vary only their part.
        func stream(_ own: Int?, _ name: String) -> RandomStream {
            RandomStream(seed: seed &+ UInt64(bitPattern: Int64(own ?? 0)), name: name)
        }
        var embeddingStream = stream(model.descriptorSeed, "initial embedding nets")
        var fittingStream = stream(model.fittingSeed, "initial fitting nets")
        let descriptor = SmoothDescriptor(
            cutoff: model.cutoff, smoothStart: model.smoothStart, sel: sel, neuron: model.embedding,
            axisNeuron: model.axisNeuron, typeOneSide: model.typeOneSide, resnetDt: model.embeddingResnetDt,
            precision: Precision(deepmdName: model.descriptorPrecision)!,
            averages: model.setDavgZero ? Array(repeating: .zero, count: types) : statistics.averages,
            deviations: statistics.deviations,
            embeddings: (0..<(model.typeOneSide ? types : types * types)).map { _ in
                .random(
                    inputs: 1, neuron: model.embedding, hasTimestep: model.embeddingResnetDt, linearOutput: false,
                    &embeddingStream)
            })
        let fitting = EnergyFitting(
            neuron: model.fitting, resnetDt: model.fittingResnetDt,
            precision: Precision(deepmdName: model.fittingPrecision)!,
            nets: (0..<types).map { _ in
                .random(
                    inputs: descriptor.dimension, neuron: model.fitting, hasTimestep: model.fittingResnetDt,
                    linearOutput: true, &fittingStream)
            }, biases: [])
        return DPModel(
            typeMap: model.typeMap, descriptor: descriptor, fitting: fitting,
            outBias: Array(repeating: 0, count: types))
    }

    private static func check(_ sel: [Int], _ set: TrainingSet, _ input: TrainingInput) throws {
        for (type, (slots, needed)) in zip(sel, set.mostNeighbours).enumerated() where needed > slots {
            throw InputError(
                file: input.file, place: "model/descriptor/sel",
                problem:
                    "atoms of the data have up to \(needed) \(input.model.typeMap[type]) neighbours, sel has \(slots)",
                mend: "set it to \(needed) or more, or to \"auto\"")
        }
    }

    private static func checkShape(of model: DPModel, against input: TrainingInput, path: String) throws {
        let (wanted, descriptor) = (input.model, model.descriptor)
        func check<Value: Equatable>(_ key: String, _ found: Value, _ asked: Value) throws {
            guard found == asked else {
                throw InputError(
                    file: input.file, place: "model/\(key)", problem: "is \(asked), but \(path) has \(found)",
                    mend: "give the model's own value to fine-tune it")
            }
        }
        try check("descriptor/rcut", descriptor.cutoff, wanted.cutoff)
        try check("descriptor/rcut_smth", descriptor.smoothStart, wanted.smoothStart)
        try check("descriptor/neuron", descriptor.neuron, wanted.embedding)
        try check("descriptor/axis_neuron", descriptor.axisNeuron, wanted.axisNeuron)
        try check("descriptor/type_one_side", descriptor.typeOneSide, wanted.typeOneSide)
        try check("fitting_net/neuron", model.fitting.neuron, wanted.fitting)
    }

    /// `model` with its types in the order of the input's, elements that it lacks taken from their donors.
    private static func adapt(_ model: DPModel, to input: TrainingInput, path: String) throws -> DPModel {
        try checkShape(of: model, against: input, path: path)
        let wanted = input.model.typeMap
        let sources = try wanted.map { element in
            if let index = model.typeMap.firstIndex(of: element) { return index }
            guard let donor = input.extras.donors[element] else {
                throw InputError(
                    file: input.file, place: "lgps_bench/donors", problem: "\(path) lacks \(element)",
                    mend:
                        "name the element whose networks it starts from, as in {\"\(element)\": \"\(model.typeMap[0])\"}"
                )
            }
            guard let index = model.typeMap.firstIndex(of: donor) else {
                throw InputError(
                    file: input.file, place: "lgps_bench/donors/\(element)", problem: "\(path) lacks \(donor) too",
                    mend: "name one of \(model.typeMap.joined(separator: ", "))")
            }
            return index
        }
        var result = model
        result.typeMap = wanted
        let old = model.descriptor
        result.descriptor.sel = sources.map { old.sel[$0] }
        if case .counts(let counts) = input.model.selection { result.descriptor.sel = counts }
        result.descriptor.averages = sources.map { old.averages[$0] }
        result.descriptor.deviations = sources.map { old.deviations[$0] }
        if old.typeOneSide {
            result.descriptor.embeddings = sources.map { old.embeddings[$0] }
        } else {
            result.descriptor.embeddings = sources.flatMap { neighbour in
                sources.map { centre in old.embeddings[old.embeddingIndex(centre: centre, neighbour: neighbour)] }
            }
        }
        result.fitting.nets = sources.map { model.fitting.nets[$0] }
        // G enters over Σ sel: keep the descriptor's values when the slots change.
        let ratio = Double(result.descriptor.slots) / Double(old.slots)
        if ratio != 1 { result.rescaleDescriptor(by: ratio * ratio) }
        return result
    }
}

extension DPModel {
    /// Multiplies the fitting nets' first weights, to make up for a descriptor divided by `factor`.
    fileprivate mutating func rescaleDescriptor(by factor: Double) {
        for net in fitting.nets.indices {
            for k in fitting.nets[net].layers[0].weights.indices { fitting.nets[net].layers[0].weights[k] *= factor }
        }
    }
}
