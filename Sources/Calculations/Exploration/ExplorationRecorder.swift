import DeepPotential
import Files
import MolecularDynamics
import Structures

/// Asks the ensemble's other models for their forces, and fills an `ExplorationRecord`.
final class ExplorationRecorder: Observer {
    let name = "exploration"
    let interval: Int
    private let exploration: Exploration
    private let others: [any Potential]
    private var evaluations: [Evaluation]
    /// Frames beyond the failure level that came one after the other.
    private var failures = 0
    var record = ExplorationRecord()

    init(_ exploration: Exploration, others: [any Potential]) {
        self.exploration = exploration
        self.others = others
        interval = exploration.interval
        evaluations = Array(repeating: Evaluation(), count: others.count)
    }

    func begin(_ state: MDState) {
        record = ExplorationRecord()
        failures = 0
    }

    func observe(_ sample: MDSample) throws {
        let state = sample.state
        do {
            for (index, potential) in others.enumerated() {
                try potential.evaluate(state.structure, into: &evaluations[index])
            }
        } catch let error as InputError {
            throw SimulationFailure(step: state.step, reason: "another model cannot evaluate the frame: \(error)")
        }
        let deviation = ModelDeviation([state.evaluation] + evaluations)
        // As they are stored: what is kept and what is counted must be the same frames.
        let row = [
            deviation.largestVirial, deviation.smallestVirial, deviation.meanVirial, deviation.largestForce,
            deviation.smallestForce, deviation.meanForce,
        ].map { Float($0) }
        let (force, virial) = (Double(row[3]), Double(row[0]))
        guard force.isFinite, virial.isFinite else {
            throw SimulationFailure(step: state.step, reason: "the models' deviation is not a number")
        }
        if exploration.keeps(force: force, virial: virial) {
            record.kept.values.append(Int32(record.frameCount))
            record.positions.values += state.structure.positions.flatMap { [$0.x, $0.y, $0.z] }
            record.cells.values += state.structure.cell.vectors.rowMajor
        }
        record.steps.values.append(Int32(state.step))
        record.deviations.values += row
        let worst = deviation.atomicForces.firstIndex(of: deviation.largestForce) ?? 0
        record.worstAtoms.values.append(Int32(worst))
        failures = force >= exploration.failureLevel ? failures + 1 : 0
        guard failures < exploration.failedInARow else {
            throw SimulationFailure(
                step: state.step,
                reason: "\(failures) frames in a row deviate by \(exploration.failureLevel) eV/Å or more")
        }
    }

    func save(into encoder: inout CheckpointEncoder) throws {
        try encoder.encode(Saved(record: record, failures: failures))
        for potential in others { potential.invalidateNeighbourList() }
    }

    func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {
        let saved = try decoder.decode(Saved.self, "explored frames")
        record = saved.record
        failures = saved.failures
        for potential in others { potential.invalidateNeighbourList() }
    }

    private struct Saved: Codable {
        var record: ExplorationRecord
        var failures: Int
    }
}
