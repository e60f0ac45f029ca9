import DeepPotential
import Foundation
import Structures

/// Trains the models that an input asks for, one after the other, on data prepared once.
///
/// One model goes into the output folder itself; several go into `000`, `001`, … with the seeds seed, seed + 1, ….
public struct EnsembleTraining {
    public let input: TrainingInput
    public let training: TrainingSet
    public let validation: TrainingSet?
    private let output: String
    private let pool: WorkerPool

    /// Reads and prepares the data.
    ///
    /// - Parameters:
    ///   - output: created when missing.
    ///   - threads: results do not depend on them.
    /// - Throws: `InputError` that names the system and frame at fault.
    public init(_ input: TrainingInput, output: String, threads: Int) throws {
        self.input = input
        self.output = output
        let pool = WorkerPool(threads: threads)
        self.pool = pool
        let base = URL(fileURLWithPath: input.file).deletingLastPathComponent()
        func load(_ names: [String]) throws -> TrainingSet {
            let systems = try names.flatMap { name in
                let path = name.hasPrefix("/") ? name : base.appendingPathComponent(name).path
                let found = try LabelledSystem.loadAll(under: path)
                guard !found.isEmpty else {
                    throw InputError(file: path, problem: "there is no deepmd/npy system here", mend: "check the path")
                }
                return found
            }
            return try TrainingSet(systems, typeMap: input.model.typeMap, cutoff: input.model.cutoff, pool: pool)
        }
        training = try load(input.training.systems)
        validation = input.training.validationSystems.isEmpty ? nil : try load(input.training.validationSystems)
        do {
            try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        } catch {
            throw InputError(file: output, problem: "the folder cannot be created", mend: "check the path")
        }
    }

    /// The folder of each model.
    public var folders: [String] {
        let count = input.extras.models
        return count == 1 ? [output] : (0..<count).map { "\(output)/" + String(format: "%03d", $0) }
    }

    /// Trains all models; those that a restart finds complete are not trained again.
    ///
    /// - Parameters:
    ///   - restart: each model goes on from its checkpoint, when it has one.
    ///   - report: takes the number of the model and its progress.
    /// - Returns: one outcome per model that was begun.
    public func run(
        restart: Bool, shouldStop: () -> Bool = { false }, report: (Int, TrainingProgress) -> Void = { _, _ in }
    ) throws -> [TrainingOutcome] {
        var outcomes: [TrainingOutcome] = []
        for (index, folder) in folders.enumerated() where !shouldStop() {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let hasCheckpoint = FileManager.default.fileExists(atPath: "\(folder)/\(input.training.saveName)")
            let trainer = try Trainer(
                input, training: training, validation: validation, seed: input.training.seed &+ UInt64(index),
                folder: folder, restart: restart && (hasCheckpoint || folders.count == 1), pool: pool)
            outcomes.append(try trainer.run(shouldStop: shouldStop) { report(index, $0) })
        }
        return outcomes
    }
}
