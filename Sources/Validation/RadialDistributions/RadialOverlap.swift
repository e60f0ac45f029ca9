import Calculations
import Reporting
import Statistics

/// How far two sets of runs share their radial distributions, pair by pair: 1 − ∫|g₁ − g₂| dr / ∫(g₁ + g₂) dr, 1 for equal
/// curves and 0 for curves that nowhere overlap.
///
/// Benchmarks of potentials (ml-peg, SSE-MD) score each pair so against a reference, and a crystal by its worst pair.
struct RadialOverlap {
    struct Pair {
        /// `Li-S`.
        var name: String
        /// Its error is half of what the two halves of the runs differ by.
        var overlap: Estimate
    }

    let pairs: [Pair]

    /// The pair that agrees least.
    var worst: Pair? { pairs.min { $0.overlap.value < $1.overlap.value } }

    /// nil where the runs have no pair in common.
    init?(_ first: [DynamicsRecord], _ second: [DynamicsRecord]) {
        guard let one = first.first else { return nil }
        pairs = one.radial.compactMap { pair in
            func curves(_ records: [DynamicsRecord]) -> [RadialAverage] {
                records.compactMap { $0.radial(pair.first, pair.second) }
            }
            return Self.overlap(curves(first), curves(second)).map {
                Pair(name: "\(pair.first)-\(pair.second)", overlap: $0)
            }
        }
        if pairs.isEmpty { return nil }
    }

    static func overlap(_ first: [RadialAverage], _ second: [RadialAverage]) -> Estimate? {
        guard let bins = first.first?.radii.count, !second.isEmpty,
            (first + second).allSatisfy({ $0.radii.count == bins && $0.halves.count == 2 })
        else { return nil }
        func mean(_ runs: [RadialAverage], _ halves: [Int]) -> [Double] {
            (0..<bins).map { bin in
                runs.reduce(0) { sum, run in sum + halves.reduce(0) { $0 + Double(run.halves[$1].values[bin]) } }
                    / Double(runs.count * halves.count)
            }
        }
        func value(_ halves: [Int]) -> Double {
            let (a, b) = (mean(first, halves), mean(second, halves))
            let difference = zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1) }
            return 1 - difference / zip(a, b).reduce(0) { $0 + $1.0 + $1.1 }
        }
        let whole = value([0, 1])
        return whole.isFinite ? Estimate(whole, error: 0.5 * abs(value([0]) - value([1]))) : nil
    }
}
