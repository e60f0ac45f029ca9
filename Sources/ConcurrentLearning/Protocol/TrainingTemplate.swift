import Files
import Foundation

/// `default_training_param` brought to the form that DeePMD-kit 2 has, without its data.
struct TrainingTemplate {
    let json: Data
    let validation: [String]

    /// Keys of version 1 that change nothing.
    private static let obsolete: Set<String> = ["coord_norm", "type_fitting_net"]
    private static let obsoleteInTraining: Set<String> = ["numb_test", "load_ckpt", "set_prefix", "restart"]

    /// - Parameter batchSize: of DP-GEN's own keys; one of the input that begins with "mixed:" goes before it.
    init(_ node: InputNode, typeMap: [String], batchSize: Any?, remarks: inout [String]) throws {
        guard var root = node.uncommented as? [String: Any] else {
            throw node.failure("an object {...} is expected")
        }
        var model = root["model"] as? [String: Any] ?? [:]
        model["type_map"] = typeMap
        for part in ["descriptor", "fitting_net"] {
            guard var net = model[part] as? [String: Any] else { continue }
            if let neurons = net.removeValue(forKey: "n_neuron") {
                remarks.append("\(node.path)/model/\(part)/n_neuron: an old spelling of neuron")
                net["neuron"] = neurons
            }
            for key in Self.obsolete where net.removeValue(forKey: key) != nil {
                remarks.append("\(node.path)/model/\(part)/\(key): no effect here, DeePMD-kit has removed it")
            }
            model[part] = net
        }
        root["model"] = model

        var training = root["training"] as? [String: Any] ?? [:]
        var data = training["training_data"] as? [String: Any] ?? [:]
        // Version 1 has them in the section itself.
        for key in ["batch_size", "auto_prob"] where training[key] != nil {
            data[key] = data[key] ?? training[key]
            training[key] = nil
        }
        for key in ["systems", "auto_prob_style", "sys_probs"] { training[key] = nil }
        for key in Self.obsoleteInTraining where training.removeValue(forKey: key) != nil {
            remarks.append("\(node.path)/training/\(key): no effect here")
        }
        for key in ["systems", "set_prefix", "sys_probs", "auto_prob_style"] { data[key] = nil }
        let isMixed = (data["batch_size"] as? String)?.hasPrefix("mixed:") ?? false
        if !isMixed, let batchSize { data["batch_size"] = batchSize }
        training["training_data"] = data
        var found: [String] = []
        let section = training.removeValue(forKey: "validation_data") as? [String: Any]
        if let systems = section?["systems"] {
            let place = InputNode(
                file: node.file, path: "\(node.path)/training/validation_data/systems", value: systems)
            found = try place.strings()
        }
        validation = found
        root["training"] = training
        json = try JSONSerialization.data(withJSONObject: root, options: [.sortedKeys, .withoutEscapingSlashes])
    }
}
