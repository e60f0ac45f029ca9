/// A weighted sum of the MSD at several lags, Σ_i w_i MSD(τ_i), with errors that assume no model of the motion.
struct LagCombination {
    /// Rows of the samples' lags.
    let rows: [Int]
    /// w_i, one per row.
    let weights: [Double]

    /// The sum along x, y, z.
    func axes(_ samples: DisplacementSamples) -> SIMD3<Double> {
        zip(rows, weights).reduce(.zero) { $0 + $1.1 * samples.curve.axes[$1.0] }
    }

    /// The standard error that the spread over the ions gives: right if they move independently of each other. The
    /// last component is that of the sum over the axes.
    func errorsFromAtoms(_ samples: DisplacementSamples) -> SIMD4<Double> {
        let atoms = samples.curve.atomCount
        guard atoms > 1 else { return .zero }
        let mean = Self.withSum(axes(samples))
        var squares = SIMD4<Double>.zero
        for atom in 0..<atoms {
            var value = SIMD3<Double>.zero
            for (row, weight) in zip(rows, weights) { value += weight * samples.msd(lag: row, atom: atom) }
            let deviation = Self.withSum(value) - mean
            squares += deviation * deviation
        }
        return (squares / Double(atoms * (atoms - 1))).squareRoot()
    }

    /// What each segment of the run adds to the sum, for block averages; the mean of the series is the sum itself.
    ///
    /// A segment's part is its windows' deviation from the mean over all windows of their lag, so that a segment in
    /// which a long lag has few windows (the first ones) weighs little instead of upsetting the sum.
    func series(_ samples: DisplacementSamples) -> [SIMD4<Double>] {
        let count = samples.segments[rows[0]].count
        var series = [SIMD3<Double>](repeating: .zero, count: count)
        for (row, weight) in zip(rows, weights) {
            let mean = samples.curve.axes[row]
            let share = weight * Double(count) / Double(samples.curve.origins[row])
            for (index, segment) in samples.segments[row].enumerated() {
                series[index] += share * (segment.sum - Double(segment.windows) * mean)
            }
        }
        let total = axes(samples)
        return series.map { Self.withSum(total + $0) }
    }

    private static func withSum(_ v: SIMD3<Double>) -> SIMD4<Double> { SIMD4(v, v.sum()) }
}
