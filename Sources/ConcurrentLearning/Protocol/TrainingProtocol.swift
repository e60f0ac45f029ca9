import DeepPotentialTraining
import Files
import Foundation

/// How models are trained: `default_training_param` and the keys `training_...`.
public struct TrainingProtocol: Sendable {
    /// Models of the ensemble.
    public var models: Int
    /// DeePMD-kit's input in its present form, without data, as canonical JSON.
    var template: Data
    private let file: String
    /// Folders of the validation data that the input names.
    public var validation: [String]
    /// Where iteration 0 starts from: one path, or one for each model; empty for random networks.
    public var initialModels: [String]
    /// The key that names them.
    public var initialModelsPlace: String
    /// Whether all later iterations start from the models of the one before.
    public var startsFromPrevious: Bool
    public var reuse: TrainingReuse?

    init(
        _ keys: [String: InputNode], needed: (String) throws -> InputNode, typeMap: [String], remarks: inout [String]
    ) throws {
        let count = try needed("numb_models")
        models = try count.atLeast(2)
        startsFromPrevious = try keys["training_init_model"]?.bool ?? false
        let sources = ["training_iter0_model_path", "training_init_frozen_model", "training_finetune_model"]
        let given = sources.filter { keys[$0].map { !($0.list.isEmpty) } ?? false }
        if given.count > 1, let node = keys[given[1]] {
            throw node.failure("\(given[0]) is given as well", mend: "iteration 0 starts from one of them")
        }
        initialModels = try given.first.flatMap { keys[$0] }?.strings() ?? []
        initialModelsPlace = given.first ?? ""
        if let key = given.first, let node = keys[key], initialModels.count > 1, initialModels.count != models {
            throw node.failure(
                "\(initialModels.count) models for numb_models = \(models)", mend: "name one, or one for each")
        }
        if startsFromPrevious, let key = given.first, key != sources[0], let node = keys[key] {
            throw node.failure(
                "training_init_model is given as well", mend: "use training_iter0_model_path beside it, or drop it")
        }
        reuse = try TrainingReuse(keys)
        let input = try needed("default_training_param")
        file = input.file
        let batch = try Self.batchSize(keys, remarks: &remarks)
        let converted = try TrainingTemplate(input, typeMap: typeMap, batchSize: batch, remarks: &remarks)
        validation = converted.validation
        template = converted.json
        _ = try self.input(steps: nil, systems: 1)
    }

    /// - Throws: `InputError` when a job asks for what its iteration cannot give.
    func checkReuse(jobs: [ExplorationJob]) throws {
        if jobs[0].skipsTraining, initialModels.isEmpty {
            throw InputError(
                file: file, place: "model_devi_jobs[0]/skip_training",
                problem: "the first iteration has no earlier models to take",
                mend: "name some with training_iter0_model_path, or train")
        }
    }

    /// The input of one iteration.
    ///
    /// - Parameters:
    ///   - steps: of an iteration that goes on from another, with its learning rate and prefactors.
    ///   - systems: how many there are.
    ///   - newest: how many of them, at the end, are the last iteration's, and the share of steps that the older get.
    /// - Throws: `InputError` that names the key at fault.
    public func input(
        steps: TrainingReuse?, systems: Int, newest: (count: Int, oldShare: Double)? = nil
    ) throws -> String {
        guard var root = try JSONSerialization.jsonObject(with: template) as? [String: Any] else { return "" }
        func change(_ section: String, _ key: String, _ value: Any?) {
            guard let value, var part = root[section] as? [String: Any] else { return }
            part[key] = value
            root[section] = part
        }
        if let steps {
            change("training", "numb_steps", steps.steps)
            change("learning_rate", "start_lr", steps.startRate)
            let loss = root["loss"] as? [String: Any]
            if loss?["start_pref_e"] != nil { change("loss", "start_pref_e", steps.startEnergyPrefactor) }
            if loss?["start_pref_f"] != nil { change("loss", "start_pref_f", steps.startForcePrefactor) }
        }
        var training = root["training"] as? [String: Any] ?? [:]
        var data = training["training_data"] as? [String: Any] ?? [:]
        data["systems"] = ["data"]
        if let newest, newest.count > 0, newest.count < systems {
            let old = systems - newest.count
            data["auto_prob"] =
                "prob_sys_size; 0:\(old):\(newest.oldShare); \(old):\(systems):\(1 - newest.oldShare)"
        }
        training["training_data"] = data
        root["training"] = training
        let json = try JSONSerialization.data(
            withJSONObject: root, options: [.sortedKeys, .withoutEscapingSlashes])
        do {
            _ = try TrainingInput(json: json, file: file)
        } catch var error as InputError {
            error.place = ["default_training_param", error.place].compactMap { $0 }.joined(separator: "/")
            throw error
        }
        return String(decoding: json, as: UTF8.self)
    }

    /// One batch size serves all systems here.
    private static func batchSize(_ keys: [String: InputNode], remarks: inout [String]) throws -> Any? {
        let given = try ["init_batch_size", "sys_batch_size"].compactMap { keys[$0] }.flatMap { node in
            try node.list.map { entry -> String in
                if let text = try? entry.string { return text }
                return "\(try entry.atLeast(1))"
            }
        }
        guard let first = given.first else { return nil }
        guard given.allSatisfy({ $0 == first }) else {
            remarks.append("init_batch_size, sys_batch_size: one size serves all systems here; \"auto\" is taken")
            return "auto"
        }
        return Int(first) ?? first
    }
}

/// How an iteration goes on from the models of the one before: `training_reuse_...`.
public struct TrainingReuse: Equatable, Sendable {
    /// From this iteration on.
    public var iteration: Int
    public var steps: Int?
    public var startRate: Double?
    public var startEnergyPrefactor: Double?
    public var startForcePrefactor: Double?
    public var oldShare: OldShare?

    /// The share of training steps that take frames of earlier iterations.
    public enum OldShare: Equatable, Sendable {
        case fixed(Double)
        /// N_old / (N_old + f·N_new): new frames count f-fold.
        case weighted(Double)

        /// - Parameters: numbers of frames.
        public func value(old: Int, new: Int) -> Double {
            switch self {
            case .fixed(let share): share
            case .weighted(let factor): Double(old) / (Double(old) + factor * Double(new))
            }
        }
    }

    /// Nil unless `training_reuse_iter` is given.
    init?(_ keys: [String: InputNode]) throws {
        guard let first = keys["training_reuse_iter"] else { return nil }
        iteration = try first.atLeast(1)
        steps = try keys["training_reuse_numb_steps"]?.atLeast(1)
        startRate = try keys["training_reuse_start_lr"]?.positive()
        startEnergyPrefactor = try keys["training_reuse_start_pref_e"]?.notNegative()
        startForcePrefactor = try keys["training_reuse_start_pref_f"]?.notNegative()
        guard let ratio = keys["training_reuse_old_ratio"] else { return }
        if let text = try? ratio.string {
            let parts = text.split(separator: ":")
            guard parts.first == "auto", let factor = parts.count == 1 ? 10 : Double(parts[1]), factor > 0 else {
                throw ratio.failure("'\(text)' is no ratio", mend: "give a number, \"auto\" or \"auto:10\"")
            }
            oldShare = .weighted(factor)
        } else {
            let share = try ratio.notNegative()
            guard share < 1 else { throw ratio.failure("a share of \(share) leaves nothing for new frames") }
            oldShare = .fixed(share)
        }
    }
}
