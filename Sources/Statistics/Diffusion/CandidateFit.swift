import Foundation

/// A straight line through the MSD from one candidate start on, by generalised least squares.
///
/// Σ = `collectivity` × the noise of independent Brownian ions + the memory that the curve shows before the start
/// (`MemoryCovariance`). With Σ fixed the slope is a fixed combination of the MSD's values, whose error comes from the
/// run itself (`FluctuationError`); Σ only chooses the weights, and how far memory may still pull the slope.
struct CandidateFit {
    /// The slope (Å² per frame).
    let slope: LagCombination
    /// The line's height at lag zero (Å²).
    let intercept: LagCombination
    /// First and last lag (frames).
    let start, end: Int
    /// The slope's value, summed over the axes (Å² per frame).
    let value: Double
    /// By how much memory may have shifted the slope: a standard deviation, relative to the slope.
    let memory: Double
    /// What noise of independent Brownian ions would give for the slope's error, relative to the slope.
    let brownianError: Double
    /// β = 1 + κ/b of c + b τ + κ τ ln τ with the same Σ, which to first order is the exponent of c + b τ^β.
    let exponent: Estimate

    /// - Parameter rows: lags of the fit, ascending.
    init(_ statistics: DisplacementStatistics, rows: [Int], estimator: DiffusionEstimator) throws {
        let curve = statistics.curve
        let lags = rows.map { curve.lags[$0] }
        let noise = estimator.covariance.matrix(
            lags: lags, steps: curve.frameCount - 1, atoms: curve.atomCount)
        let straight: [Double] = lags.flatMap { [1, Double($0)] }
        let bandwidth = estimator.bandwidthInStarts * Double(lags[0])
        let first = try GeneralisedLeastSquares(design: straight, parameterCount: 2, covariance: noise)
        let firstSlope = LagCombination(rows: rows, weights: Array(first.weights(parameter: 1)))
        let memory = MemoryCovariance(
            statistics, start: rows[0], slope: firstSlope, bandwidth: bandwidth
        ).matrix(lags: lags)
        // Fluctuations are in proportion to the MSD itself, which cage and memory lift above the line at short lags.
        let rate = firstSlope.axes(statistics).sum()
        let lift = zip(rows, lags).map { curve.axes[$0].sum() / (rate * Double($1)) }
        let sigma = noise.indices.map { index in
            let (i, j) = (index / lags.count, index % lags.count)
            return estimator.collectivity * lift[i] * lift[j] * noise[index] + memory[index]
        }
        let line = try GeneralisedLeastSquares(design: straight, parameterCount: 2, covariance: sigma)
        // τ ln(τ/τ_m) with τ_m inside the range keeps the columns apart; it moves b and c, not κ.
        let middle = (Double(lags.first!) * Double(lags.last!)).squareRoot()
        let bent = try GeneralisedLeastSquares(
            design: lags.flatMap { [1, Double($0), Double($0) * log(Double($0) / middle)] }, parameterCount: 3,
            covariance: sigma)
        slope = LagCombination(rows: rows, weights: Array(line.weights(parameter: 1)))
        intercept = LagCombination(rows: rows, weights: Array(line.weights(parameter: 0)))
        (start, end) = (lags.first!, lags.last!)
        value = slope.axes(statistics).sum()
        self.memory = Self.norm(slope.weights, memory)
        brownianError = Self.norm(slope.weights, noise)
        let curvature = LagCombination(rows: rows, weights: Array(bent.weights(parameter: 2)))
        let error = FluctuationError(curvature, statistics, bandwidth: bandwidth).total
        exponent = Estimate(
            value: 1 + curvature.axes(statistics).sum() / value,
            standardError: hypot(error / value, Self.norm(curvature.weights, memory)))
    }

    /// √(wᵀ Σ w).
    private static func norm(_ weights: [Double], _ sigma: [Double]) -> Double {
        var square = 0.0
        for (i, a) in weights.enumerated() {
            for (j, b) in weights.enumerated() { square += a * b * sigma[i * weights.count + j] }
        }
        return max(0, square).squareRoot()
    }
}
