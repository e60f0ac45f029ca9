import Foundation
import Structures

/// D from the slope of the MSD, with an error that holds for ions that move together.
///
/// Candidate starts lie where the MSD is next to 0.4, 0.8, 1.6, ... squares of the jump length: a curve's memory is lost
/// with jumps, not with time, and these lags are known far better than any sign of straightness. From each start a line is
/// fitted whose weights allow for the memory that the curve shows (`CandidateFit`). No start is chosen: beginning with
/// the earliest, each takes the share exp(−χ²/2) of the weight that is left, χ being the deviation of its exponent β
/// from one in standard errors. D is the weighted mean, and its error the root of the sum of squares of
/// - the noise, from the fluctuations along the run (`FluctuationError`),
/// - the memory that may be left in the slope,
/// - the spread of the candidates' slopes.
///
/// There is an estimate only if the ions have moved by a jump length within the longest lag, β is known to
/// `maximumExponentError`, and the starts take at least half of the weight; otherwise the result says why not.
public struct DiffusionEstimator: Sendable {
    /// a (Å): the distance between neighbouring sites of the mobile ion, about 3 Å in Li10GeP2S12 (He et al. 2018).
    public var jumpLength = 3.0
    /// The longest lag of a fit, as a share of the trajectory; at most one half.
    public var longestLag = 0.25
    /// The longest lag of a fit, in units of its start: later lags add noise and no knowledge.
    public var longestLagInStarts = 12.0
    /// The MSD (in squares of the jump length) at the earliest start; the others follow by factors of two.
    public var earliestStart = 0.4
    /// By how much the variance exceeds that of independent Brownian ions, for the weights only: 5 to 20 in
    /// Li10GeP2S12 and in lattice gases, and the weights hardly change in this range.
    public var collectivity = 8.0
    /// The bandwidth of `FluctuationError`, in units of the start.
    public var bandwidthInStarts = 2.0
    /// The largest error of β at which it tells anything.
    public var maximumExponentError = 0.2
    /// The model of the noise.
    public var covariance = MSDCovariance.overlappingWindows

    public init() {}

    /// - Throws: `InputError` when a displacement is not finite.
    public func estimate(_ samples: DisplacementSamples) throws -> DiffusionResult {
        try estimate(DisplacementStatistics(samples))
    }

    /// - Throws: `InputError` when a displacement is not finite.
    public func estimate(_ statistics: DisplacementStatistics) throws -> DiffusionResult {
        precondition(longestLag <= 0.5, "the model covariance holds up to half of the trajectory")
        let curve = statistics.curve
        try FitInput.check("diffusion", [("the MSD", curve.total)], minimum: 0)
        let longest = curve.lags.lastIndex { $0 <= Int(longestLag * Double(curve.frameCount - 1)) } ?? -1
        guard longest + 1 >= Self.minimumLags else { return .notDiffusiveYet(.tooFewFrames) }
        let jumps = curve.axes[longest].sum() / (jumpLength * jumpLength)
        guard jumps >= 1 else { return .notDiffusiveYet(.tooFewJumps(perIon: jumps)) }
        let candidates = try candidates(statistics, longest: longest)
        guard let earliest = candidates.first else { return .notDiffusiveYet(.tooFewFrames) }
        // Comparisons are written such that NaN does not pass.
        let telling = candidates.filter { $0.value > 0 && $0.exponent.standardError <= maximumExponentError }
        guard let latest = telling.last else { return .notDiffusiveYet(.undecided(exponent: earliest.exponent)) }
        let shares = Self.shares(telling)
        guard shares.reduce(0, +) >= 0.5 else { return .notDiffusiveYet(.curved(exponent: latest.exponent)) }
        return .diffusive(DiffusionEstimate(statistics, telling, shares: shares, estimator: self))
    }

    /// Lags that a line, its curvature and a judgement of both need.
    private static let minimumLags = 5

    private func candidates(_ statistics: DisplacementStatistics, longest: Int) throws -> [CandidateFit] {
        let curve = statistics.curve
        let msd = curve.total
        var fits: [CandidateFit] = []
        var level = earliestStart * jumpLength * jumpLength
        while level < msd[longest] {
            let start = (0...longest).min { abs(log(msd[$0] / level)) < abs(log(msd[$1] / level)) }!
            level *= 2
            let rows = (start...longest).filter {
                Double(curve.lags[$0]) <= longestLagInStarts * Double(curve.lags[start])
            }
            if rows.count < Self.minimumLags { break }
            // Levels that one step of the curve passes together share a start.
            if fits.last?.start == curve.lags[start] { continue }
            fits.append(try CandidateFit(statistics, rows: rows, estimator: self))
        }
        return fits
    }

    /// Each start's share of the weight, earliest first; what none of them takes is missing from their sum.
    private static func shares(_ fits: [CandidateFit]) -> [Double] {
        var left = 1.0
        return fits.map { fit in
            let chi = (fit.exponent.value - 1) / fit.exponent.standardError
            let share = left * exp(-chi * chi / 2)
            left -= share
            return share
        }
    }
}
