/// A number with its standard error, in the unit that the owner states.
public struct Estimate: Equatable, Sendable, Codable {
    public var value: Double
    /// One standard deviation of the value's distribution.
    public var standardError: Double

    public init(value: Double, standardError: Double) {
        self.value = value
        self.standardError = standardError
    }

    /// standardError / |value|.
    public var relativeError: Double { standardError / abs(value) }

    /// The same quantity in another unit.
    public func scaled(by factor: Double) -> Estimate {
        Estimate(value: factor * value, standardError: abs(factor) * standardError)
    }
}
