/// DeePMD-kit's `precision` of a network: how its parameters are stored.
public enum Precision: String, Sendable, Codable {
    case float64, float32

    /// "default" and "double" mean float64, "single" means float32, as in DeePMD-kit.
    public init?(deepmdName: String) {
        switch deepmdName {
        case "default", "float64", "double": self = .float64
        case "float32", "single": self = .float32
        default: return nil
        }
    }
}

/// One dense layer, y = act(x·W + b) ⊙ idt + skip (deepmd/dpmodel/utils/network.py, `NativeLayer`).
///
/// With `resnet`, skip is x when outputs = inputs, [x, x] when outputs = 2·inputs, and none otherwise.
public struct DenseLayer: Equatable, Sendable {
    public var inputs: Int
    public var outputs: Int
    /// W, [inputs, outputs] row-major.
    public var weights: [Double]
    /// b, [outputs].
    public var bias: [Double]
    /// The residual "time step" idt, [outputs], when the layer has one.
    public var timestep: [Double]?
    /// tanh when true, none (linear) when false.
    public var isActivated: Bool
    public var resnet: Bool

    public init(
        inputs: Int, outputs: Int, weights: [Double], bias: [Double], timestep: [Double]? = nil, isActivated: Bool,
        resnet: Bool
    ) {
        precondition(weights.count == inputs * outputs && bias.count == outputs, "shapes of a dense layer")
        precondition(timestep.map { $0.count == outputs } ?? true, "shape of idt")
        self.inputs = inputs
        self.outputs = outputs
        self.weights = weights
        self.bias = bias
        self.timestep = timestep
        self.isActivated = isActivated
        self.resnet = resnet
    }

    /// How the input is added to the output.
    public enum Skip: Sendable { case none, identity, doubled }

    public var skip: Skip {
        guard resnet else { return .none }
        if outputs == inputs { return .identity }
        return outputs == 2 * inputs ? .doubled : .none
    }
}

/// A chain of dense layers: an embedding net (1 → M1) or a fitting net (M1·M2 → 1).
public struct DenseNetwork: Equatable, Sendable {
    public var layers: [DenseLayer]

    public init(layers: [DenseLayer]) { self.layers = layers }

    public var inputs: Int { layers.first?.inputs ?? 0 }
    public var outputs: Int { layers.last?.outputs ?? 0 }
}
