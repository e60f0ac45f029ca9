import DeepPotential
import Parallel
import Structures
import Testing

@testable import DeepPotentialTraining

@Suite struct KalmanFilterTests {
    private static let layout = ParameterLayout(Fixture.model(oneSided: true))

    /// Three measurements against the filter's equations with full matrices, in Double.
    @Test(arguments: [40, 10_000])
    func followsItsDefinition(blockSize: Int) {
        var filter = KalmanFilter(Self.layout, blockSize: blockSize)
        let count = Self.layout.count
        var generator = SplitMix64(seed: 4)
        func random() -> [Float] { (0..<count).map { _ in Float.random(in: -1...1, using: &generator) } }
        var parameters = random()
        var expected = parameters.map { Double($0) }
        let blocks = filter.blocks
        #expect(blocks.flatMap(Array.init) == Array(0..<count))
        #expect(blocks.allSatisfy { $0.count <= blockSize })
        var covariances = blocks.map { block in
            (0..<block.count).map { i in (0..<block.count).map { $0 == i ? 1.0 : 0 } }
        }
        var forgetting = 0.98
        for error in [30, -20, 10.0] {
            let derivative = random()
            filter.update(&parameters, error: error, derivative: derivative, pool: WorkerPool(threads: 2))
            var gains: [[Double]] = []
            var total = 0.0
            for (block, p) in zip(blocks, covariances) {
                let h = block.map { Double(derivative[$0]) }
                let k = p.map { row in zip(row, h).reduce(0) { $0 + $1.0 * $1.1 } }
                total += forgetting + zip(h, k).reduce(0) { $0 + $1.0 * $1.1 }
                gains.append(k)
            }
            for (b, block) in blocks.enumerated() {
                let k = gains[b]
                for (i, index) in block.enumerated() {
                    expected[index] += error / total * k[i]
                    for j in k.indices {
                        covariances[b][i][j] = (covariances[b][i][j] - k[i] * k[j] / total) / forgetting
                    }
                }
            }
            forgetting = 0.9987 * forgetting + 1 - 0.9987
        }
        let worst = zip(parameters, expected).map { abs(Double($0) - $1) }.max()!
        // Float32, a few dozen operations on numbers of order one.
        #expect(worst < 2e-5)
        // Moves parameters too little in three measurements to be seen there.
        #expect(abs(filter.forgetting - forgetting) < 1e-12)
    }

    /// The derivative that the engine returns is that of the measured sum: finite differences of the predictions.
    @Test func measurementsHaveTheirDerivatives() throws {
        let model = Fixture.model(oneSided: false)
        let set = try Fixture.set([Fixture.system(frames: 2)])
        let engine = Fixture.engine(model, set, intervals: 512)
        let parameters = Self.vector(model)
        let groups = [[0, 3, 4], [1, 2, 7]]
        for isForce in [false, true] {
            func measurement(_ predictions: [GradientEngine.Prediction]) -> KalmanMeasurement {
                isForce
                    ? .force(set.frames, predictions, groups: groups, prefactor: 2)
                    : .energy(set.frames, predictions, prefactor: 2)
            }
            var derivative = [Float](repeating: 0, count: parameters.count)
            let base = engine.measure(set.frames, parameters, into: &derivative, measurement)
            // Along one random direction: h is linear in the predictions while no residual changes its sign, so that the
            // signs of the first evaluation define it.
            var generator = SplitMix64(seed: 8)
            let direction = parameters.map { _ in Float.random(in: -1...1, using: &generator) }
            func value(_ step: Float) -> Double {
                let moved = zip(parameters, direction).map { $0 + step * $1 }
                engine.tabulate(moved)
                var sum = 0.0
                for (f, prediction) in engine.predict(set.frames, moved).enumerated() {
                    sum += Double(base.seeds[f]) * prediction.energy
                    let start = f * set.frames[0].atomCount * 3
                    for (k, force) in prediction.forces.enumerated() {
                        sum -= Double(base.directions[start + k]) * Double(force)
                    }
                }
                return sum
            }
            let step: Float = 2e-3
            let numerical = (value(step) - value(-step)) / (2 * Double(step))
            let analytic = zip(derivative, direction).reduce(0) { $0 + Double($1.0 * $1.1) }
            // Central differences in Float32: the rounding of forces over the step.
            #expect(abs(numerical - analytic) < 1e-2 * max(abs(analytic), 0.05))
        }
    }

    private static func vector(_ model: DPModel) -> [Float] { ParameterLayout(model).vector(of: model) }
}
