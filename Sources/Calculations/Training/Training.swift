import DeepPotential
import DeepPotentialTraining
import Execution
import Files
import Foundation
import Parallel
import Structures

/// The training of one model of an ensemble. It goes on from the trainer's checkpoint in its work folder, where the model
/// stays.
public struct Training: Calculation {
    public static let kind = "training/1"
    public static let stage = ResourceStage.training
    /// The model in the work folder.
    public static let modelFile = "model.dp"

    public struct Content: Codable, Equatable, Sendable {
        /// SHA-256 of `modelFile` in the work folder.
        public var model: String
        /// Trained on.
        public var frames: Int
        /// Of the written model: the best on the validation data, or the last.
        public var steps: Int
        /// On the validation data, when there are any.
        public var validation: Errors?
    }

    /// Root mean squares: eV/atom, eV/Å, eV/atom.
    public struct Errors: Codable, Equatable, Sendable {
        public var energy: Double
        public var forces: Double
        public var virial: Double?

        init(_ sums: ErrorSums) {
            (energy, forces) = (sums.energyRMSE, sums.forceRMSE)
            virial = sums.virialRMSE.isFinite ? sums.virialRMSE : nil
        }
    }

    /// Frames of one system that earlier calculations have labelled.
    public struct LabelledFrames: Codable, Hashable, Sendable {
        /// For messages: "iter.000002/data.001".
        public var name: String
        /// Keys of their `Labels`, of the same atoms in the same order.
        public var keys: [String]
        /// Of those, which one: "PBE".
        public var level: String

        public init(name: String, keys: [String], level: String) {
            self.name = name
            self.keys = keys
            self.level = level
        }
    }

    /// DeePMD-kit's input, as canonical JSON; the systems that it names do not count.
    public var input: String
    /// SHA-256 of labelled systems.
    public var data: [String]
    public var labels: [LabelledFrames]
    /// SHA-256 of labelled systems.
    public var validation: [String]
    /// SHA-256 of the model that it starts from; nil for random networks.
    public var startingModel: String?
    public var seed: UInt64
    /// Steps times the atoms of a batch, for the cost.
    private var work: Double

    public init(
        input: String, data: [String], labels: [LabelledFrames] = [], validation: [String] = [],
        startingModel: String? = nil, seed: UInt64
    ) throws {
        self.input = input
        self.data = data
        self.labels = labels
        self.validation = validation
        self.startingModel = startingModel
        self.seed = seed
        let run = try TrainingInput(json: Data(input.utf8), file: "input.json").training
        let atoms =
            switch run.batchSize {
            case .atoms(let count), .mixed(let count): count
            case .frames(let count): 50 * count
            }
        work = Double(run.steps * atoms)
    }

    public var title: String {
        let frames = labels.reduce(0) { $0 + $1.keys.count }
        return "training, seed \(seed), \(data.count) systems, \(frames) labels"
            + (startingModel == nil ? "" : ", goes on")
    }

    /// Of a production net on one core of an AVX2 machine: 0.3 ms for an atom of a batch.
    public var cost: Double { 3e-4 * work + 5 }

    public func run(in folder: WorkFolder, control: RunControl) throws -> Content {
        var input = try TrainingInput(json: Data(input.utf8), file: "input.json")
        input.extras.fineTune = try startingModel.map(control.inputs.path)
        let pool = WorkerPool(threads: cores.count)
        func set(_ systems: [LabelledSystem]) throws -> TrainingSet {
            try TrainingSet(systems, typeMap: input.model.typeMap, cutoff: input.model.cutoff, pool: pool)
        }
        let training = try set(
            data.map { try Self.system($0, control) } + labels.map { try system($0, input, control) })
        let held = try validation.map { try Self.system($0, control) }
        let output = folder.file("training")
        try Folder.make(output)
        let hasCheckpoint = FileManager.default.fileExists(atPath: "\(output)/\(input.training.saveName)")
        let trainer = try Trainer(
            input, training: training, validation: held.isEmpty ? nil : try set(held), seed: seed, folder: output,
            restart: hasCheckpoint, pool: pool)
        let steps = Double(input.training.steps)
        let outcome = try trainer.run(
            shouldStop: { control.stop.isRaised }, report: { control.report(Double($0.step) / steps) })
        guard outcome.isComplete else { throw Interrupted() }
        let model = folder.file(Self.modelFile)
        try AtomicFile.write(InputFile.data(at: outcome.modelPath), to: model)
        return Content(
            model: try SHA256.hexadecimal(ofFile: model), frames: training.frameCount, steps: outcome.bestStep,
            validation: outcome.validation.map(Errors.init))
    }

    private static func system(_ hash: String, _ control: RunControl) throws -> LabelledSystem {
        try LabelledSystem.load(path: try control.inputs.path(of: hash))
    }

    private func system(
        _ frames: LabelledFrames, _ input: TrainingInput, _ control: RunControl
    ) throws -> LabelledSystem {
        let labelled = try frames.keys.map { key -> ExtendedXYZ.Frame in
            let outcome = try control.outcome(of: Labels.self, key: key)
            guard let label = outcome.content.labels[frames.level] else {
                throw InputError(
                    file: frames.name, place: key, problem: "the frame has no label of the level \(frames.level)")
            }
            return ExtendedXYZ.Frame(
                structure: outcome.calculation.structure, energy: label.energy, forces: label.forces,
                virial: label.virial)
        }
        return try LabelledSystem(
            name: frames.name, frames: labelled, typeMap: input.model.typeMap.compactMap { Species(symbol: $0) })
    }
}
