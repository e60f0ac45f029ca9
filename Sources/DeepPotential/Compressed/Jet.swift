import Foundation

/// A function's value and its derivative.
struct Jet {
    var value: Double
    var slope: Double
}

extension DenseNetwork {
    /// Outputs with their derivatives, for a net of one input.
    func jets(at input: Jet) -> [Jet] {
        layers.reduce([input]) { inputs, layer in
            (0..<layer.outputs).map { column in
                var z = Jet(value: layer.bias[column], slope: 0)
                for (row, x) in inputs.enumerated() {
                    let w = layer.weights[row * layer.outputs + column]
                    z.value += w * x.value
                    z.slope += w * x.slope
                }
                if layer.isActivated {
                    let t = tanh(z.value)
                    z = Jet(value: t, slope: (1 - t * t) * z.slope)
                }
                let timestep = layer.timestep?[column] ?? 1
                z = Jet(value: timestep * z.value, slope: timestep * z.slope)
                switch layer.skip {
                case .none: return z
                case .identity, .doubled:
                    let x = inputs[column % layer.inputs]
                    return Jet(value: z.value + x.value, slope: z.slope + x.slope)
                }
            }
        }
    }
}
