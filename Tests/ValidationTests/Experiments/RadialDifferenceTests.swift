import Files
import Statistics
import Testing

@testable import Calculations
@testable import Validation

/// Differences of radial distributions with known answers.
struct RadialDifferenceTests {
    private static let bins = 160
    private static let width = 0.05

    /// A liquid's distribution, whose peak is moved by `shift` (Å), with noise of `noise` in every bin of every half.
    private static func run(_ shift: Double, noise: Double, _ random: inout RandomStream) -> RadialAverage {
        let halves = (0..<2).map { _ in
            PackedArray(
                (0..<bins).map { bin in
                    let r = (Double(bin) + 0.5) * width
                    let x = (r - 2.5 - shift) / 0.3
                    let g = r < 1.5 ? 0 : 1 + 2 / (1 + x * x)
                    return Float(g + (r < 1.5 ? 0 : noise * random.gaussian()))
                })
        }
        return RadialAverage(first: "Li", second: "S", binWidth: width, halves: halves)
    }

    private static func difference(_ shift: Double, noise: Double, seed: UInt64) -> RadialDifference {
        var random = RandomStream(seed: seed, name: "rdf")
        let moved = (0..<3).map { _ in run(shift, noise: noise, &random) }
        let fixed = (0..<2).map { _ in run(0, noise: noise, &random) }
        return RadialDifference(moved, fixed)!
    }

    /// Without noise it is the plain area.
    @Test func cleanCurvesGiveTheArea() {
        let clean = Self.difference(0.2, noise: 0, seed: 1)
        let inside = clean.radii.indices.filter { clean.radii[$0] <= 6 }
        let area = inside.reduce(0) { $0 + abs(clean.first[$1] - clean.second[$1]) }
        let whole = inside.reduce(0) { $0 + clean.second[$1] }
        #expect(abs(clean.distance.value - area / whole) < 1e-6)
        #expect(clean.distance.standardError < 1e-6)
        #expect(clean.distance.value > 0.05)
    }

    /// Noise alone gives zero on the average, where the plain area would not; its error bar holds.
    @Test func noiseAloneGivesNothing() {
        let trials = (0..<400).map { Self.difference(0, noise: 0.05, seed: UInt64($0)).distance }
        let mean = trials.reduce(0) { $0 + $1.value } / 400
        let scatter = (trials.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / 399).squareRoot()
        #expect(abs(mean) < 4 * scatter / 20)
        // Jackknives of two and three runs err on the safe side.
        let stated = (trials.reduce(0) { $0 + $1.standardError * $1.standardError } / 400).squareRoot()
        #expect(stated > 0.8 * scatter && stated < 2 * scatter, "\(stated) stated, \(scatter) seen")
    }

    /// A difference that is seen counts nearly whole.
    @Test func aDifferenceIsFoundInNoise() {
        let clean = Self.difference(0.2, noise: 0, seed: 1).distance.value
        let trials = (0..<200).map { Self.difference(0.2, noise: 0.05, seed: UInt64($0)).distance }
        let mean = trials.reduce(0) { $0 + $1.value } / 200
        #expect(mean > 0.85 * clean && mean < 1.02 * clean)
        #expect(trials.allSatisfy { $0.value > 3 * $0.standardError })
    }
}
