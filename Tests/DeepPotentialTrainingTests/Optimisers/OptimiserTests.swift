import DeepPotential
import Parallel
import Structures
import Testing

@testable import DeepPotentialTraining

@Suite struct OptimiserTests {
    /// Two steps by hand (Kingma & Ba, algorithm 1).
    @Test func adamFollowsItsDefinition() {
        var adam = Adam(count: 20, beta1: 0.9, beta2: 0.99, epsilon: 1e-8)
        var parameters = [Float](repeating: 1, count: 20)
        let pool = WorkerPool(threads: 1)
        var (m, v, p) = (0.0, 0.0, 1.0)
        for (step, g) in [(1, 0.5), (2, -0.25)] {
            adam.update(&parameters, gradient: Array(repeating: Float(g), count: 20), learningRate: 0.1, pool: pool)
            m = 0.9 * m + 0.1 * g
            v = 0.99 * v + 0.01 * g * g
            let corrected = (v / (1 - 0.99.power(step))).squareRoot()
            p -= 0.1 * m / (1 - 0.9.power(step)) / (corrected + 1e-8)
        }
        // Whole vectors and the rest of the array alike.
        #expect(parameters.allSatisfy { abs(Double($0) - p) < 1e-6 })
    }

    @Test func decoupledDecayShrinksWithoutGradient() {
        var adam = Adam(count: 3, weightDecay: 0.1)
        var parameters: [Float] = [1, -2, 3]
        adam.update(&parameters, gradient: [0, 0, 0], learningRate: 0.5, pool: WorkerPool(threads: 1))
        #expect(zip(parameters, [0.95, -1.9, 2.85]).allSatisfy { abs(Double($0) - $1) < 1e-6 })
    }

    /// Xᵀ·X of the result is near the identity: singular values within 0.6...1.3 of Muon's coefficients.
    @Test(arguments: [(24, 9), (9, 24), (16, 16)])
    func newtonSchulzOrthogonalises(_ rows: Int, _ columns: Int) {
        var generator = SplitMix64(seed: 3)
        let x = Buffer<Float>(count: rows * columns)
        for k in 0..<rows * columns { x.base[k] = Float.random(in: -1...1, using: &generator) }
        Muon.orthogonalise(x.base, rows, columns)
        let small = min(rows, columns)
        // Row (or column) norms of a near-orthogonal matrix: √(small/rows) on average over the longer side.
        var squares: Float = 0
        for k in 0..<rows * columns { squares += x.base[k] * x.base[k] }
        #expect((0.6 * 0.6 * Float(small)...1.3 * 1.3 * Float(small)).contains(squares))
        for a in 0..<small {
            for b in 0..<a {
                var product: Float = 0
                for k in 0..<max(rows, columns) {
                    product +=
                        rows > columns
                        ? x.base[k * columns + a] * x.base[k * columns + b]
                        : x.base[a * columns + k] * x.base[b * columns + k]
                }
                #expect(abs(product) < 0.5)
            }
        }
    }
}
