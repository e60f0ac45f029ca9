import Foundation

extension DenseNetwork {
    /// What the way back through a network needs from the way forward.
    struct Trace {
        /// act(x·W + b) of each layer.
        fileprivate(set) var activations: [[Double]] = []
        fileprivate(set) var output: [Double] = []
    }

    /// The output for one input vector.
    func callAsFunction(_ input: [Double]) -> [Double] { forward(input).output }

    func forward(_ input: [Double]) -> Trace {
        var trace = Trace(output: input)
        for layer in layers {
            let activation = layer.activation(trace.output)
            trace.output = layer.output(activation: activation, input: trace.output)
            trace.activations.append(activation)
        }
        return trace
    }

    /// The gradient by the input of a function whose gradient by the output is `gradient`.
    func backward(_ gradient: [Double], trace: Trace) -> [Double] {
        var gradient = gradient
        for (layer, activation) in zip(layers, trace.activations).reversed() {
            gradient = layer.inputGradient(gradient, activation: activation)
        }
        return gradient
    }
}

extension DenseLayer {
    /// act(x·W + b).
    fileprivate func activation(_ x: [Double]) -> [Double] {
        var z = bias
        z.withUnsafeMutableBufferPointer { z in
            weights.withUnsafeBufferPointer { w in
                for i in 0..<inputs {
                    let xi = x[i]
                    let row = i * outputs
                    for o in 0..<outputs { z[o] += xi * w[row + o] }
                }
            }
            if isActivated {
                for o in 0..<outputs { z[o] = tanh(z[o]) }
            }
        }
        return z
    }

    /// act ⊙ idt + skip.
    fileprivate func output(activation: [Double], input x: [Double]) -> [Double] {
        var y = activation
        if let timestep {
            for o in 0..<outputs { y[o] *= timestep[o] }
        }
        switch skip {
        case .none: break
        case .identity: for o in 0..<outputs { y[o] += x[o] }
        case .doubled: for o in 0..<outputs { y[o] += x[o % inputs] }
        }
        return y
    }

    fileprivate func inputGradient(_ gradient: [Double], activation: [Double]) -> [Double] {
        var beforeActivation = gradient
        for o in 0..<outputs {
            if let timestep { beforeActivation[o] *= timestep[o] }
            if isActivated { beforeActivation[o] *= 1 - activation[o] * activation[o] }
        }
        var result = [Double](repeating: 0, count: inputs)
        weights.withUnsafeBufferPointer { w in
            beforeActivation.withUnsafeBufferPointer { g in
                for i in 0..<inputs {
                    var sum = 0.0
                    let row = i * outputs
                    for o in 0..<outputs { sum += w[row + o] * g[o] }
                    result[i] = sum
                }
            }
        }
        switch skip {
        case .none: break
        case .identity: for o in 0..<outputs { result[o] += gradient[o] }
        case .doubled: for o in 0..<outputs { result[o % inputs] += gradient[o] }
        }
        return result
    }
}
