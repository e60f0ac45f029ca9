import Structures

/// Finds where the MSD becomes diffusive and fits D there by generalised least squares.
///
/// Every lag in turn, shortest first, is tried as the start of a fit that ends at `longestLag`. The curve is fitted by
/// c + b τ + κ τ ln τ; as τ^β = τ + (β − 1) τ ln τ + …, β = 1 + κ/b is the exponent of the growth beyond the rattling
/// in the cage, which c takes up: the slope in a log-log plot with the cage taken off. A start passes if
/// - β agrees with one within `toleranceInErrors` of its standard errors, and
/// - that error is at most `maximumExponentError`, so that agreement means something.
///
/// The MSD must also pass the square of the jump length, one jump per ion, by the longest lag.
///
/// The first start that passes lies where memory of earlier jumps is only just lost in the noise, so a fit from there
/// would be biased by up to its error. As the memory dies out exponentially or faster, the fit starts later by the
/// factor `safety`, provided that β still agrees with one on the way. All errors are the largest of three: the model
/// covariance's, that from the spread over ions, that from blocks of the trajectory. So an estimate exists only where
/// the data show that it may; otherwise the result says why not.
public struct DiffusionEstimator: Sendable {
    /// a (Å): the distance between neighbouring sites of the mobile ion, about 3 Å in Li10GeP2S12 (He et al. 2018).
    public var jumpLength = 3.0
    /// The longest lag of a fit, as a share of the trajectory; at most one half.
    public var longestLag = 0.25
    /// How many standard errors β may be away from one.
    public var toleranceInErrors = 2.0
    /// The largest error of β at which "agrees with one" is believed.
    public var maximumExponentError = 0.1
    /// By how much the fit starts later than the first start that passes.
    public var safety = 2.0
    /// The covariance that the weights come from.
    public var covariance = MSDCovariance.overlappingWindows

    public init() {}

    /// - Throws: `InputError` when a displacement is not finite.
    public func estimate(_ samples: DisplacementSamples) throws -> DiffusionResult {
        precondition(longestLag <= 0.5, "the model covariance holds up to half of the trajectory")
        let curve = samples.curve
        let rows = Self.thinned(curve.lags, upTo: Int(longestLag * Double(curve.frameCount - 1)))
        guard rows.count >= Self.minimumLags else { return .notDiffusiveYet(.tooFewFrames) }
        let jumps = curve.axes[rows.last!].sum() / (jumpLength * jumpLength)
        guard jumps >= 1 else { return .notDiffusiveYet(.tooFewJumps(perIon: jumps)) }
        var onset: MSDLineFit?
        var decisive: NotDiffusiveReason?
        var reason = NotDiffusiveReason.tooFewFrames
        for start in 0...rows.count - Self.minimumLags {
            let fit = try MSDLineFit(samples, rows: Array(rows[start...]), covariance: covariance)
            let objection = objection(to: fit)
            reason = objection ?? .undecided(exponent: fit.exponent)
            if case .curved(let exponent) = reason, exponent.standardError <= maximumExponentError {
                decisive = reason
            }
            switch (onset, objection) {
            case (nil, nil):
                onset = fit
            case (let found?, nil), (let found?, .undecided):
                if Double(fit.lags[0]) >= safety * Double(found.lags[0]) {
                    return .diffusive(try DiffusionEstimate(samples, fit, onset: found, jumpLength: jumpLength))
                }
            default:
                onset = nil
            }
        }
        return .notDiffusiveYet(decisive ?? reason)
    }

    /// Lags that a line, its curvature and a judgement of both need.
    private static let minimumLags = 5

    /// Rows of lags that grow by 30 % or more: closer ones repeat each other's noise.
    private static func thinned(_ lags: [Int], upTo longest: Int) -> [Int] {
        var rows: [Int] = []
        for (row, lag) in lags.enumerated() where lag <= longest {
            if let last = rows.last, Double(lag) < 1.3 * Double(lags[last]) { continue }
            rows.append(row)
        }
        return rows
    }

    /// What speaks against a fit; nil when it passes. Comparisons are written such that NaN does not pass.
    private func objection(to fit: MSDLineFit) -> NotDiffusiveReason? {
        let exponent = fit.exponent
        guard abs(exponent.value - 1) <= toleranceInErrors * exponent.standardError else {
            return .curved(exponent: exponent)
        }
        guard exponent.standardError <= maximumExponentError else { return .undecided(exponent: exponent) }
        return nil
    }
}
