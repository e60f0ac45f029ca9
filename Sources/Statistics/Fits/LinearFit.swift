@preconcurrency import CGSL
import Files
import Structures

/// A straight line y = intercept + slope·x by least squares (`gsl_fit_wlinear`, `gsl_fit_linear`).
public struct LinearFit: Equatable, Sendable, Codable {
    public let intercept: Double
    public let slope: Double
    public let interceptVariance: Double
    public let slopeVariance: Double
    public let interceptSlopeCovariance: Double
    /// χ² of a weighted fit; nil for an unweighted one, whose errors come from the scatter itself.
    public let quality: FitQuality?

    /// Weighted fit: weights 1/σ², covariance from the given errors alone (not rescaled by χ²).
    ///
    /// - Parameter errors: σ of each y, greater than zero.
    /// - Throws: `InputError` for fewer than two points, values that are not finite, or all x equal.
    public init(x: [Double], y: [Double], errors: [Double]) throws {
        try FitInput.check("linear fit", [("x", x), ("y", y), ("the error", errors)], minimum: 2)
        try FitInput.checkPositive("linear fit", "the error", errors)
        try Self.checkSpread(x)
        let weights = errors.map { 1 / ($0 * $0) }
        var (c0, c1, v00, v01, v11, chiSquared) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        try GSL.call("gsl_fit_wlinear") {
            gsl_fit_wlinear(x, 1, weights, 1, y, 1, x.count, &c0, &c1, &v00, &v01, &v11, &chiSquared)
        }
        (intercept, slope) = (c0, c1)
        (interceptVariance, slopeVariance, interceptSlopeCovariance) = (v00, v11, v01)
        quality = FitQuality(chiSquared: chiSquared, degreesOfFreedom: x.count - 2)
    }

    /// Unweighted fit; the covariance is that of the residuals' variance over n − 2 degrees of freedom.
    ///
    /// - Throws: `InputError` for fewer than three points, values that are not finite, or all x equal.
    public init(x: [Double], y: [Double]) throws {
        try FitInput.check("linear fit", [("x", x), ("y", y)], minimum: 3)
        try Self.checkSpread(x)
        var (c0, c1, v00, v01, v11, sumOfSquares) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        try GSL.call("gsl_fit_linear") {
            gsl_fit_linear(x, 1, y, 1, x.count, &c0, &c1, &v00, &v01, &v11, &sumOfSquares)
        }
        (intercept, slope) = (c0, c1)
        (interceptVariance, slopeVariance, interceptSlopeCovariance) = (v00, v11, v01)
        quality = nil
    }

    public var interceptEstimate: Estimate {
        Estimate(value: intercept, standardError: interceptVariance.squareRoot())
    }

    public var slopeEstimate: Estimate { Estimate(value: slope, standardError: slopeVariance.squareRoot()) }

    /// The line's height at `x` with its error, the covariance included.
    public func value(at x: Double) -> Estimate {
        let variance = interceptVariance + x * (2 * interceptSlopeCovariance + x * slopeVariance)
        return Estimate(value: intercept + slope * x, standardError: max(0, variance).squareRoot())
    }

    private static func checkSpread(_ x: [Double]) throws {
        guard x.contains(where: { $0 != x[0] }) else {
            throw InputError(problem: "linear fit: every x is \(x[0])", mend: "give points at different x")
        }
    }
}
