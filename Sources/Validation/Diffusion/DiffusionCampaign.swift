import DeepPotential
import Dispatch
import Files
import Foundation
import MolecularDynamics
import Parallel
import Reporting
import Statistics
import Structures
import Synchronization

/// The MD runs of a diffusion plan: single-threaded replicas, as many at a time as there are threads.
///
/// Below `OUTPUT/md` every replica has a folder with its checkpoint and, once it is done, `result.json`; a resumed
/// campaign goes on from these.
struct DiffusionCampaign {
    /// What was run, and how fast.
    struct Plan: Codable, Equatable, Sendable {
        var replicas: [Replica]
        /// Below one on a machine too slow for the profile's lengths within its wall limit.
        var scale: Double
        /// One replica among as many as there are threads.
        var millisecondsPerStep: Double
    }

    /// A finished campaign.
    struct Outcome: Sendable {
        var plan: Plan
        /// One for each replica of the plan, in its order.
        var results: [ReplicaResult]
    }

    var context: PartContext

    private static let checkpointInterval = 2500

    private var plan: Profile.DiffusionPlan { context.profile.diffusion }
    private var folder: String { "\(context.settings.output)/md" }

    /// Runs what is not yet done.
    ///
    /// - Throws: `Interrupted` when stopped; `SimulationFailure` when a replica explodes.
    func run() throws -> Outcome {
        try Folder.prepare(folder)
        let campaign = try fixedPlan()
        let missing = campaign.replicas.filter { !isFinished($0) }
        if !missing.isEmpty { try run(missing, of: campaign.replicas) }
        return Outcome(
            plan: campaign,
            results: try campaign.replicas.map { try JSONText.read(ReplicaResult.self, from: resultPath($0)) })
    }

    private func run(_ missing: [Replica], of all: [Replica]) throws {
        let (missingSteps, allSteps) = (totalSteps(missing), totalSteps(all))
        let meter = context.progress
        meter.begin("molecular dynamics", fraction: 1 - missingSteps / allSteps)
        let outcomes = ReplicaScheduler(workers: context.settings.threads).run(missing.map(task), stop: context.stop) {
            let left = Double($0.steps - $0.step)
            meter.update(
                1 - left / allSteps, detail: "\(all.count - missing.count + $0.ended) of \(all.count) runs done")
        }
        for case .failed(let error) in outcomes { throw error }
        guard outcomes.allSatisfy({ $0.result != nil }) else { throw Interrupted() }
        meter.finish("molecular dynamics: \(all.count) runs done")
    }

    // MARK: - One replica

    private func steps(of replica: Replica) -> (equilibration: Int, total: Int) {
        let equilibration = Int((plan.equilibration / plan.timestep).rounded())
        return (equilibration, equilibration + Int((replica.picoseconds / plan.timestep).rounded()))
    }

    private func structure(_ replica: Replica) throws -> Structure {
        try CrystalAt.at(
            temperature: replica.temperature, context.material, cell: try context.cell(), supercell: plan.supercell,
            expansion: plan.thermalExpansion, seed: context.settings.seed,
            arrangement: plan.isDisordered ? replica.index : nil)
    }

    private func totalSteps(_ replicas: [Replica]) -> Double {
        replicas.map { Double(steps(of: $0).total) }.reduce(0, +)
    }

    private func resultPath(_ replica: Replica) -> String { "\(folder)/\(replica.name)/result.json" }

    private func isFinished(_ replica: Replica) -> Bool {
        FileManager.default.fileExists(atPath: resultPath(replica))
    }

    private func task(_ replica: Replica) -> ReplicaTask<Void> {
        ReplicaTask(name: replica.name, steps: steps(of: replica).total) {
            let displacements = DisplacementRecorder(
                interval: sampleSteps, timestep: plan.timestep, firstStep: steps(of: replica).equilibration,
                milestones: stages(replica.picoseconds))
            let thermo = ThermoRecorder(interval: sampleSteps)
            let simulation = try simulation(replica, observers: [displacements, thermo])
            return ReplicaRun(simulation) {
                let result = try result(replica, displacements, thermo, atoms: simulation.state.count)
                try AtomicFile.write(try JSONText.data(result), to: resultPath(replica))
            }
        }
    }

