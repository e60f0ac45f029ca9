import DeepPotential
import Files

/// An se_e3 descriptor within `model/descriptor/list`, after se_e2_a.
public struct ThreeBodyInput: Equatable, Sendable, SmoothCutoff {
    public var cutoff: Double
    public var smoothStart: Double
    public var selection: ModelInput.Selection
    public var embedding: [Int]
    public var resnetDt: Bool
    public var precision: String
    public var seed: Int?

    /// - Parameter cutoff: rcut of se_e2_a, which this one's must not exceed.
    init(_ node: InputNode, types: Int, within cutoff: Double) throws {
        guard let kind = try node.peek("type")?.string, ["se_e3", "se_at", "se_a_3be"].contains(kind) else {
            throw node.failure("the second descriptor of a hybrid must be se_e3", mend: "set \"type\": \"se_e3\"")
        }
        let keys = try node.object(
            known: ["type", "rcut", "rcut_smth", "sel", "neuron", "resnet_dt", "precision", "seed", "set_davg_zero"],
            unsupported: [
                "activation_function": ["tanh"], "trainable": ["true"], "exclude_types": ["[]"],
                "env_protection": ["0"], "type_map": [],
            ])
        (self.cutoff, smoothStart) = try ModelInput.cutoffs(keys, node)
        guard self.cutoff <= cutoff else {
            throw node.failure("rcut (\(self.cutoff)) of se_e3 must not exceed that of se_e2_a (\(cutoff))")
        }
        selection = try ModelInput.selection(keys["sel"], types: types)
        embedding = try keys["neuron"]?.list.map { try $0.atLeast(1, most: ModelInput.widest) } ?? [2, 4, 8]
        guard !embedding.isEmpty else { throw node.failure("neuron is empty") }
        resnetDt = try keys["resnet_dt"]?.bool ?? false
        precision = try ModelInput.precision(keys["precision"])
        seed = try keys["seed"]?.seed
    }
}
