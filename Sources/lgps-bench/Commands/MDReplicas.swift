import DeepPotential
import Files
import Foundation
import MolecularDynamics
import Parallel
import Reporting
import Structures
import Validation

/// Independent runs of one configuration with seeds of their own, over the cores, each on one thread.
struct MDReplicas {
    var configuration: MDConfiguration
    var structure: Structure
    /// Model 0 drives, the others tell the deviation.
    var models: [DPModel]
    var potentialIdentity: String
    var count: Int
    /// Holds the replicas' folders.
    var output: String
    var workers: Int

    /// - Throws: `Interrupted` when asked to stop; the first replica's error, after the others have ended.
    func run(resume: Bool, progress: ProgressMeter, stop: StopFlag) throws {
        guard configuration.initialVelocities == .random else {
            throw InputError(
                place: "initial_velocities", problem: "replicas that start from the same velocities are the same run",
                mend: "choose random, or run one replica")
        }
        progress.begin("md")
        let outcomes = ReplicaScheduler(workers: workers).run(
            (0..<count).map(task), from: resume ? .resumeIfPossible : .fresh, stop: stop
        ) {
            progress.update(
                $0.fraction,
                detail: "\($0.ended) of \($0.tasks) runs done, "
                    + "\(NumberText.significant($0.stepsPerSecond, digits: 3)) steps/s")
        }
        for (index, outcome) in outcomes.enumerated() {
            guard case .failed(let error) = outcome else { continue }
            FileHandle.standardError.write(Data("\(Self.name(index)): \(error)\n".utf8))
        }
        for case .failed(let error) in outcomes { throw error }
        guard outcomes.allSatisfy({ $0.result != nil }) else { throw Interrupted() }
        progress.finish("md: \(count) runs of \(configuration.steps) steps")
    }

    /// The folder of a replica, below `output`.
    static func name(_ index: Int) -> String { String(format: "replica-%03d", index) }

    private func task(_ index: Int) -> ReplicaTask<Void> {
        var configuration = configuration
        configuration.seed &+= UInt64(index)
        let folder = "\(output)/\(Self.name(index))"
        return ReplicaTask(name: Self.name(index), steps: configuration.steps) { [configuration] in
            let evaluators = models.map { CompressedEvaluator(model: $0, threads: 1) }
            try Folder.prepare(folder)
            TemporaryName.removeLeftovers(in: folder)
            let simulation = try Simulation(
                configuration: configuration, structure: structure, potential: evaluators[0],
                observers: try configuration.observers(folder: folder, others: Array(evaluators.dropFirst())),
                folder: folder, potentialIdentity: potentialIdentity)
            return ReplicaRun(simulation) {}
        }
    }
}
