import DeepPotential
import Files
import Foundation
import Parallel
import Statistics
import Structures

/// One molecular dynamics run: takes steps, calls the observers, writes checkpoints, and stops when asked to or when
/// the system explodes.
///
/// With a folder, the run writes `checkpoint.bin` there every `checkpointInterval` steps and continues from it bit for
/// bit; without one it lives in memory.
public final class Simulation {
    /// Where a run begins.
    public enum Start: Sendable {
        /// Step 0, whatever the folder holds.
        case fresh
        /// The folder's checkpoint.
        case resume
        /// The folder's checkpoint when there is one, else step 0.
        case resumeIfPossible
    }

    public enum Outcome: Equatable, Sendable {
        /// All steps are done.
        case completed
        /// A stop was asked for; the checkpoint continues the run.
        case interrupted
    }

    public let configuration: MDConfiguration
    public let observers: [any Observer]
    /// Where checkpoints and the frame of an exploded run go.
    public let folder: String?
    public internal(set) var state: MDState
    public internal(set) var integrator: any Integrator
    /// What the user should know of the run's beginning.
    public private(set) var remarks: [String] = []
    /// Called from the running thread a few times per second.
    public var onProgress: ((SimulationProgress) -> Void)?
    let potential: any Potential
    let potentialIdentity: String

    /// - Parameters:
    ///   - structure: the first frame; its positions count as unwrapped.
    ///   - potentialIdentity: names the potential in checkpoints, such as the model's hash, so that a run is not
    ///     continued with another.
    ///   - masses: amu, one per atom; standard atomic weights when nil.
    ///   - degreesOfFreedom: 3N − 3 when nil; 3N for a potential that holds the atoms in space.
    /// - Throws: `InputError` for a configuration out of range, a structure without atoms or without the velocities
    ///   asked for, or a folder that cannot be made.
    public init(
        configuration: MDConfiguration, structure: Structure, potential: any Potential, observers: [any Observer] = [],
        folder: String? = nil, potentialIdentity: String = "", masses: [Double]? = nil, degreesOfFreedom: Int? = nil
    ) throws {
        try configuration.validate()
        guard structure.count > 0 else { throw InputError(problem: "there are no atoms to move") }
        if let worst = structure.positions.firstIndex(where: { !$0.sum().isFinite }) {
            throw InputError(place: "atom \(worst + 1)", problem: "the position is not finite")
        }
        if configuration.initialVelocities == .structure, structure.velocities == nil {
            throw InputError(
                place: "initial_velocities", problem: "the structure carries no velocities",
                mend: "give a structure with velocities, or choose random")
        }
        if configuration.ensemble == .npt, !structure.isPeriodic {
            throw InputError(place: "ensemble", problem: "a free cluster has no pressure", mend: "choose nvt or nve")
        }
        precondition(Set(observers.map(\.name)).count == observers.count, "observers' names must differ")
        precondition(observers.allSatisfy { $0.interval >= 1 }, "observers' intervals are at least one step")
        if let folder { try Folder.make(folder) }
        self.configuration = configuration
        self.observers = observers
        self.folder = folder
        self.potential = potential
        self.potentialIdentity = potentialIdentity
        state = MDState(
            structure: structure, masses: masses, degreesOfFreedom: degreesOfFreedom,
            constants: configuration.constants.values)
        integrator = configuration.integrator(for: state)
    }

    /// Runs to the last step, or until `stop` is raised.
    ///
    /// - Throws: `SimulationFailure` when the system explodes or an observer's limit is passed, `InputError` for a
    ///   checkpoint that does not fit, a structure that the potential refuses at once, or an output that cannot be
    ///   written. The last checkpoint stays intact whatever happens.
    @discardableResult
    public func run(from start: Start = .fresh, stop: StopFlag? = nil) throws -> Outcome {
        do {
            let outcome = try steps(from: start, stop: stop)
            for observer in observers { try observer.finish() }
            return outcome
        } catch {
            // The first error is the one to report.
            for observer in observers { try? observer.finish() }
            throw error
        }
    }

    private func steps(from start: Start, stop: StopFlag?) throws -> Outcome {
        if try !resumed(start) { try begin() }
        var reporter = ProgressReporter(firstStep: state.step)
        while state.step < configuration.steps {
            if stop?.isRaised ?? false {
                try saveCheckpoint()
                return .interrupted
            }
            try advance()
            try observe()
            let isLast = state.step == configuration.steps
            if isLast || state.step.isMultiple(of: configuration.checkpointInterval) { try saveCheckpoint() }
            if let onProgress, let progress = reporter.report(state, of: configuration.steps, force: isLast) {
                onProgress(progress)
            }
        }
        return .completed
    }

    /// Step 0: velocities, forces, first observation, first checkpoint.
    private func begin() throws {
        if configuration.initialVelocities == .random {
            var random = RandomStream(seed: configuration.seed, name: "velocities")
            state.drawVelocities(temperature: configuration.temperature, from: &random)
        } else if state.conservesMomentum {
            stopDrift()
        }
        potential.invalidateNeighbourList()
        try state.evaluate(potential)
        try guardAgainstExplosion()
        for observer in observers { try observer.begin(state) }
        try observe()
        try saveCheckpoint()
    }

    /// The degrees of freedom leave out the motion of the whole, so that it must not count as heat: velocities of a
    /// structure may have it.
    private func stopDrift() {
        let heat = state.temperature
        let drift = state.driftEnergy
        // Within rounding the velocities are left as they are given, to the last bit.
        guard drift > 1e-12 * state.kineticEnergy else { return }
        state.removeMomentum()
        remarks.append(
            "the structure's velocities had a total momentum, which was removed: their temperature is "
                + "\(state.temperature) K without it, \(heat) K with it")
    }

    private func advance() throws {
        do {
            try integrator.advance(&state, potential: potential)
        } catch let error as InputError {
            // The structure came from dynamics, not from the user.
            throw failure(step: state.step + 1, "\(error)")
        }
        try guardAgainstExplosion()
    }

    private func observe() throws {
        let due = observers.filter { state.step.isMultiple(of: $0.interval) }
        guard !due.isEmpty else { return }
        let sample = MDSample(state: state, thermo: ThermoRecord(state: state, integrator: integrator))
        for observer in due {
            do {
                try observer.observe(sample)
            } catch let limit as SimulationFailure {
                throw failure(step: limit.step, limit.reason)
            }
        }
    }

    private func guardAgainstExplosion() throws {
        guard state.evaluation.energy.isFinite else {
            throw failure(step: state.step, "the potential energy is \(state.evaluation.energy)")
        }
        let temperature = state.temperature
        guard temperature <= configuration.temperatureLimit else {
            throw failure(
                step: state.step,
                "the temperature is \(temperature) K, above the limit of \(configuration.temperatureLimit) K")
        }
    }

    /// Saves the frame at fault and makes the error that names it.
    private func failure(step: Int, _ reason: String) -> SimulationFailure {
        var failure = SimulationFailure(step: step, reason: reason)
        guard let folder else { return failure }
        let path = "\(folder)/stopped.extxyz"
        let frame = ExtendedXYZ.Frame(
            structure: state.structureWithVelocities, information: ["step": "\(step)", "reason": reason])
        if (try? ExtendedXYZ.write([frame], to: path)) != nil { failure.frameFile = path }
        if FileManager.default.fileExists(atPath: checkpointPath!) { failure.checkpoint = checkpointPath }
        return failure
    }

}
