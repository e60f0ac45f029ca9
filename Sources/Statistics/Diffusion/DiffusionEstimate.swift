import Structures

/// A tracer diffusion coefficient with every error that the trajectory itself can give.
public struct DiffusionEstimate: Equatable, Sendable, Codable {
    /// D = slope/6 (m²/s). Its error is the largest of `modelError`, `atomError` and the blocks' error.
    public let diffusion: Estimate
    /// D along x, y and z, slope/2 each (m²/s); the error is the larger of that from ions and that from blocks.
    public let axes: [Estimate]
    /// What the model covariance gives (m²/s): right for independent ions with Gaussian steps, else too small.
    public let modelError: Double
    /// What the spread over ions gives (m²/s): right for independent ions, however they move.
    public let atomError: Double
    /// D's series over successive segments of the trajectory (m²/s); its error also sees ions that move together.
    public let blocks: BlockAverage
    /// Where the MSD was found to be a straight line.
    public let regime: DiffusiveRegime
    /// The straight line's height at lag zero (Å²): the rattling in the cage and what jumps forget.
    public let intercept: Double
    /// χ² of the line under the model covariance, whose ions are independent and Gaussian; rare or concerted jumps
    /// make it large without any fault of the line.
    public let quality: FitQuality
    /// The relative standard deviation that He, Zhu and Mo found in fits to AIMD (npj Comput. Mater. 4, 18 (2018)):
    /// 3.43/√N_eff + 0.04, N_eff = N max(MSD)/a². For comparison; it belongs to ordinary least squares.
    public let empiricalRelativeError: Double

    /// D (m²/s).
    public var value: Double { diffusion.value }
    /// σ_D (m²/s).
    public var standardError: Double { diffusion.standardError }
}

extension DiffusionEstimate {
    init(_ samples: DisplacementSamples, _ fit: MSDLineFit, onset: MSDLineFit, jumpLength: Double) throws {
        let curve = samples.curve
        let toSI = PhysicalConstants.diffusionToSI / curve.frameInterval
        let slopes = fit.slope.axes(samples)
        let series = fit.slope.series(samples)
        let spread = fit.slope.errorsFromAtoms(samples)
        modelError = fit.modelError * toSI / 6
        atomError = spread[3] * toSI / 6
        blocks = try BlockAverage(series.map { $0[3] * toSI / 6 })
        diffusion = Estimate(
            value: slopes.sum() * toSI / 6, standardError: max(modelError, atomError, blocks.standardError))
        axes = try (0..<3).map { axis in
            let block = try BlockAverage(series.map { $0[axis] * toSI / 2 })
            return Estimate(
                value: slopes[axis] * toSI / 2, standardError: max(spread[axis] * toSI / 2, block.standardError))
        }
        regime = DiffusiveRegime(
            onset: Double(onset.lags.first!) * curve.frameInterval,
            start: Double(fit.lags.first!) * curve.frameInterval, end: Double(fit.lags.last!) * curve.frameInterval,
            exponent: onset.exponent, jumpsPerIon: fit.longestMSD / (jumpLength * jumpLength))
        intercept = fit.intercept
        quality = fit.quality
        let jumps = Double(curve.atomCount) * curve.total.max()! / (jumpLength * jumpLength)
        empiricalRelativeError = 3.43 / jumps.squareRoot() + 0.04
    }
}
