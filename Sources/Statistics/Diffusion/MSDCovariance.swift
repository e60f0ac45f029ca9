/// A model of how the values of one MSD curve scatter together: freely diffusing, independent ions.
///
/// Long windows are made of short ones, so the values at all lags share their noise; a fit that ignores this gives an
/// error that is far too small. Anything that multiplies a whole path's displacements (rare jumps, ions that are
/// slower than others) adds a term proportional to τ_i τ_j, which changes the slope's error but, lying in the span of
/// a straight line, neither the best weights nor the test for straightness. So this model is good for those two, and
/// the slope's error is taken from the ions and blocks themselves (`LagCombination`).
public enum MSDCovariance: String, Sendable, Codable, CaseIterable {
    /// Every window counted, overlaps included: exact for Gaussian steps. Diagonal: Qian, Sheetz and Elson, Biophys. J.
    /// 60, 910 (1991); all of it: Bullerjahn, von Bülow and Hummer, J. Chem. Phys. 153, 024116 (2020).
    case overlappingWindows
    /// Σ_ij = σ_i² n_i/n_j for i ≤ j, n_i = N T/τ_i windows end to end (kinisi: McCluskey, Coles and Morgan, J. Chem.
    /// Theory Comput. 21, 79 (2025), doi 10.1021/acs.jctc.4c01249), with σ_i² = (2/d) ⟨r²⟩²/n_i of Gaussian steps. For
    /// overlapping windows it overstates the variances by up to one half.
    case independentObservations

    /// Σ in units of (MSD per frame)², [lags, lags] row-major.
    ///
    /// - Parameters:
    ///   - lags: frames, ascending, at most half of `steps`.
    ///   - steps: T, frames of the trajectory minus one.
    ///   - atoms: N.
    ///   - dimensions: d.
    public func matrix(lags: [Int], steps: Int, atoms: Int, dimensions: Int = 3) -> [Double] {
        let scale = 2 / Double(dimensions * atoms)
        var sigma = [Double](repeating: 0, count: lags.count * lags.count)
        for (i, m) in lags.enumerated() {
            for (j, n) in lags.enumerated() where j >= i {
                let value = scale * covariance(Double(m), Double(n), Double(steps))
                sigma[i * lags.count + j] = value
                sigma[j * lags.count + i] = value
            }
        }
        return sigma
    }

    /// Half the covariance of the one-dimensional means at lags m ≤ n of a path of unit steps.
    private func covariance(_ m: Double, _ n: Double, _ steps: Double) -> Double {
        switch self {
        case .independentObservations:
            return m * m * n / steps
        case .overlappingWindows:
            // Σ over all pairs of windows of the square of their overlap, divided by the number of pairs. Windows of
            // m steps overlap one of n by m (n − m + 1 positions) or by m − u at both ends, u = 1 ... m − 1.
            let origins = steps - n + 1
            let inside = m * m * (n - m + 1) * origins
            let edges = origins * (m - 1) * m * (2 * m - 1) / 3
            let missing = m * m * (m * m - 1) / 6
            return (inside + edges - missing) / (origins * (steps - m + 1))
        }
    }
}
