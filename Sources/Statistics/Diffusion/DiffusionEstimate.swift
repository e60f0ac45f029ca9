import Foundation
import Structures

/// A tracer diffusion coefficient with every error that the trajectory itself can give.
public struct DiffusionEstimate: Equatable, Sendable, Codable {
    /// D = slope/6 (m²/s). Its error is the root of the sum of squares of `noise`, `memory` and `choice`.
    public let diffusion: Estimate
    /// D along x, y and z, slope/2 each (m²/s); memory and choice enter in the same proportion as for D.
    public let axes: [Estimate]
    /// The error that fluctuations along the run give (m²/s); it sees ions that move together.
    public let noise: Double
    /// By how much memory of earlier jumps may have shifted D (m²/s, a standard deviation).
    public let memory: Double
    /// The standard deviation of D over the candidate starts (m²/s).
    public let choice: Double
    /// What the spread over ions gives for the noise (m²/s): right for independent ions, however they move.
    public let atomError: Double
    /// What the model covariance gives for the noise (m²/s): right for independent ions with Gaussian steps.
    public let modelError: Double
    /// The slope of ⟨|Σ Δr|²⟩/N over six (m²/s): the D that gives the conductivity in the Nernst-Einstein relation. Its
    /// error is large, as one run holds one collective displacement where it holds N of single ions.
    public let collective: Estimate
    /// Where the MSD was fitted by a straight line.
    public let regime: DiffusiveRegime
    /// The straight line's height at lag zero (Å²): the rattling in the cage and what jumps forget.
    public let intercept: Double
    /// The relative standard deviation that He, Zhu and Mo found in fits to AIMD (npj Comput. Mater. 4, 18 (2018)):
    /// 3.43/√N_eff + 0.04, N_eff = N max(MSD)/a². For comparison; it belongs to ordinary least squares.
    public let empiricalRelativeError: Double

    /// D (m²/s).
    public var value: Double { diffusion.value }
    /// σ_D (m²/s).
    public var standardError: Double { diffusion.standardError }
    /// H = D/D_collective: one for ions that move independently, less when they move together.
    public var havenRatio: Estimate { diffusion.ratio(over: collective) }
}

extension DiffusionEstimate {
    /// - Parameter shares: of the weight, one per fit, adding up to one half at least.
    init(
        _ statistics: DisplacementStatistics, _ fits: [CandidateFit], shares: [Double], estimator: DiffusionEstimator
    ) {
        let curve = statistics.curve
        let sum = shares.reduce(0, +)
        let weights = shares.map { $0 / sum }
        func mean(_ value: (CandidateFit) -> Double) -> Double {
            zip(weights, fits).reduce(0) { $0 + $1.0 * value($1.1) }
        }
        let slope = LagCombination.sum(fits.map(\.slope), weights: weights)
        let start = mean { Double($0.start) }
        let error = FluctuationError(
            slope, statistics, bandwidth: estimator.bandwidthInStarts * start)
        let (tracer, together) = (slope.axes(statistics), slope.collective(statistics))
        let perSix = PhysicalConstants.diffusionToSI / (6 * curve.frameInterval)
        let value = tracer.sum()
        noise = error.total * perSix
        memory = mean { $0.memory * $0.memory }.squareRoot() * value * perSix
        choice = mean { ($0.value - value) * ($0.value - value) }.squareRoot() * perSix
        atomError = slope.errorFromAtoms(statistics) * perSix
        modelError = mean(\.brownianError) * value * perSix
        let bias = hypot(memory, choice)
        let relative = bias / (value * perSix)
        diffusion = Estimate(value: value * perSix, standardError: hypot(noise, bias))
        axes = (0..<3).map { axis in
            Estimate(
                value: 3 * tracer[axis] * perSix,
                standardError: 3 * hypot(error.axes[axis], relative * tracer[axis]) * perSix)
        }
        collective = Estimate(
            value: together.sum() * perSix,
            standardError: hypot(error.collective, relative * together.sum()) * perSix)
        let jump = estimator.jumpLength * estimator.jumpLength
        let last = slope.rows.last!
        regime = DiffusiveRegime(
            start: start * curve.frameInterval, end: Double(curve.lags[last]) * curve.frameInterval,
            exponent: Estimate(
                value: mean { $0.exponent.value }, standardError: mean { $0.exponent.standardError }),
            jumpsPerIon: curve.axes[last].sum() / jump)
        intercept = LagCombination.sum(fits.map(\.intercept), weights: weights).axes(statistics).sum()
        let jumps = Double(curve.atomCount) * curve.total.max()! / jump
        empiricalRelativeError = 3.43 / jumps.squareRoot() + 0.04
    }
}
