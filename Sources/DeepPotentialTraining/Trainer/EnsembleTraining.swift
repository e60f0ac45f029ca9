import DeepPotential
import Files
import Foundation
import Parallel
import Structures

/// Trains the models that an input asks for, on data prepared once.
///
/// One model goes into the output folder itself; several go into `000`, `001`, … with the seeds seed, seed + 1, ….
public struct EnsembleTraining: Sendable {
    public let input: TrainingInput
    public let training: TrainingSet
    public let validation: TrainingSet?
    /// The model that each member of the ensemble starts from; empty without fine-tuning.
    private let startingModels: [String]
    private let output: String
    private let threads: Int

    /// Reads and prepares the data.
    ///
    /// - Parameters:
    ///   - output: created when missing.
    ///   - threads: results do not depend on them.
    /// - Throws: `InputError` that names the system and frame at fault.
    public init(_ input: TrainingInput, output: String, threads: Int) throws {
        self.input = input
        self.output = output
        self.threads = threads
        let pool = WorkerPool(threads: threads)
        startingModels = try Self.startingModels(input)
        func load(_ names: [String]) throws -> TrainingSet {
            let systems = try names.flatMap { name in
                let path = input.path(of: name)
                // As DeePMD-kit: without a type map of their own, the data's types are those of the model.
                let found = try LabelledSystem.loadAll(
                    under: path, types: Species.all(input.model.typeMap))
                guard !found.isEmpty else {
                    throw InputError(file: path, problem: "there is no deepmd/npy system here", mend: "check the path")
                }
                return found
            }
            return try TrainingSet(systems, typeMap: input.model.typeMap, cutoff: input.model.cutoff, pool: pool)
        }
        training = try load(input.training.systems)
        validation = input.training.validationSystems.isEmpty ? nil : try load(input.training.validationSystems)
        try Folder.make(output)
    }

    /// `fine_tune` names one model for all, or a folder with as many as are trained.
    private static func startingModels(_ input: TrainingInput) throws -> [String] {
        guard let name = input.extras.fineTune else { return [] }
        let count = input.extras.models
        let found = try ModelFiles.expand(input.path(of: name))
        if found.count == 1 { return Array(repeating: found[0], count: count) }
        guard found.count == count else {
            throw InputError(
                file: input.file, place: "lgps_bench/fine_tune",
                problem: "\(name) holds \(found.count) models, but \(count) are to be trained",
                mend: "set \"models\" to \(found.count), or name one of the models")
        }
        return found
    }

    /// The folder of each model.
    public var folders: [String] {
        let count = input.extras.models
        return count == 1 ? [output] : (0..<count).map { "\(output)/" + String(format: "%03d", $0) }
    }

    /// Trains all models, as many at a time as there are threads; those that a restart finds complete are not trained again.
    ///
    /// A model that fails does not stop the others.
    /// - Parameters:
    ///   - restart: each model goes on from its checkpoint, when it has one.
    ///   - report: takes the progress of all models and that of the one whose step it was; called from several threads, one
    ///     at a time.
    /// - Returns: one outcome per model that was begun.
    /// - Throws: the error of the first model that failed, after all have ended.
    public func run(
        restart: Bool, shouldStop: @escaping @Sendable () -> Bool = { false },
        report: @escaping @Sendable (WorkProgress, TrainingProgress) -> Void = { _, _ in }
    ) throws -> [TrainingOutcome] {
        let count = folders.count
        let workers = min(threads, count)
        let board = WorkBoard(
            steps: folders.map { _ in input.training.steps }, workers: workers, interval: .zero)
        // Threads left over go to the first workers.
        let pools = (0..<workers).map {
            WorkerPool(threads: threads / workers + ($0 < threads % workers ? 1 : 0))
        }
        let outcomes = TaskQueue.run(count, workers: workers, shouldStop: shouldStop) {
            index, worker -> Result<TrainingOutcome, any Error> in
            let outcome = Result {
                try train(index, restart: restart, pool: pools[worker], board, shouldStop, report)
            }
            if case .success(let stopped) = outcome, !stopped.isComplete { return outcome }
            board.end(index) { _ in }
            return outcome
        }
        return try outcomes.compactMap { try $0?.get() }
    }

    private func train(
        _ index: Int, restart: Bool, pool: WorkerPool, _ board: WorkBoard, _ shouldStop: () -> Bool,
        _ report: (WorkProgress, TrainingProgress) -> Void
    ) throws -> TrainingOutcome {
        let folder = folders[index]
        try Folder.make(folder)
        TemporaryName.removeLeftovers(in: folder)
        let hasCheckpoint = FileManager.default.fileExists(atPath: "\(folder)/\(input.training.saveName)")
        var input = input
        if !startingModels.isEmpty { input.extras.fineTune = startingModels[index] }
        let trainer = try Trainer(
            input, training: training, validation: validation, seed: input.training.seed &+ UInt64(index),
            folder: folder, restart: restart && (hasCheckpoint || folders.count == 1), pool: pool)
        board.begin(index, at: trainer.step)
        return try trainer.run(shouldStop: shouldStop) { progress in
            board.update(index, to: progress.step) { report($0, progress) }
        }
    }
}
