/// One fitting net in Float32, applied to blocks of atoms by matrix products.
///
/// Rows are atoms. D's columns are those of `SquareLayout`; T's follow.
struct FittingKernel {
    struct Layer {
        let inputs: Int
        let outputs: Int
        /// [inputs, outputs] and [outputs, inputs].
        let weights: ConstantMatrix
        let transposedWeights: ConstantMatrix
        /// Padded to whole `Lanes` with zeros, as is `timestep`.
        let bias: [Float]
        let timestep: [Float]
        let skip: Skip
    }

    /// How a layer's input is added to its output.
    enum Skip {
        case none
        /// Column by column.
        case identity
        /// The input's column for each output column: doubled inputs, or the reordered columns of the descriptor.
        case gathered([Int])
    }

    /// The hidden layers, all activated.
    let layers: [Layer]
    /// The last, linear layer: [inputs], padded with zeros.
    let outputWeights: [Float]
    /// Bias of the last layer and of the atom's type (eV), kept out of Float32.
    let bias: Double

    init(_ net: DenseNetwork, square: SquareLayout, atomBias: Double) {
        layers = net.layers.dropLast().enumerated().map { index, layer in
            // Where the model's input columns stand in ours.
            let places =
                index > 0 ? Array(0..<layer.inputs) : (0..<layer.inputs).map { Self.place($0, in: square) }
            let inputs = places.max()! + 1
            let outputs = layer.outputs
            var weights = [Double](repeating: 0, count: inputs * outputs)
            for (column, place) in places.enumerated() {
                for o in 0..<outputs {
                    weights[place * outputs + o] += layer.weights[column * outputs + o]
                }
            }
            let timestep = layer.timestep ?? [Double](repeating: 1, count: layer.outputs)
            return Layer(
                inputs: inputs, outputs: outputs,
                weights: ConstantMatrix(rows: inputs, columns: outputs, weights.map(Float.init)),
                transposedWeights: ConstantMatrix(
                    rows: outputs, columns: inputs,
                    (0..<outputs).flatMap { o in (0..<inputs).map { Float(weights[$0 * outputs + o]) } }),
                bias: Self.padded(layer.bias), timestep: Self.padded(timestep),
                skip: Self.skip(layer, places: places, isReordered: index == 0))
        }
        let last = net.layers[net.layers.count - 1]
        outputWeights = Self.padded(last.weights)
        bias = last.bias[0] + atomBias
    }

    /// D's columns are (M1, M2) in the model, and T's follow.
    private static func place(_ column: Int, in square: SquareLayout) -> Int {
        let products = square.width * square.axis
        guard column < products else { return square.count + column - products }
        return square.place(column / square.axis, column % square.axis)
    }

    private static func skip(_ layer: DenseLayer, places: [Int], isReordered: Bool) -> Skip {
        switch layer.skip {
        case .none: .none
        case .identity where !isReordered: .identity
        case .identity, .doubled: .gathered((0..<layer.outputs).map { places[$0 % layer.inputs] })
        }
    }

    private static func padded(_ values: [Double]) -> [Float] {
        values.map(Float.init) + [Float](repeating: 0, count: Lanes.padded(values.count) - values.count)
    }

    /// Columns of D and T together.
    var inputs: Int { layers[0].inputs }

    /// The widest hidden layer.
    var widest: Int { layers.map(\.outputs).max() ?? 0 }

