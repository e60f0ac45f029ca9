import Files
import Statistics
import Structures
import Testing

@Suite struct BlockAverageTests {
    /// x_k = φ x_{k−1} + ξ_k with unit variance of x: var of the mean of n is (1/n)(1+φ)/(1−φ) up to 1/n² terms.
    static func autoregressive(_ count: Int, _ phi: Double, _ stream: inout RandomStream) -> [Double] {
        var x = stream.gaussian()
        let noise = (1 - phi * phi).squareRoot()
        return (0..<count).map { _ in
            x = phi * x + stream.gaussian(standardDeviation: noise)
            return x
        }
    }

    /// Over 300 series of 4096 values with φ = 0.9 (τ = 9.5) the mean of the squared errors is the variance of the mean
    /// within 10 % (what blocks of finite length leave is of the order of τ/B), and the true mean lies within one error
    /// in 68 % of the series (four binomial standard deviations are 11 %).
    @Test func errorsOfCorrelatedSeries() throws {
        var stream = RandomStream(seed: 21, name: "blocks")
        let (trials, count, phi) = (300, 4096, 0.9)
        let blocks = try (0..<trials).map { _ in
            try BlockAverage(Self.autoregressive(count, phi, &stream))
        }
        let variance = (1 + phi) / (1 - phi) / Double(count)
        let estimated = blocks.reduce(0) { $0 + $1.standardError * $1.standardError } / Double(trials)
        #expect(abs(estimated / variance - 1) < 0.1)
        let coverage = Double(blocks.count { abs($0.mean) < $0.standardError }) / Double(trials)
        #expect(abs(coverage - 0.683) < 4 * (0.683 * 0.317 / Double(trials)).squareRoot())
        #expect(blocks.count { $0.plateauFound } > trials * 9 / 10)
    }

    @Test func independentValuesKeepTheNaiveError() throws {
        var stream = RandomStream(seed: 22, name: "blocks")
        let block = try BlockAverage((0..<10_000).map { _ in stream.gaussian() })
        #expect(block.plateauFound)
        // The error's own error on its blocks, four times.
        #expect(abs(block.standardError - 0.01) < 4 * block.errorOfError)
    }

    /// Series of 256 with φ = 0.99 hold about one correlation time per block at best: no plateau.
    @Test func tooShortSeriesAreFlagged() throws {
        var stream = RandomStream(seed: 23, name: "blocks")
        let flagged = try (0..<100).count { _ in
            try !BlockAverage(Self.autoregressive(256, 0.99, &stream)).plateauFound
        }
        #expect(flagged == 100)
        #expect(try !BlockAverage([1, 2, 3]).plateauFound)
    }

    @Test func constantSeriesHaveNoError() throws {
        let block = try BlockAverage([Double](repeating: 3, count: 100))
        #expect(block.mean == 3 && block.standardError == 0)
    }

    @Test func badSeriesAreRefused() {
        #expect(throws: InputError.self) { try BlockAverage([1]) }
        #expect(throws: InputError.self) { try BlockAverage([1, .infinity]) }
    }
}

@Suite struct AutocorrelationTimeTests {
    /// τ of the autoregressive process is ½ (1 + φ)/(1 − φ); a window of five τ leaves out exp(−5) of it.
    @Test(arguments: [0.0, 0.5, 0.9]) func autoregressiveSeries(phi: Double) throws {
        var stream = RandomStream(seed: 24, name: "autocorrelation")
        let exact = 0.5 * (1 + phi) / (1 - phi)
        let found = try AutocorrelationTime(BlockAverageTests.autoregressive(100_000, phi, &stream))
        #expect(abs(found.time - exact) < 4 * found.standardError)
        #expect(found.standardError < 0.1 * exact)
        #expect(found.isResolved)
    }

    @Test func unresolvedTimesAreFlagged() throws {
        var stream = RandomStream(seed: 25, name: "autocorrelation")
        #expect(try !AutocorrelationTime(BlockAverageTests.autoregressive(200, 0.99, &stream)).isResolved)
    }

    @Test func badSeriesAreRefused() {
        #expect(throws: InputError.self) { try AutocorrelationTime([1, 1, 1, 1, 1]) }
        #expect(throws: InputError.self) { try AutocorrelationTime([1, 2]) }
    }
}
