/// The standard error of a combination of MSD values from the run's own fluctuations, however the ions move together.
///
/// Each segment of the run adds its windows' deviation from the mean, c_k = Σ_i w_i (S_ik − n_ik MSD_i)/n_i (S_ik: sum
/// over the n_ik windows of lag i that end in segment k). These add up to the combination's deviation from its true
/// value, so its variance is that of their sum, from their autocovariances under Bartlett's triangle up to a
/// `bandwidth` (Newey and West, Econometrica 55, 703 (1987)). Two shares of it are missing, and both are known:
/// - the sum's mean is taken from the same run, which loses 1 − b + b²/3 of it, b being bandwidth/run (Kiefer and
///   Vogelsang, Econometric Theory 21, 1130 (2005));
/// - overlapping windows stay correlated beyond the bandwidth. For free Brownian motion the share that is kept can be
///   summed exactly, and the shape of the correlation is that of the overlaps for other motions too.
struct FluctuationError {
    /// Along x, y and z.
    let axes: SIMD3<Double>
    /// Of the sum over the axes.
    let total: Double
    /// Of the collective curve's sum over the axes.
    let collective: Double

    /// - Parameter bandwidth: frames; about twice the lags that matter is enough.
    init(_ combination: LagCombination, _ statistics: DisplacementStatistics, bandwidth: Double) {
        let frames = Double(statistics.curve.frameCount)
        let length = Double(statistics.segmentLength)
        let width = max(2, (bandwidth / length).rounded(.up))
        let share = min(1, width * length / frames)
        let kept = Self.keptShare(combination, statistics.curve, bandwidth: width * length)
        let scale = 1 / (kept * (1 - share + share * share / 3))
        let series = Self.series(combination, statistics)
        let errors = (scale * Self.sum(series, width: Int(width))).squareRoot()
        let sums = series.map { SIMD4($0.x + $0.y + $0.z, 0, 0, 0) }
        axes = SIMD3(errors[0], errors[1], errors[2])
        collective = errors[3]
        total = (scale * Self.sum(sums, width: Int(width))[0]).squareRoot()
    }

    private static func series(
        _ combination: LagCombination, _ statistics: DisplacementStatistics
    ) -> [SIMD4<Double>] {
        var series = [SIMD4<Double>](repeating: .zero, count: statistics.windows.first?.count ?? 0)
        for (row, weight) in zip(combination.rows, combination.weights) {
            let share = weight / Double(statistics.curve.origins[row])
            let mean = SIMD4(statistics.curve.axes[row], statistics.collective[row].sum())
            for segment in series.indices {
                let part = SIMD4(statistics.segments[row][segment], statistics.collectiveSegments[row][segment])
                series[segment] += share * Double(statistics.windows[row][segment]) * (part - mean)
            }
        }
        return series
    }

    /// Σ_j (1 − |j|/width) Σ_k c_k c_{k+j}, which is never negative.
    private static func sum(_ series: [SIMD4<Double>], width: Int) -> SIMD4<Double> {
        var sum = SIMD4<Double>.zero
        for shift in 0..<min(width, series.count) {
            var product = SIMD4<Double>.zero
            for k in 0..<series.count - shift { product += series[k] * series[k + shift] }
            sum += (shift == 0 ? 1 : 2) * (1 - Double(shift) / Double(width)) * product
        }
        return sum.clamped(lowerBound: .zero, upperBound: SIMD4(repeating: .infinity))
    }

    /// The share of the variance that the triangle keeps for Brownian motion: of Σ w_i w_j overlap² over all pairs of
    /// windows, those whose ends are closer than the bandwidth, weighted by the triangle.
    private static func keptShare(
        _ combination: LagCombination, _ curve: MeanSquaredDisplacement, bandwidth: Double
    ) -> Double {
        let frames = Double(curve.frameCount)
        let lags = combination.rows.map { Double(curve.lags[$0]) }
        let weights = zip(combination.weights, lags).map { $0 / (frames - $1) }
        guard let longest = lags.last else { return 1 }
        // The sum over shifts of the second window's end, by a trapezoidal rule when there are many.
        let step = max(1, (longest / 512).rounded(.down))
        var (all, kept) = (0.0, 0.0)
        for shift in stride(from: 0, to: longest, by: step) {
            var products = 0.0
            for (m, a) in zip(lags, weights) {
                for (n, b) in zip(lags, weights) where n > shift {
                    let overlap = min(m, n - shift)
                    products += a * b * overlap * overlap * (frames - shift - max(m, n - shift))
                }
            }
            all += (shift == 0 ? 1 : 2) * products
            kept += (shift == 0 ? 1 : 2) * max(0, 1 - shift / bandwidth) * products
        }
        return all > 0 && kept > 0 ? kept / all : 1
    }
}
