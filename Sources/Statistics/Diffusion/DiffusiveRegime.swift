/// The range of lags over which the MSD was taken as a straight line, and the evidence for it.
public struct DiffusiveRegime: Equatable, Sendable, Codable {
    /// The first lag of the fit (ps), a weighted mean over the candidate starts.
    public let start: Double
    /// The longest lag of the fit (ps).
    public let end: Double
    /// β of MSD = c + b τ^β in this range, c absorbing the rattling in the cage; one for diffusion.
    public let exponent: Estimate
    /// The MSD at the lag `end` in squares of the jump length: jumps per ion, if they were random.
    public let jumpsPerIon: Double
}
