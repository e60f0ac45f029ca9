import DeepPotential
import Files
import Parallel

/// Adam (Kingma & Ba 2015) and, with `weightDecay`, AdamW (Loshchilov & Hutter 2019).
struct Adam: Codable, Sendable {
    let beta1: Double
    let beta2: Double
    let epsilon: Float
    /// Decoupled decay, per unit of learning rate.
    let weightDecay: Double
    /// Moments of the gradient, as many as parameters.
    private var first: PackedArray<Float>
    private var second: PackedArray<Float>
    private var steps = 0

    init(count: Int, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = Float(epsilon)
        self.weightDecay = weightDecay
        first = PackedArray(Array(repeating: 0, count: count))
        second = PackedArray(Array(repeating: 0, count: count))
    }

    /// Moves `parameters` along the corrected first moment over the root of the second.
    ///
    /// - Returns: whether the gradient is finite; if not, the parameters are spoilt.
    @discardableResult
    mutating func update(_ parameters: inout [Float], gradient: GradientParts, learningRate: Double) -> Bool {
        steps += 1
        let rate = Float(learningRate / (1 - beta1.power(steps)))
        let scale = Float(1 / (1 - beta2.power(steps)).squareRoot())
        let shrink = Float(1 - learningRate * weightDecay)
        let (keep1, keep2) = (Float(beta1), Float(beta2))
        let (take1, take2) = (Float(1 - beta1), Float(1 - beta2))
        let epsilon = epsilon
        return parameters.withUnsafeMutableBufferPointer { p in
            first.values.withUnsafeMutableBufferPointer { m in
                second.values.withUnsafeMutableBufferPointer { v in
                    let (p, m, v) = (p.baseAddress!, m.baseAddress!, v.baseAddress!)
                    return gradient.visit { range, values in
                        let (p, m, v) = (p + range.lowerBound, m + range.lowerBound, v + range.lowerBound)
                        var k = 0
                        while k + 16 <= range.count {
                            let gradient = Vector.load(values + k)
                            let first = Vector.load(m + k) * keep1 + gradient * take1
                            let second = Vector.load(v + k) * keep2 + gradient * gradient * take2
                            first.store(m + k)
                            second.store(v + k)
                            let step = first * rate / (second.squareRoot() * scale + epsilon)
                            (Vector.load(p + k) * shrink - step).store(p + k)
                            k += 16
                        }
                        while k < range.count {
                            m[k] = m[k] * keep1 + values[k] * take1
                            v[k] = v[k] * keep2 + values[k] * values[k] * take2
                            p[k] = p[k] * shrink - m[k] * rate / (v[k].squareRoot() * scale + epsilon)
                            k += 1
                        }
                    }
                }
            }
        }
    }

    /// The same with a gradient that lies in memory.
    mutating func update(_ parameters: inout [Float], gradient: [Float], learningRate: Double, pool: WorkerPool) {
        gradient.withUnsafeBufferPointer {
            _ = update(
                &parameters, gradient: GradientParts($0.baseAddress!, count: $0.count, pool: pool),
                learningRate: learningRate)
        }
    }
}

extension Double {
    /// self to a whole power, by squaring: the same on every platform.
    func power(_ exponent: Int) -> Double {
        var (result, base, left) = (1.0, self, exponent)
        while left > 0 {
            if left & 1 == 1 { result *= base }
            base *= base
            left >>= 1
        }
        return result
    }
}
