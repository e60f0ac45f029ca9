import Testing

@testable import Structures

@Suite struct SplitMix64Tests {
    /// First outputs for seed 1234567 of Vigna's reference implementation, as listed by Rosetta Code
    /// ("Pseudo-random numbers/Splitmix64").
    @Test func agreesWithTheReferenceImplementation() {
        var generator = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    @Test func streamsDiffer() {
        var streams = [
            SplitMix64(seed: 1), .init(seed: 1, stream: "a"), .init(seed: 1, stream: "b"), .init(seed: 2, stream: "a"),
        ]
        #expect(Set(streams.indices.map { streams[$0].next() }).count == 4)
        var again = SplitMix64(seed: 1, stream: "a")
        var first = SplitMix64(seed: 1, stream: "a")
        #expect(again.next() == first.next())
    }

    /// All 24 orders of four come up equally often: χ² with 23 degrees of freedom stays below its 99.9 % point, 49.7.
    @Test func everyOrderIsAsLikely() {
        var generator = SplitMix64(seed: 42)
        var counts: [[Int]: Int] = [:]
        let draws = 24_000
        for _ in 0..<draws { counts[generator.shuffled([0, 1, 2, 3]), default: 0] += 1 }
        #expect(counts.count == 24)
        let chiSquared = counts.values.reduce(0.0) { $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000 }
        #expect(chiSquared < 49.7)
    }
}
