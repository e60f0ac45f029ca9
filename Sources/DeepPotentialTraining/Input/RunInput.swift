import Files
import Foundation
import Structures

/// The section `training`.
public struct RunInput: Equatable, Sendable {
    /// DeePMD-kit's batch_size.
    public enum BatchSize: Equatable, Sendable {
        /// Frames of one system per step.
        case frames(Int)
        /// As many frames of one system as give at least this many atoms.
        case atoms(Int)
        /// Frames of any systems until there are at least this many atoms ("mixed:N").
        case mixed(Int)
    }

    public var systems: [String]
    public var batchSize: BatchSize
    /// Which systems are drawn how often ("auto_prob").
    public var probability: SystemProbability
    public var validationSystems: [String]
    public var steps: Int
    public var seed: UInt64
    public var displayFile: String
    public var displayFrequency: Int
    public var saveFrequency: Int
    public var saveName: String
    /// Saves and validates an exponential average of the parameters, when given.
    public var averageDecay: Double?

    init(_ node: InputNode) throws {
        let keys = try node.object(
            known: [
                "training_data", "validation_data", "numb_steps", "stop_batch", "seed", "disp_file", "disp_freq",
                "save_freq", "save_ckpt", "enable_ema", "ema_decay", "disp_training", "time_training", "max_ckpt_keep",
                "profiling", "profiling_file", "tensorboard", "tensorboard_log_dir", "tensorboard_freq", "disp_avg",
                // A cache of statistics, which are computed here in seconds.
                "stat_file", "stat_file_mode",
                // Of DeePMD-kit 1, where data stood beside the rest; validation takes all frames that are given.
                "systems", "batch_size", "auto_prob", "numb_test",
            ],
            unsupported: [
                "mixed_precision": [], "model_prob": [], "data_dict": [], "numb_epoch": [],
                "save_dir": [], "change_bias_after_training": ["false"], "enable_profiler": ["false"],
                "gradient_max_norm": [], "acc_freq": ["1"], "zero_stage": ["0"], "opt_type": ["Adam"],
                "num_epoch": [], "set_prefix": ["set"], "ema_ckpt_keep": [], "enable_compile": ["false"],
                "sys_probs": [], "auto_prob_style": ["prob_sys_size"], "load_ckpt": ["model.ckpt"],
            ])
        guard let data = keys["training_data"] ?? (keys["systems"] == nil ? nil : node) else {
            throw node.failure("training_data is missing")
        }
        let d =
            keys["training_data"] == nil
            ? keys
            : try data.object(
                known: ["systems", "batch_size", "auto_prob", "numb_test"],
                unsupported: [
                    "sys_probs": [], "set_prefix": ["set"], "auto_prob_style": ["prob_sys_size"], "min_pair_dist": [],
                    "rglob_patterns": [],
                ])
        guard let named = d["systems"] else { throw data.failure("systems is missing") }
        systems = try named.list.map { try $0.string }
        guard !systems.isEmpty else { throw named.failure("no systems are named") }
        batchSize = try Self.batchSize(d["batch_size"])
        probability = try d["auto_prob"].map(SystemProbability.init) ?? .bySize
        if let data = keys["validation_data"] {
            let v = try data.object(
                known: ["systems", "batch_size", "numb_btch", "numb_batch", "numb_test"],
                unsupported: [
                    "auto_prob": ["prob_sys_size"], "sys_probs": [], "set_prefix": ["set"], "rglob_patterns": [],
                ])
            validationSystems = try v["systems"]?.list.map { try $0.string } ?? []
        } else {
            validationSystems = []
        }
        guard let count = keys["numb_steps"] ?? keys["stop_batch"] else { throw node.failure("numb_steps is missing") }
        steps = try count.atLeast(1)
        seed = UInt64(try keys["seed"]?.atLeast(0) ?? 0)
        displayFile = try Self.name(keys["disp_file"]) ?? "lcurve.out"
        displayFrequency = try keys["disp_freq"]?.atLeast(1) ?? 1000
        saveFrequency = try keys["save_freq"]?.atLeast(1) ?? 1000
        saveName = try Self.name(keys["save_ckpt"]) ?? "model.ckpt"
        if try keys["enable_ema"]?.bool ?? false {
            let decay = try keys["ema_decay"]?.double ?? 0.999
            guard decay > 0, decay < 1 else { throw node.failure("ema_decay (\(decay)) must lie between 0 and 1") }
            averageDecay = decay
        } else {
            averageDecay = nil
        }
    }

    /// The name of a file in the output folder, which it must not leave.
    private static func name(_ node: InputNode?) throws -> String? {
        guard let node else { return nil }
        let name = try node.string
        guard !name.isEmpty, !name.contains("/"), name != ".", name != ".." else {
            throw node.failure(
                "'\(name)' is no name of a file in the output folder", mend: "give a name without folders")
        }
        return name
    }

    /// Frames and atoms of a batch beyond these do not fit into any memory.
    private static let mostFrames = 10_000
    private static let mostAtoms = 10_000_000

    private static func batchSize(_ node: InputNode?) throws -> BatchSize {
        guard let node else { return .atoms(32) }
        if node.value is [Any] {
            // One for each system in DeePMD-kit.
            let sizes = try node.list.map { try $0.atLeast(1, most: mostFrames) }
            guard let size = sizes.first, Set(sizes).count == 1 else {
                throw node.failure(
                    "different batch sizes for the systems are not supported",
                    mend: "give one number, or \"auto:N\": as many frames as have N atoms")
            }
            return .frames(size)
        }
        guard let text = try? node.string else { return .frames(try node.atLeast(1, most: mostFrames)) }
        let parts = text.split(separator: ":")
        let atoms = parts.count == 2 ? Count.exactly(parts[1], in: 1...mostAtoms) ?? 0 : parts == ["auto"] ? 32 : 0
        guard atoms > 0, let kind = parts.first, ["auto", "mixed"].contains(kind) else {
            throw node.failure("'\(text)' is not a batch size", mend: "give a number, \"auto:N\" or \"mixed:N\" atoms")
        }
        return kind == "auto" ? .atoms(atoms) : .mixed(atoms)
    }
}
