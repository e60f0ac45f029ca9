import DeepPotential
import Parallel
import Statistics

extension ModelBuilder {
    /// Random networks with the data's statistics.
    static func random(
        _ input: TrainingInput, _ set: TrainingSet, seed: UInt64, pool: WorkerPool
    ) throws -> DPModel {
        let model = input.model
        // One seed moves everything; the descriptors' and fitting's own seeds vary only their part.
        func stream(_ own: Int?, _ name: String) -> RandomStream {
            RandomStream(seed: seed &+ UInt64(bitPattern: Int64(own ?? 0)), name: name)
        }
        var embeddingStream = stream(model.descriptorSeed, "initial embedding nets")
        var threeBodyStream = stream(model.threeBody?.seed, "initial three-body nets")
        var fittingStream = stream(model.fittingSeed, "initial fitting nets")
        let descriptor = try twoBody(input, set, &embeddingStream, pool: pool)
        let threeBody = try model.threeBody.map { try self.threeBody($0, input, set, &threeBodyStream, pool: pool) }
        let types = model.typeMap.count
        let fitting = EnergyFitting(
            neuron: model.fitting, resnetDt: model.fittingResnetDt,
            precision: Precision(deepmdName: model.fittingPrecision)!,
            nets: (0..<types).map { _ in
                .random(
                    inputs: descriptor.dimension + (threeBody?.width ?? 0), neuron: model.fitting,
                    hasTimestep: model.fittingResnetDt, linearOutput: true, &fittingStream)
            }, biases: [])
        return DPModel(
            typeMap: model.typeMap, descriptor: descriptor, threeBody: threeBody, fitting: fitting,
            outBias: Array(repeating: 0, count: types))
    }

    private static func twoBody(
        _ input: TrainingInput, _ set: TrainingSet, _ stream: inout RandomStream, pool: WorkerPool
    ) throws -> SmoothDescriptor {
        let model = input.model
        let types = model.typeMap.count
        let sel = model.selection.slots(for: set.mostNeighbours)
        try check(sel, set.mostNeighbours, input)
        let statistics = EnvironmentStatistics(set, cutoff: model, sel: sel, pool: pool)
        let averages = model.setDavgZero ? Array(repeating: .zero, count: types) : statistics.averages
        let embeddings = (0..<(model.typeOneSide ? types : types * types)).map { net in
            var network = DenseNetwork.random(
                inputs: 1, neuron: model.embedding, hasTimestep: model.embeddingResnetDt, linearOutput: false, &stream)
            guard input.extras.initialNets == .spread else { return network }
            let neighbour = model.typeOneSide ? net : net / types
            // A net for all centres follows the one that comes nearest.
            let centres = model.typeOneSide ? 0..<types : net % types..<net % types + 1
            let centre = centres.min { set.shortest[$0 * types + neighbour] < set.shortest[$1 * types + neighbour] }!
            let shortest = set.shortest[centre * types + neighbour]
            let start = shortest.isFinite ? shortest : model.cutoff / 4
            network.spreadFirstLayer { part in
                let r = start + part * (model.cutoff - start)
                return (model.weight(r).value / r - averages[centre].x) / statistics.deviations[centre].x
            } stream: {
                stream.uniform()
            }
            return network
        }
        return SmoothDescriptor(
            cutoff: model.cutoff, smoothStart: model.smoothStart, sel: sel, neuron: model.embedding,
            axisNeuron: model.axisNeuron, typeOneSide: model.typeOneSide, resnetDt: model.embeddingResnetDt,
            precision: Precision(deepmdName: model.descriptorPrecision)!, averages: averages,
            deviations: statistics.deviations, embeddings: embeddings)
    }

    private static func threeBody(
        _ wanted: ThreeBodyInput, _ input: TrainingInput, _ set: TrainingSet, _ stream: inout RandomStream,
        pool: WorkerPool
    ) throws -> ThreeBodyDescriptor {
        let most = set.mostNeighbours(within: wanted.cutoff)
        let sel = wanted.selection.slots(for: most)
        try check(sel, most, input, place: "list[1]/sel")
        let types = sel.count
        let statistics = EnvironmentStatistics(set, cutoff: wanted, sel: sel, pool: pool)
        /// The largest |v| of a neighbour.
        func longest(_ centre: Int, _ neighbour: Int) -> Double {
            let r = set.shortest[centre * types + neighbour]
            return r < wanted.cutoff ? wanted.weight(r).value / r / statistics.deviations[centre].y : 0
        }
        let embeddings = (0..<types).flatMap { second in
            (0...second).map { first in
                var network = DenseNetwork.random(
                    inputs: 1, neuron: wanted.embedding, hasTimestep: wanted.resnetDt, linearOutput: false, &stream)
                guard input.extras.initialNets == .spread else { return network }
                let product = max(0.1, (0..<types).map { longest($0, first) * longest($0, second) }.max()!)
                network.spreadFirstLayer {
                    product * (2 * $0 - 1)
                } stream: {
                    stream.uniform()
                }
                return network
            }
        }
        return ThreeBodyDescriptor(
            cutoff: wanted.cutoff, smoothStart: wanted.smoothStart, sel: sel, neuron: wanted.embedding,
            resnetDt: wanted.resnetDt, precision: Precision(deepmdName: wanted.precision)!,
            averages: statistics.averages, deviations: statistics.deviations, embeddings: embeddings)
    }
}

extension ModelInput.Selection {
    /// Slots for atoms with at most this many neighbours of each type.
    fileprivate func slots(for most: [Int]) -> [Int] {
        switch self {
        case .counts(let counts): counts
        case .automatic(let factor):
            most.map { max(4, (Int((Double($0) * factor).rounded(.up)) + 3) / 4 * 4) }
        }
    }
}
