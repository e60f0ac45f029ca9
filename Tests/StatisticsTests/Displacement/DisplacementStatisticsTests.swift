import Foundation
import Statistics
import Testing

@Suite struct DisplacementStatisticsTests {
    /// What is kept of a run of 10 000 frames: small, exact in JSON, and the estimate is that of the whole sums.
    @Test func longRunsStaySmall() throws {
        var stream = RandomStream(seed: 61, name: "long")
        let samples = SyntheticMotion.brownian(atoms: 20, frames: 10_000, diffusion: 0.05, &stream)
        let statistics = DisplacementStatistics(samples)
        let data = try JSONEncoder().encode(statistics)
        #expect(data.count < 100_000)
        let decoded = try JSONDecoder().decode(DisplacementStatistics.self, from: data)
        #expect(decoded == statistics)
        let estimator = DiffusionEstimator()
        let estimate = try estimator.estimate(decoded)
        #expect(estimate.estimate != nil)
        #expect(try estimate == estimator.estimate(samples))
    }

    /// Joined segments hold every window once: their means, weighted by their windows, are the curve.
    @Test func segmentsAddUpToTheCurve() throws {
        var stream = RandomStream(seed: 62, name: "segments")
        let motion = SyntheticMotion.Hopping(rate: 0.1)
        let samples = motion.samples(atoms: 10, frames: 1000, group: 2, &stream)
        let statistics = DisplacementStatistics(samples)
        for (row, windows) in statistics.windows.enumerated() {
            let origins = statistics.curve.origins[row]
            #expect(windows.reduce(0, +) == origins && windows.count <= 64)
            let sum = zip(windows, statistics.segments[row]).reduce(SIMD3<Double>.zero) { $0 + Double($1.0) * $1.1 }
            // Five significant digits are kept.
            let difference = sum / Double(origins) - statistics.curve.axes[row]
            #expect(difference.norm < 1e-4 * statistics.curve.axes[row].norm)
            let together = zip(windows, statistics.collectiveSegments[row]).reduce(0) { $0 + Double($1.0) * $1.1 }
            let collective = statistics.collective[row].sum()
            #expect(abs(together / Double(origins) - collective) < 1e-4 * collective)
        }
    }

    /// One ion's collective displacement is its own; the spread over one ion is nothing.
    @Test func oneIonMovesWithItself() throws {
        var stream = RandomStream(seed: 63, name: "one")
        let statistics = DisplacementStatistics(
            SyntheticMotion.brownian(atoms: 1, frames: 200, diffusion: 0.05, &stream))
        for (one, all) in zip(statistics.curve.axes, statistics.collective) {
            #expect((one - all).norm < 1e-8 * one.norm)
        }
        #expect(statistics.atomCovariance.allSatisfy { $0.allSatisfy { $0 == 0 } })
    }
}
