import DeepPotential
import Structures

/// Asks further models for their opinion of the trajectory and writes `model_devi.out` as LAMMPS with DeePMD-kit does.
///
/// Model 0 drives the run and has evaluated each frame already; the cost is that of the other models every `interval`
/// steps.
public final class ModelDeviationObserver: Observer {
    public let name = "model-deviation"
    public let interval: Int
    private let path: String
    private let others: [any Potential]
    private let forceLimit: Double?
    private var evaluations: [Evaluation]
    private var file: GrowingFile?
    /// The record of the frame seen last.
    public private(set) var latest: ModelDeviationRecord?

    /// - Parameters:
    ///   - path: usually `model_devi.out`.
    ///   - others: models 1, 2, ... of the ensemble.
    ///   - forceLimit: the run stops, with step and frame saved, when max_devi_f passes this (eV/Å).
    public init(path: String, interval: Int, others: [any Potential], forceLimit: Double? = nil) {
        self.path = path
        self.interval = interval
        self.others = others
        self.forceLimit = forceLimit
        evaluations = Array(repeating: Evaluation(), count: others.count)
    }

    public func begin(_ state: MDState) throws {
        file = try GrowingFile(creating: path)
        try file?.append(ModelDeviationFile.header(.dynamics))
    }

    public func observe(_ sample: MDSample) throws {
        for (model, potential) in others.enumerated() {
            try potential.evaluate(sample.state.structure, into: &evaluations[model])
        }
        let deviation = ModelDeviation([sample.state.evaluation] + evaluations)
        let record = ModelDeviationRecord(step: sample.state.step, deviation)
        latest = record
        try file?.append(ModelDeviationFile.line(record, .dynamics))
        if let forceLimit, record.largestForce > forceLimit {
            let atom = deviation.atomicForces.firstIndex(of: record.largestForce)! + 1
            throw SimulationFailure(
                step: record.step,
                reason: "the models' forces on atom \(atom) deviate by \(record.largestForce) eV/Å, above the limit of "
                    + "\(forceLimit) eV/Å")
        }
    }

    public func save(into encoder: inout CheckpointEncoder) throws {
        try file?.synchronise()
        encoder.encode(file?.length ?? 0)
        for potential in others { potential.invalidateNeighbourList() }
    }

    public func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {
        file = try GrowingFile(resuming: path, length: decoder.decodeInt())
        for potential in others { potential.invalidateNeighbourList() }
    }

    public func finish() { file = nil }
}
