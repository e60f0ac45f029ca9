/// A weighted sum of the MSD at several lags, Σ_i w_i MSD(τ_i), such as the slope of a fit.
struct LagCombination {
    /// Rows of the statistics' lags.
    var rows: [Int]
    /// w_i, one per row.
    var weights: [Double]

    /// The sum along x, y, z.
    func axes(_ statistics: DisplacementStatistics) -> SIMD3<Double> {
        sum { statistics.curve.axes[$0] }
    }

    /// The same sum of the collective curve.
    func collective(_ statistics: DisplacementStatistics) -> SIMD3<Double> {
        sum { statistics.collective[$0] }
    }

    private func sum(_ value: (Int) -> SIMD3<Double>) -> SIMD3<Double> {
        zip(rows, weights).reduce(.zero) { $0 + $1.1 * value($1.0) }
    }

    /// The standard error that the spread over the ions gives: right if they move independently of each other.
    func errorFromAtoms(_ statistics: DisplacementStatistics) -> Double {
        var variance = 0.0
        for (i, a) in zip(rows, weights) {
            for (j, b) in zip(rows, weights) {
                variance += a * b * statistics.atomCovariance[max(i, j)][min(i, j)]
            }
        }
        return (max(0, variance) / Double(statistics.curve.atomCount)).squareRoot()
    }

    /// The weighted sum of combinations.
    static func sum(_ combinations: [LagCombination], weights: [Double]) -> LagCombination {
        var sums: [Int: Double] = [:]
        for (combination, share) in zip(combinations, weights) {
            for (row, weight) in zip(combination.rows, combination.weights) { sums[row, default: 0] += share * weight }
        }
        let rows = sums.keys.sorted()
        return LagCombination(rows: rows, weights: rows.map { sums[$0]! })
    }
}