    /// Energies of a block and their gradient with respect to the descriptor.
    ///
    /// - Parameters:
    ///   - descriptors: [rows, `inputs`]; overwritten by dE/dD and dE/dT.
    ///   - energies: receives one value per row (eV).
    ///   - scratch: at least `scratchCount(rows:)` floats.
    func evaluate(
        rows: Int, descriptors: UnsafeMutablePointer<Float>, energies: UnsafeMutablePointer<Double>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        let plane = rows * widest + Lanes.padding
        // Per layer: its output h and its activation t; one more plane for the gradient that travels back.
        func output(_ layer: Int) -> UnsafeMutablePointer<Float> { scratch + (2 * layer) * plane }
        func activation(_ layer: Int) -> UnsafeMutablePointer<Float> { scratch + (2 * layer + 1) * plane }
        let gradient = scratch + 2 * layers.count * plane
        let product = gradient + plane

        for (index, layer) in layers.enumerated() {
            let input = index == 0 ? descriptors : output(index - 1)
            layer.weights.multiply(input, count: rows, into: product)
            activate(
                layer, rows: rows, sums: product, input: input, output: output(index), activation: activation(index))
        }
        let last = layers.count - 1
        energize(rows: rows, width: layers[last].outputs, hidden: output(last), energies: energies, gradient: gradient)
        for index in stride(from: last, through: 0, by: -1) {
            let layer = layers[index]
            differentiate(layer, rows: rows, activation: activation(index), gradient: gradient, into: product)
            let target = index == 0 ? descriptors : output(index - 1)
            layer.transposedWeights.multiply(product, count: rows, into: target)
            addSkip(layer, rows: rows, gradient: gradient, to: target)
            if index > 0 { gradient.update(from: target, count: rows * layer.inputs) }
        }
    }

    func scratchCount(rows: Int) -> Int { (2 * layers.count + 2) * (rows * widest + Lanes.padding) + Lanes.padding }

    /// t = tanh(z + b), h = idt·t + skip. Vectors run over the end of a row into the next, which is written later.
    private func activate(
        _ layer: Layer, rows: Int, sums: UnsafeMutablePointer<Float>, input: UnsafeMutablePointer<Float>,
        output: UnsafeMutablePointer<Float>, activation: UnsafeMutablePointer<Float>
    ) {
        layer.bias.withUnsafeBufferPointer { bias in
            layer.timestep.withUnsafeBufferPointer { timestep in
                for row in 0..<rows {
                    let (z, x) = (sums + row * layer.outputs, input + row * layer.inputs)
                    let (h, t) = (output + row * layer.outputs, activation + row * layer.outputs)
                    for column in stride(from: 0, to: layer.outputs, by: Lanes.scalarCount) {
                        let value = (Lanes.load(z + column) + Lanes.load(bias.baseAddress! + column)).hyperbolicTangent
                        value.store(t + column)
                        var result = value * Lanes.load(timestep.baseAddress! + column)
                        if case .identity = layer.skip { result += Lanes.load(x + column) }
                        result.store(h + column)
                    }
                    if case .gathered(let sources) = layer.skip {
                        for column in 0..<layer.outputs { h[column] += x[sources[column]] }
                    }
                }
            }
        }
    }

    /// E = h·w + b; the gradient starts as w in every row.
    private func energize(
        rows: Int, width: Int, hidden: UnsafeMutablePointer<Float>, energies: UnsafeMutablePointer<Double>,
        gradient: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<rows {
            let h = hidden + row * width
            var sum = 0.0
            for column in 0..<width {
                sum += Double(h[column] * outputWeights[column])
                gradient[row * width + column] = outputWeights[column]
            }
            energies[row] = sum + bias
        }
    }

    /// dE/dz = dE/dh·idt·(1 − t²).
    private func differentiate(
        _ layer: Layer, rows: Int, activation: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>,
        into product: UnsafeMutablePointer<Float>
    ) {
        layer.timestep.withUnsafeBufferPointer { timestep in
            for row in 0..<rows {
                let start = row * layer.outputs
                for column in stride(from: 0, to: layer.outputs, by: Lanes.scalarCount) {
                    let t = Lanes.load(activation + start + column)
                    let scaled = Lanes.load(gradient + start + column) * Lanes.load(timestep.baseAddress! + column)
                    (scaled * (1 - t * t)).store(product + start + column)
                }
            }
        }
    }

    private func addSkip(
        _ layer: Layer, rows: Int, gradient: UnsafeMutablePointer<Float>, to target: UnsafeMutablePointer<Float>
    ) {
        switch layer.skip {
        case .none: return
        case .identity:
            for index in 0..<rows * layer.outputs { target[index] += gradient[index] }
        case .gathered(let sources):
            for row in 0..<rows {
                for column in 0..<layer.outputs {
                    target[row * layer.inputs + sources[column]] += gradient[row * layer.outputs + column]
                }
            }
        }
    }
}
