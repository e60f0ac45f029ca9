import Foundation
import Structures

/// y = prefactor · x^exponent, fitted as a straight line through (ln x, ln y).
public struct PowerLawFit: Equatable, Sendable, Codable {
    /// The straight line in logarithms.
    public let line: LinearFit

    /// Fit with errors of y, which enter as σ(ln y) = σ_y / y.
    ///
    /// - Throws: `InputError` for fewer than two points or values not greater than zero.
    public init(x: [Double], y: [Double], errors: [Double]) throws {
        try Self.check(x, y)
        line = try LinearFit(x: x.map { log($0) }, y: y.map { log($0) }, errors: zip(errors, y).map { $0 / $1 })
    }

    /// Fit without errors; the exponent's error comes from the scatter about the line.
    ///
    /// - Throws: `InputError` for fewer than three points or values not greater than zero.
    public init(x: [Double], y: [Double]) throws {
        try Self.check(x, y)
        line = try LinearFit(x: x.map { log($0) }, y: y.map { log($0) })
    }

    public var exponent: Estimate { line.slopeEstimate }

    /// y at x = 1, in the unit of y.
    public var prefactor: Estimate {
        let value = exp(line.intercept)
        return Estimate(value: value, standardError: value * line.interceptVariance.squareRoot())
    }

    /// The law's value at `x` with its error, in the unit of y.
    public func value(at x: Double) -> Estimate {
        let logarithm = line.value(at: log(x))
        let value = exp(logarithm.value)
        return Estimate(value: value, standardError: value * logarithm.standardError)
    }

    private static func check(_ x: [Double], _ y: [Double]) throws {
        try FitInput.checkPositive("power law", "x", x)
        try FitInput.checkPositive("power law", "y", y)
    }
}
