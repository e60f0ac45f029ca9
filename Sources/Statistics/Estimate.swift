import Foundation

/// A number with its standard error, in the unit that the owner states: the one type of number with an error.
public struct Estimate: Equatable, Sendable, Codable {
    public var value: Double
    /// One standard deviation of the value's distribution; 0 where it is exact, or where nothing is known of its error.
    public var standardError: Double

    public init(value: Double, standardError: Double) {
        self.value = value
        self.standardError = standardError
    }

    public init(_ value: Double, error: Double = 0) { self.init(value: value, standardError: error) }

    /// standardError / |value|.
    public var relativeError: Double { standardError / abs(value) }

    /// The same quantity in another unit.
    public func scaled(by factor: Double) -> Estimate {
        Estimate(value: factor * value, standardError: abs(factor) * standardError)
    }

    /// self/other, of independent numbers.
    public func ratio(over other: Estimate) -> Estimate {
        let ratio = value / other.value
        return Estimate(value: ratio, standardError: abs(ratio) * hypot(relativeError, other.relativeError))
    }

    /// ln(self/other), of independent positive numbers.
    public func logarithm(over other: Estimate) -> Estimate {
        Estimate(value: log(value / other.value), standardError: hypot(relativeError, other.relativeError))
    }

    /// The mean of independent estimates of one quantity (runs with other seeds, other disordered cells).
    ///
    /// All weigh the same. The error is what the estimates' own errors give or what their scatter gives, whichever is
    /// larger, so that a spread between runs which their errors do not explain is not lost.
    public static func mean(of estimates: [Estimate]) -> Estimate {
        precondition(!estimates.isEmpty, "a mean of at least one")
        let count = Double(estimates.count)
        let mean = estimates.reduce(0) { $0 + $1.value } / count
        let own = estimates.reduce(0) { $0 + $1.standardError * $1.standardError } / (count * count)
        guard estimates.count > 1 else { return estimates[0] }
        let squares = estimates.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) }
        return Estimate(value: mean, standardError: max(own, squares / (count * (count - 1))).squareRoot())
    }
}
