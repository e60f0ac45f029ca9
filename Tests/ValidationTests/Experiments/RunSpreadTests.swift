import Foundation
import Statistics
import Testing

@testable import Validation

/// The scatter between cells, told from the runs' own errors.
struct RunSpreadTests {
    private static func trial(_ cells: Int, spread: Double, own: Double, _ random: inout RandomStream) -> Estimate? {
        RunSpread.ofLogarithms(
            (0..<cells).map { _ in
                let value = exp(spread * random.gaussian() + own * random.gaussian())
                return Estimate(value, error: own * value)
            })
    }

    @Test func knownSpreadIsFound() throws {
        var random = RandomStream(seed: 3, name: "spread")
        for (spread, own) in [(0.2, 0.05), (0.2, 0.1)] {
            let trials = try (0..<400).map { _ in try #require(Self.trial(30, spread: spread, own: own, &random)) }
            let square = trials.reduce(0) { $0 + $1.value * $1.value } / 400
            #expect(abs(square.squareRoot() - spread) < 0.03 * spread)
            let covered = trials.count { abs($0.value - spread) < $0.standardError }
            #expect((0.6...0.76).contains(Double(covered) / 400), "\(covered) of 400 within one error")
        }
    }

    @Test func noneIsMostlyWithinItsError() throws {
        var random = RandomStream(seed: 4, name: "spread")
        let trials = try (0..<400).map { _ in try #require(Self.trial(3, spread: 0, own: 0.1, &random)) }
        #expect(trials.count { $0.value < 2 * $0.standardError } > 380)
        #expect(RunSpread.ofLogarithms([Estimate(1, error: 0.1)]) == nil)
    }
}
