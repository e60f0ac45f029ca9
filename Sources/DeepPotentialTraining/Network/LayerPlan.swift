import DeepPotential

/// Where one dense layer's parameters lie in the flat parameter vector, in the shapes that the kernels use.
///
/// y = tanh(x·W + b) ⊙ idt + skip. Shapes may be padded with zero rows or columns: those stay zero, since nothing
/// flows through them in either direction.
struct LayerPlan: Equatable, Sendable {
    var inputs: Int
    var outputs: Int
    /// W [inputs, outputs] row-major begins here.
    var weights: Int
    /// b [outputs] begins here.
    var bias: Int
    /// idt [outputs] begins here, when the layer has one.
    var timestep: Int?
    var isActivated: Bool
    /// How many copies of the input, side by side, are added to the output: 0, 1 or 2.
    var skipCopies: Int

    /// Of the flat vector: W, and b with idt.
    var weightRange: Range<Int> { weights..<weights + inputs * outputs }
    var biasRange: Range<Int> { bias..<weights + parameterCount }

    var parameterCount: Int { inputs * outputs + outputs + (timestep == nil ? 0 : outputs) }
}

/// Where one network lies in the flat parameter vector.
struct NetworkPlan: Equatable, Sendable {
    var layers: [LayerPlan]
    /// The network's parameters, one contiguous range.
    var range: Range<Int>

    var inputs: Int { layers[0].inputs }
    var outputs: Int { layers[layers.count - 1].outputs }
}

/// How DeePMD-kit's networks map onto one flat vector of Floats, and back.
///
/// The embedding nets' outputs (M1) are padded to whole vectors, as are those of the three-body nets. The fitting nets read
/// the descriptor as [M2, M1] followed by T, both padded, so their first weights are permuted and padded accordingly.
public struct ParameterLayout: Sendable {
    /// In the order of the model's `embeddings`.
    let embeddings: [NetworkPlan]
    /// One per type.
    let fittings: [NetworkPlan]
    /// The three-body nets, in the order of the model's; empty without.
    let threeBodies: [NetworkPlan]
    /// Floats in the whole vector; every layer's W, b, idt follow one another.
    public let count: Int
    /// M1 and its padded size, M2.
    let width: Int
    let paddedWidth: Int
    let axis: Int
    /// Where T begins in the fitting nets' inputs: the length of D, padded.
    let threeBodyStart: Int

    /// All networks.
    var networks: [NetworkPlan] { embeddings + fittings + threeBodies }

    public init(_ model: DPModel) {
        var next = 0
        let width = model.descriptor.width
        let padded = Vector.padded(width)
        let axis = model.descriptor.axisNeuron
        func plan(_ network: DenseNetwork, firstInputs: Int?, lastOutputs: Int?) -> NetworkPlan {
            let start = next
            var layers: [LayerPlan] = []
            for (index, layer) in network.layers.enumerated() {
                let inputs = index == 0 ? firstInputs ?? layer.inputs : layer.inputs
                let outputs = index == network.layers.count - 1 ? lastOutputs ?? layer.outputs : layer.outputs
                let weights = next
                let bias = weights + inputs * outputs
                next = bias + outputs
                var timestep: Int?
                if layer.timestep != nil {
                    timestep = next
                    next += outputs
                }
                let copies = layer.skip == .none ? 0 : layer.skip == .identity ? 1 : 2
                layers.append(
                    LayerPlan(
                        inputs: inputs, outputs: outputs, weights: weights, bias: bias, timestep: timestep,
                        isActivated: layer.isActivated, skipCopies: copies))
            }
            return NetworkPlan(layers: layers, range: start..<next)
        }
        embeddings = model.descriptor.embeddings.map { plan($0, firstInputs: nil, lastOutputs: padded) }
        let threeBody = model.threeBody.map { Vector.padded($0.width) } ?? 0
        fittings = model.fitting.nets.map {
            plan($0, firstInputs: Vector.padded(axis * width) + threeBody, lastOutputs: nil)
        }
        threeBodies = (model.threeBody?.embeddings ?? []).map { plan($0, firstInputs: nil, lastOutputs: threeBody) }
        count = next
        self.width = width
        paddedWidth = padded
        self.axis = axis
        threeBodyStart = Vector.padded(axis * width)
    }

    /// The flat vector of a model of this layout.
    public func vector(of model: DPModel) -> [Float] {
        var vector = [Float](repeating: 0, count: count)
        forEachParameter(of: model) { index, value, _ in vector[index] = Float(value) }
        return vector
    }

    /// `model` with its networks' parameters taken from `vector`.
    public func model(_ model: DPModel, from vector: [Float]) -> DPModel {
        // The values come in the order in which the model's own arrays take them.
        var values: [Double] = []
        values.reserveCapacity(count)
        forEachParameter(of: model) { index, _, _ in values.append(Double(vector[index])) }
        var rest = values[...]
        func take(_ count: Int) -> [Double] {
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        func filled(_ network: DenseNetwork) -> DenseNetwork {
            DenseNetwork(
                layers: network.layers.map { layer in
                    var layer = layer
                    layer.weights = take(layer.weights.count)
                    layer.bias = take(layer.bias.count)
                    layer.timestep = layer.timestep.map { take($0.count) }
                    return layer
                })
        }
        var result = model
        result.descriptor.embeddings = model.descriptor.embeddings.map(filled)
        result.fitting.nets = model.fitting.nets.map(filled)
        if let threeBody = model.threeBody { result.threeBody!.embeddings = threeBody.embeddings.map(filled) }
        return result
    }

    /// Which number of a `DPModel` an element of the vector is.
    public struct Site: Equatable, Sendable {
        public enum Kind: Sendable { case weight, bias, timestep }
        public enum Part: Sendable { case embedding, fitting, threeBody }
        public var part: Part
        public var network: Int
        public var layer: Int
        public var kind: Kind
        /// The index in the layer's own array.
        public var element: Int
    }

    /// Calls `body` with the index in the flat vector, the value and the place of every parameter of `model`.
    public func forEachParameter(of model: DPModel, _ body: (Int, Double, Site) -> Void) {
        for (part, plans, networks) in [
            (Site.Part.embedding, embeddings, model.descriptor.embeddings), (.fitting, fittings, model.fitting.nets),
            (.threeBody, threeBodies, model.threeBody?.embeddings ?? []),
        ] {
            for (n, (plan, network)) in zip(plans, networks).enumerated() {
                for (l, (place, layer)) in zip(plan.layers, network.layers).enumerated() {
                    var site = Site(part: part, network: n, layer: l, kind: .weight, element: 0)
                    for row in 0..<layer.inputs {
                        let ours = part == .fitting && l == 0 ? fittingRow(row) : row
                        for column in 0..<layer.outputs {
                            site.element = row * layer.outputs + column
                            body(place.weights + ours * place.outputs + column, layer.weights[site.element], site)
                        }
                    }
                    site.kind = .bias
                    for column in 0..<layer.outputs {
                        site.element = column
                        body(place.bias + column, layer.bias[column], site)
                    }
                    site.kind = .timestep
                    if let timestep = layer.timestep, let start = place.timestep {
                        for column in 0..<layer.outputs {
                            site.element = column
                            body(start + column, timestep[column], site)
                        }
                    }
                }
            }
        }
    }

    /// D's element (m1, m2) is row m1·M2 + m2 of the model's first weights, m2·M1 + m1 of ours; T follows.
    private func fittingRow(_ row: Int) -> Int {
        row < width * axis ? row % axis * self.width + row / axis : threeBodyStart + row - width * axis
    }
}
