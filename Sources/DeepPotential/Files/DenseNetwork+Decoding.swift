import Structures

extension DenseNetwork {
    /// Understands an `EmbeddingNetwork` or `FittingNetwork` node (deepmd/dpmodel/utils/network.py).
    init(_ node: ModelNode, newestVersion: Int) throws {
        try node.checkVersion(atMost: newestVersion)
        layers = try node.child("layers").elements().map { try DenseLayer($0) }
    }

    /// Checks the widths from the input to the output.
    func check(_ node: ModelNode, widths: [Int]) throws {
        let found = layers.map(\.inputs) + [outputs]
        guard found == widths else { throw node.failure("widths \(found), expected \(widths)") }
        for (index, layer) in layers.enumerated() where index > 0 && layer.inputs != layers[index - 1].outputs {
            throw node.failure("layer \(index) takes \(layer.inputs) values, not \(layers[index - 1].outputs)")
        }
    }
}

extension DenseLayer {
    /// Understands a `Layer` node, versions 1 and 2; a layer without bias gets zeros.
    fileprivate init(_ node: ModelNode) throws {
        try node.checkVersion(atMost: 2)
        let variables = try node.child("@variables")
        let matrix = try variables.child("w")
        let shape = try matrix.array().shape
        guard shape.count == 2, shape[0] > 0, shape[1] > 0 else {
            throw matrix.failure("expected the shape [in, out], found \(shape)")
        }
        let activation = try node.optional("activation_function")
        let name = try activation?.string() ?? "none"
        guard ["tanh", "none", "linear"].contains(name) else { throw activation!.unsupported("only tanh is supported") }
        self.init(
            inputs: shape[0], outputs: shape[1], weights: try matrix.array().values,
            bias: try variables.optional("b")?.values(count: shape[1]) ?? Array(repeating: 0, count: shape[1]),
            timestep: try variables.optional("idt")?.values(count: shape[1]), isActivated: name == "tanh",
            resnet: try node.optional("resnet")?.bool() ?? false)
    }
}
