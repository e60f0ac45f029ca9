import Foundation

/// The generalised least-squares fits to one range of lags: a straight line, and a line with curvature.
struct MSDLineFit {
    /// Frames, ascending.
    let lags: [Int]
    /// The slope of the line as a sum over lags (Å² per frame).
    let slope: LagCombination
    /// The slope's error by the model covariance, of the sum over axes (Å² per frame).
    let modelError: Double
    /// The line's height at lag zero (Å²).
    let intercept: Double
    /// The MSD at the last lag (Å²).
    let longestMSD: Double
    /// χ² of the line under the model covariance.
    let quality: FitQuality
    /// β = 1 + κ/b, its error the largest of the three of `DiffusionEstimator`.
    let exponent: Estimate

    init(_ samples: DisplacementSamples, rows: [Int], covariance: MSDCovariance) throws {
        let curve = samples.curve
        let lags = rows.map { curve.lags[$0] }
        let msd = rows.map { curve.axes[$0].sum() }
        // In units of (MSD per frame)²: the weights do not depend on that unit, the errors do.
        let sigma = covariance.matrix(lags: lags, steps: curve.frameCount - 1, atoms: curve.atomCount)
        let line = try GeneralisedLeastSquares(
            design: lags.flatMap { [1, Double($0)] }, parameterCount: 2, covariance: sigma)
        // τ ln(τ/τ_m) with τ_m inside the range keeps the columns apart; it moves b and c, not κ.
        let middle = (Double(lags.first!) * Double(lags.last!)).squareRoot()
        let bent = try GeneralisedLeastSquares(
            design: lags.flatMap { [1, Double($0), Double($0) * log(Double($0) / middle)] }, parameterCount: 3,
            covariance: sigma)
        let (parameters, quality) = line.fit(msd)
        let rate = parameters[1]
        let curvature = LagCombination(rows: rows, weights: Array(bent.weights(parameter: 2)))
        let blocks = try BlockAverage(curvature.series(samples).map { $0[3] })
        let curvatureError = max(
            abs(rate) * bent.standardError(parameter: 2), curvature.errorsFromAtoms(samples)[3],
            blocks.standardError)
        self.lags = lags
        slope = LagCombination(rows: rows, weights: Array(line.weights(parameter: 1)))
        modelError = abs(rate) * line.standardError(parameter: 1)
        intercept = parameters[0]
        longestMSD = msd.last!
        self.quality = FitQuality(
            chiSquared: quality.chiSquared / (rate * rate), degreesOfFreedom: quality.degreesOfFreedom)
        exponent = Estimate(
            value: 1 + curvature.axes(samples).sum() / rate, standardError: curvatureError / abs(rate))
    }
}
