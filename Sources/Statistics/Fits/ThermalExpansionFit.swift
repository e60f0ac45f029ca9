/// The linear thermal expansion of a length: a(T) = a_ref · (1 + α (T − T_ref)).
public struct ThermalExpansionFit: Equatable, Sendable, Codable {
    /// a against T − T_ref.
    public let line: LinearFit
    /// T_ref (K).
    public let referenceTemperature: Double

    /// Weighted fit of lattice lengths (or cube roots of volumes, for the mean linear expansion).
    ///
    /// - Parameters:
    ///   - temperatures: K.
    ///   - lengths: a at each temperature (Å).
    ///   - errors: σ_a (Å).
    ///   - referenceTemperature: where α is normalised (K); the literature uses room temperature.
    /// - Throws: `InputError` for fewer than two temperatures, values that are not finite or errors not above zero.
    public init(
        temperatures: [Double], lengths: [Double], errors: [Double], referenceTemperature: Double = 300
    ) throws {
        try FitInput.checkPositive("thermal expansion", "the length", lengths)
        line = try LinearFit(x: temperatures.map { $0 - referenceTemperature }, y: lengths, errors: errors)
        self.referenceTemperature = referenceTemperature
    }

    /// a at the reference temperature (Å).
    public var referenceLength: Estimate { line.interceptEstimate }

    /// α = (1/a_ref) da/dT (1/K), the error with the covariance of slope and intercept.
    public var coefficient: Estimate {
        let (a, b) = (line.intercept, line.slope)
        let value = b / a
        let variance =
            (line.slopeVariance - 2 * value * line.interceptSlopeCovariance + value * value * line.interceptVariance)
            / (a * a)
        return Estimate(value: value, standardError: max(0, variance).squareRoot())
    }

    /// a at `temperature` (K), in Å.
    public func length(at temperature: Double) -> Estimate { line.value(at: temperature - referenceTemperature) }

    /// Whether a straight line describes the points.
    public var quality: FitQuality { line.quality! }
}
