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
            var jets = layer.affine(inputs)
            for column in jets.indices {
                if layer.isActivated {
                    let t = tanh(jets[column].value)
                    jets[column] = Jet(value: t, slope: (1 - t * t) * jets[column].slope)
                }
                if let timestep = layer.timestep?[column] {
                    jets[column].value *= timestep
                    jets[column].slope *= timestep
                }
                switch layer.skip {
                case .none: break
                case .identity, .doubled:
                    let x = inputs[column % layer.inputs]
                    jets[column].value += x.value
                    jets[column].slope += x.slope
                }
            }
            return jets
        }
    }
}

extension DenseLayer {
    /// x·W + b with its derivative. Tables take thousands of these, so the columns are the inner loop.
    fileprivate func affine(_ inputs: [Jet]) -> [Jet] {
        var sums = bias.map { Jet(value: $0, slope: 0) }
        sums.withUnsafeMutableBufferPointer { sums in
            weights.withUnsafeBufferPointer { weights in
                for (row, x) in inputs.enumerated() {
                    let row = weights.baseAddress! + row * outputs
                    for column in 0..<outputs {
                        sums[column].value += row[column] * x.value
                        sums[column].slope += row[column] * x.slope
                    }
                }
            }
        }
        return sums
    }
}
