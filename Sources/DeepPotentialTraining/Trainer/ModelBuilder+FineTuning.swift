import DeepPotential
import Files
import Structures

extension ModelBuilder {
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
        try check("descriptor/list[1]/rcut", model.threeBody?.cutoff, wanted.threeBody?.cutoff)
        try check("descriptor/list[1]/rcut_smth", model.threeBody?.smoothStart, wanted.threeBody?.smoothStart)
        try check("descriptor/list[1]/neuron", model.threeBody?.neuron, wanted.threeBody?.embedding)
    }

    /// `model` with its types in the order of the input's, elements that it lacks taken from their donors.
    ///
    /// - Parameter mostNeighbours: by type, of the data: slots that are chosen by themselves hold at least so many.
    static func adapt(
        _ model: DPModel, to input: TrainingInput, path: String, mostNeighbours: [Int]
    ) throws -> DPModel {
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
        switch input.model.selection {
        case .counts(let counts): result.descriptor.sel = counts
        case .automatic: result.descriptor.sel = zip(result.descriptor.sel, mostNeighbours).map(max)
        }
        result.descriptor.averages = sources.map { old.averages[$0] }
        result.descriptor.deviations = sources.map { old.deviations[$0] }
        if old.typeOneSide {
            result.descriptor.embeddings = sources.map { old.embeddings[$0] }
        } else {
            result.descriptor.embeddings = sources.flatMap { neighbour in
                sources.map { centre in old.embeddings[old.embeddingIndex(centre: centre, neighbour: neighbour)] }
            }
        }
        result.threeBody = model.threeBody.map { adapt($0, sources: sources, to: input.model.threeBody) }
        result.fitting.nets = sources.map { model.fitting.nets[$0] }
        // G enters over Σ sel: keep the descriptor's values when the slots change.
        let ratio = Double(result.descriptor.slots) / Double(old.slots)
        if ratio != 1 { result.rescaleDescriptor(by: ratio * ratio) }
        return result
    }

    /// The three-body part with its types in the order of `sources`. Its slots stay those of the donors: T is divided by
    /// them pair by pair, which the fitting nets' weights could not make up for.
    private static func adapt(
        _ old: ThreeBodyDescriptor, sources: [Int], to wanted: ThreeBodyInput?
    ) -> ThreeBodyDescriptor {
        var result = old
        result.sel = sources.map { old.sel[$0] }
        result.averages = sources.map { old.averages[$0] }
        result.deviations = sources.map { old.deviations[$0] }
        result.embeddings = sources.indices.flatMap { second in
            (0...second).map { first in
                let (a, b) = (sources[first], sources[second])
                return old.embeddings[ThreeBodyDescriptor.pairIndex(min(a, b), max(a, b))]
            }
        }
        return result
    }
}

extension DPModel {
    /// Multiplies the fitting nets' first weights, to make up for D divided by `factor`.
    fileprivate mutating func rescaleDescriptor(by factor: Double) {
        for net in fitting.nets.indices {
            let count = descriptor.dimension * fitting.nets[net].layers[0].outputs
            for k in 0..<count { fitting.nets[net].layers[0].weights[k] *= factor }
        }
    }
}