    /// Steps between samples.
    private var sampleSteps: Int { Int((plan.sampleInterval / plan.timestep).rounded()) }

    private func simulation(_ replica: Replica, observers: [any Observer]) throws -> Simulation {
        // Every replica has velocities of its own, whatever the others are.
        var stream = RandomStream(seed: context.settings.seed, name: "replica \(replica.name)")
        var configuration = MDConfiguration(temperature: replica.temperature, steps: steps(of: replica).total)
        configuration.timestep = plan.timestep
        configuration.thermostat.relaxationTime = plan.thermostatTime
        configuration.checkpointInterval = Self.checkpointInterval
        configuration.seed = stream.next()
        return try Simulation(
            configuration: configuration, structure: try structure(replica),
            potential: CompressedEvaluator(model: context.models[0], threads: 1), observers: observers,
            folder: "\(folder)/\(replica.name)", potentialIdentity: context.modelInputs[0].sha256)
    }

    private func result(
        _ replica: Replica, _ displacements: DisplacementRecorder, _ thermo: ThermoRecorder, atoms: Int
    ) throws -> ReplicaResult {
        let production = thermo.records.filter { $0.step >= steps(of: replica).equilibration }
        guard let first = production.first, let last = production.last, last.time > first.time else {
            preconditionFailure("\(replica.name) has no production")
        }
        let energy = 1000 * (last.conservedEnergy - first.conservedEnergy) / Double(atoms)
        return ReplicaResult(
            replica: replica, lengths: displacements.milestones.map(DiffusionAtLength.init),
            temperature: try BlockAverage(production.map(\.temperature)).estimate,
            drift: energy / (last.time - first.time))
    }

    /// Lengths (ps) whose estimates are kept: all, a half, a quarter, ... down to 5 ps, in ascending order.
    private func stages(_ picoseconds: Double) -> [Double] {
        let halves = (0..<8).map { picoseconds / Double(1 << $0) }.filter { $0 >= 5 }
        return halves.isEmpty ? [picoseconds] : halves.reversed()
    }

    // MARK: - The plan

    /// The plan of this folder: fixed at the first start, so that a resumed run has the same lengths.
    private func fixedPlan() throws -> Plan {
        let path = "\(folder)/plan.json"
        if FileManager.default.fileExists(atPath: path) { return try JSONText.read(Plan.self, from: path) }
        let wanted = plan.temperatures.flatMap { temperature in
            (0..<temperature.replicas).map {
                Replica(temperature: temperature.kelvin, index: $0, picoseconds: temperature.picoseconds)
            }
        }
        // The longest first, so that no thread is left with a long one at the end.
        let replicas = wanted.sorted { $0.picoseconds > $1.picoseconds }
        let milliseconds = try millisecondsPerStep(replicas[0])
        let steps = replicas.map { Double(self.steps(of: $0).total) }.reduce(0, +)
        let threads = Double(min(context.settings.threads, replicas.count))
        let scale = min(1, plan.wallLimit / (0.001 * milliseconds * steps / threads))
        let fixed = Plan(
            replicas: replicas.map { scaled($0, by: scale) }, scale: scale, millisecondsPerStep: milliseconds)
        try AtomicFile.write(try JSONText.data(fixed), to: path)
        return fixed
    }

    /// A shorter replica, by whole picoseconds.
    private func scaled(_ replica: Replica, by scale: Double) -> Replica {
        guard scale < 1 else { return replica }
        var shorter = replica
        shorter.picoseconds = max(1, (replica.picoseconds * scale).rounded(.down))
        return shorter
    }

    /// Timed with as many replicas side by side as will run.
    private func millisecondsPerStep(_ replica: Replica) throws -> Double {
        let structure = try structure(replica)
        let timer = StepTimer(temperature: replica.temperature, repeats: 3, secondsPerTiming: 0.3)
        let timings = Mutex([Result<Double, any Error>]())
        DispatchQueue.concurrentPerform(iterations: context.settings.threads) { thread in
            let result = Result {
                try timer.time(
                    structure, model: context.models[0], threads: 1, seed: UInt64(thread), stop: context.stop
                ).median
            }
            timings.withLock { $0.append(result) }
        }
        return try timings.withLock { try $0.map { try $0.get() }.max()! }
    }
}
