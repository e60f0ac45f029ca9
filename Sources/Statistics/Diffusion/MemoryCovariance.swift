import Foundation

/// How an MSD curve may still bend: ions remember where they came from, and the curve reaches its line slowly.
///
/// The slope is taken as 6D (1 + e(τ)) with the excess e(τ) = e₀ τ₀/τ, which lies between the long-time tails τ^(−3/2) of
/// hopping in three dimensions and τ^(−1/2) along channels (Haus and Kehr, Phys. Rep. 150, 263 (1987)). How much of the
/// excess before the start lives on is unknown: all of it by this law, or nothing if it dies out exponentially. Taken
/// as uniform in between, e₀ has a root mean square of 1/√3 of what is seen. Its integral over τ gives the covariance
/// of the curve about its line, which a generalised least-squares fit takes beside the noise's. The fit then trusts
/// long lags where memory is what disturbs and short ones where noise does, and has no parameter more.
struct MemoryCovariance {
    /// The root mean square of e₀.
    let excess: Double
    /// τ₀ (frames).
    let lag: Double

    /// What the octave before the lag of row `start` shows: there the slope exceeds the later one by more than its noise
    /// explains.
    ///
    /// - Parameters:
    ///   - slope: of a line from `start` on.
    ///   - bandwidth: of the noise (frames).
    init(_ statistics: DisplacementStatistics, start: Int, slope: LagCombination, bandwidth: Double) {
        let curve = statistics.curve
        let end = Double(curve.lags[start])
        let later = slope.axes(statistics).sum()
        guard let before = (0..<start).first(where: { 2 * Double(curve.lags[$0]) >= end }) else {
            // Before the first lag there is only lag zero, without noise.
            excess = Self.surviving * abs(curve.axes[start].sum() / end / later - 1)
            lag = end / 2
            return
        }
        let width = end - Double(curve.lags[before])
        let earlier = LagCombination(rows: [before, start], weights: [-1 / width, 1 / width])
        let ratio = earlier.axes(statistics).sum() / later
        let difference = LagCombination.sum([earlier, slope], weights: [1, -ratio])
        let noise = FluctuationError(difference, statistics, bandwidth: bandwidth).total / later
        excess = Self.surviving * max(0, (ratio - 1) * (ratio - 1) - noise * noise).squareRoot()
        lag = (Double(curve.lags[before]) * end).squareRoot()
    }

    /// The root mean square of a share that lies anywhere between none and all.
    private static let surviving = 1 / 3.0.squareRoot()

    /// Σ_ij of the curve in units of (MSD per frame)², [lags, lags] row-major.
    func matrix(lags: [Int]) -> [Double] {
        // ∫ e₀ τ₀/τ dτ up to a constant, which the line's intercept takes up.
        let bend = lags.map { excess * lag * log(Double($0) / lag) }
        return bend.flatMap { a in bend.map { a * $0 } }
    }
}
