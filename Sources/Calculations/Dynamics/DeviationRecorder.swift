import DeepPotential
import MolecularDynamics

/// Asks the ensemble's other models for their forces and keeps how far they differ.
final class DeviationRecorder: Observer {
    let name = "deviation"
    let interval: Int
    private let firstStep: Int
    private let others: [any Potential]
    private var evaluations: [Evaluation]
    private(set) var histogram = DeviationHistogram()

    init(interval: Int, firstStep: Int, others: [any Potential]) {
        self.interval = interval
        self.firstStep = firstStep
        self.others = others
        evaluations = Array(repeating: Evaluation(), count: others.count)
    }

    func begin(_ state: MDState) { histogram = DeviationHistogram() }

    func observe(_ sample: MDSample) throws {
        guard sample.state.step >= firstStep else { return }
        for (index, potential) in others.enumerated() {
            try potential.evaluate(sample.state.structure, into: &evaluations[index])
        }
        let deviation = ModelDeviation([sample.state.evaluation] + evaluations)
        histogram.add(ModelDeviationRecord(step: sample.state.step, deviation).largestForce)
    }

    func save(into encoder: inout CheckpointEncoder) throws {
        try encoder.encode(histogram)
        for potential in others { potential.invalidateNeighbourList() }
    }

    func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {
        histogram = try decoder.decode(DeviationHistogram.self, "histogram of deviations")
        for potential in others { potential.invalidateNeighbourList() }
    }
}
