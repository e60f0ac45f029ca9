/// The range of lags over which the MSD was found to be a straight line, and the evidence for it.
public struct DiffusiveRegime: Equatable, Sendable, Codable {
    /// The shortest lag (ps) from which on the MSD is a straight line as far as its errors can tell.
    public let onset: Double
    /// The shortest lag of the fit (ps), later than `onset` by the estimator's safety factor.
    public let start: Double
    /// The longest lag of the fit (ps).
    public let end: Double
    /// β of MSD = c + b τ^β from `onset` to `end`, c absorbing the rattling in the cage; one for diffusion.
    public let exponent: Estimate
    /// The MSD at the lag `end` in squares of the jump length: jumps per ion, if they were random.
    public let jumpsPerIon: Double
}
