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
    /// Systems are drawn in proportion to their frames when true ("prob_sys_size"), evenly otherwise.
    public var probabilityBySize: Bool
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
            ],
            unsupported: [
                "mixed_precision": [], "stat_file": [], "model_prob": [], "data_dict": [], "numb_epoch": [],
                "save_dir": [], "change_bias_after_training": ["false"], "enable_profiler": ["false"],
                "gradient_max_norm": [], "acc_freq": ["1"], "zero_stage": ["0"], "opt_type": ["Adam"],
                "num_epoch": [], "set_prefix": [], "ema_ckpt_keep": [], "enable_compile": ["false"],
                "stat_file_mode": [],
            ])
        guard let data = keys["training_data"] else { throw node.failure("training_data is missing") }
        let d = try data.object(
            known: ["systems", "batch_size", "auto_prob"],
            unsupported: [
                "sys_probs": [], "set_prefix": ["set"], "auto_prob_style": ["prob_sys_size"], "min_pair_dist": [],
                "rglob_patterns": [],
            ])
        guard let named = d["systems"] else { throw data.failure("systems is missing") }
        systems = try named.list.map { try $0.string }
        guard !systems.isEmpty else { throw named.failure("no systems are named") }
        batchSize = try Self.batchSize(d["batch_size"])
        switch try d["auto_prob"]?.string ?? "prob_sys_size" {
        case "prob_sys_size": probabilityBySize = true
        case "prob_uniform": probabilityBySize = false
        default: throw d["auto_prob"]!.failure("only prob_sys_size and prob_uniform are supported")
        }
        if let data = keys["validation_data"] {
            let v = try data.object(
                known: ["systems", "batch_size", "numb_btch", "numb_batch"],
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
        displayFile = try keys["disp_file"]?.string ?? "lcurve.out"
        displayFrequency = try keys["disp_freq"]?.atLeast(1) ?? 1000
        saveFrequency = try keys["save_freq"]?.atLeast(1) ?? 1000
        saveName = try keys["save_ckpt"]?.string ?? "model.ckpt"
        if try keys["enable_ema"]?.bool ?? false {
            let decay = try keys["ema_decay"]?.double ?? 0.999
            guard decay > 0, decay < 1 else { throw node.failure("ema_decay (\(decay)) must lie between 0 and 1") }
            averageDecay = decay
        } else {
            averageDecay = nil
        }
    }

    private static func batchSize(_ node: InputNode?) throws -> BatchSize {
        guard let node else { return .atoms(32) }
        guard let text = try? node.string else { return .frames(try node.atLeast(1)) }
        let parts = text.split(separator: ":")
        let atoms = parts.count == 2 ? Int(parts[1]) ?? 0 : parts == ["auto"] ? 32 : 0
        guard atoms > 0, let kind = parts.first, ["auto", "mixed"].contains(kind) else {
            throw node.failure("'\(text)' is not a batch size", mend: "give a number, \"auto:N\" or \"mixed:N\" atoms")
        }
        return kind == "auto" ? .atoms(atoms) : .mixed(atoms)
    }
}

/// The section `optimizer`.
public struct OptimizerInput: Equatable, Sendable {
    public enum Kind: String, Sendable {
        case adam = "Adam"
        case adamW = "AdamW"
        case muon = "HybridMuon"
    }

    public var kind = Kind.adam
    public var beta1 = 0.9
    public var beta2 = 0.999
    public var weightDecay = 0.0
    public var momentum = 0.95

    init(_ node: InputNode?) throws {
        guard let node else { return }
        let keys = try node.object(
            known: ["type", "adam_beta1", "adam_beta2", "weight_decay", "momentum", "muon_momentum"],
            unsupported: [
                "lr_adjust": ["0"], "lr_adjust_coeff": [], "muon_mode": [], "enable_gram": [], "flash_muon": [],
                "magma_muon": ["false"],
            ])
        let name = try keys["type"]?.string ?? "Adam"
        guard let kind = Kind(rawValue: name) else {
            throw node.failure("the optimizer '\(name)' is not supported", mend: "use Adam, AdamW or HybridMuon")
        }
        self.kind = kind
        weightDecay = kind == .adam ? 0 : 0.001
        if kind == .muon { beta2 = 0.95 }
        func fraction(_ key: String, _ value: inout Double) throws {
            guard let node = keys[key] else { return }
            value = try node.double
            guard value >= 0, value < 1 else { throw node.failure("must lie in [0, 1), but is \(value)") }
        }
        try fraction("adam_beta1", &beta1)
        try fraction("adam_beta2", &beta2)
        try fraction("momentum", &momentum)
        try fraction("muon_momentum", &momentum)
        weightDecay = try keys["weight_decay"]?.notNegative() ?? weightDecay
    }
}

/// The section `lgps_bench`: what DeePMD-kit's input has no key for.
public struct ExtraInput: Equatable, Sendable {
    /// Models to train, with the seeds seed, seed + 1, …
    public var models = 1
    /// Intervals of the embedding tables.
    public var tableIntervals = 128
    /// Steps between validations over all validation frames; the best model is kept.
    public var validationFrequency: Int?
    /// A model to start from.
    public var fineTune: String?
    /// For elements that the model to start from lacks: the element whose networks they begin with.
    public var donors: [String: String] = [:]

    init(_ node: InputNode?) throws {
        guard let node else { return }
        let keys = try node.object(
            known: ["models", "table_intervals", "validation_freq", "fine_tune", "donors"])
        models = try keys["models"]?.atLeast(1) ?? 1
        tableIntervals = try keys["table_intervals"]?.atLeast(8) ?? 128
        validationFrequency = try keys["validation_freq"]?.atLeast(1)
        fineTune = try keys["fine_tune"]?.string
        if let donors = keys["donors"], let entries = donors.value as? [String: String] {
            self.donors = entries
        } else if let donors = keys["donors"] {
            throw donors.failure("an object of element: donor element is expected")
        }
    }
}
