import Files
import Foundation
import Statistics
import Structures
import Testing

@Suite struct RandomStreamTests {
    /// The hash of (42, "velocities") by a separate Python script and numpy's `RandomState` (the same mt19937) seeded
    /// with its low 32 bits, 3874896924. A change here breaks the reproducibility of every published run.
    @Test func aStreamIsTheSameForEver() {
        var stream = RandomStream(seed: 42, name: "velocities")
        #expect(stream.next() == 1_347_362_239 << 32 | 3_212_021_654)
        #expect(stream.next() == 860_488_758 << 32 | 3_261_256_000)
    }

    @Test func streamsDifferByNameAndBySeed() {
        var a = RandomStream(seed: 1, name: "a")
        var b = RandomStream(seed: 1, name: "b")
        var c = RandomStream(seed: 2, name: "a")
        let (x, y, z) = (a.next(), b.next(), c.next())
        #expect(x != y && y != z && x != z)
    }

    @Test func aSavedStateContinuesBitForBit() throws {
        var stream = RandomStream(seed: 3, name: "checkpoint")
        for _ in 0..<1000 { _ = stream.gaussian() }
        let saved = stream.bytes
        let coded = try JSONEncoder().encode(stream)
        let expected = (0..<700).map { _ in stream.gaussian() }
        var restored = try RandomStream(bytes: saved)
        #expect((0..<700).map { _ in restored.gaussian() } == expected)
        var decoded = try JSONDecoder().decode(RandomStream.self, from: coded)
        #expect((0..<700).map { _ in decoded.gaussian() } == expected)
    }

    @Test func aTruncatedStateIsRefused() {
        #expect(throws: InputError.self) { try RandomStream(bytes: [UInt8](repeating: 0, count: 12)) }
    }

    @Test func momentsOfTheDistributions() {
        var stream = RandomStream(seed: 4, name: "moments")
        let count = 100_000
        let normal = (0..<count).map { _ in stream.gaussian(mean: 2, standardDeviation: 3) }
        let mean = normal.reduce(0, +) / Double(count)
        let variance = normal.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
        // Four standard errors: 3/√n of the mean, σ²√(2/n) of the variance.
        #expect(abs(mean - 2) < 4 * 3 / Double(count).squareRoot())
        #expect(abs(variance - 9) < 4 * 9 * (2 / Double(count)).squareRoot())
        let flat = (0..<count).map { _ in stream.uniform(in: -1..<3) }
        #expect(flat.allSatisfy { (-1..<3).contains($0) })
        #expect(abs(flat.reduce(0, +) / Double(count) - 1) < 4 * (16.0 / 12 / Double(count)).squareRoot())
    }

    /// Each of the six orders of three elements comes up a sixth of the time (four binomial standard deviations).
    @Test func shufflesAreUniform() {
        var stream = RandomStream(seed: 5, name: "shuffle")
        var counts: [[Int]: Int] = [:]
        let trials = 12_000
        for _ in 0..<trials { counts[stream.permutation(3), default: 0] += 1 }
        let tolerance = 4 * (Double(trials) * 5 / 36).squareRoot()
        #expect(counts.count == 6)
        #expect(counts.values.allSatisfy { abs(Double($0) - Double(trials) / 6) < tolerance })
    }

    @Test func samplesHaveNoRepeats() {
        var stream = RandomStream(seed: 6, name: "sample")
        let sample = stream.sample(40, from: 50)
        #expect(Set(sample).count == 40 && sample.allSatisfy { (0..<50).contains($0) })
        #expect(Set(stream.sample(5, from: 5)) == Set(0..<5))
    }
}
