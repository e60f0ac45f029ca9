import Files
import Structures

/// The integrated autocorrelation time of a stationary series, in units of its sampling interval.
public struct AutocorrelationTime: Equatable, Sendable, Codable {
    /// τ = ½ + Σ_{t=1}^{W} ρ(t); ½ for independent values.
    public let time: Double
    /// Madras and Sokal (J. Stat. Phys. 50, 109 (1988)): τ √(2 (2W + 1) / n).
    public let standardError: Double
    /// W: the smallest window of at least five τ (Sokal).
    public let window: Int
    /// False when the series is shorter than 50 τ: τ is then a guess, mostly too small.
    public let isResolved: Bool

    /// - Throws: `InputError` for fewer than four values, values that are not finite, or a constant series.
    public init(_ series: [Double]) throws {
        try FitInput.check("autocorrelation time", [("the series", series)], minimum: 4)
        let mean = series.reduce(0, +) / Double(series.count)
        let correlation = try Self.correlation(series.map { $0 - mean })
        guard correlation[0] > 0 else {
            throw InputError(problem: "autocorrelation time: the series is constant")
        }
        var (sum, last) = (0.5, series.count / 2)
        for t in 1..<max(2, series.count / 2) {
            sum += correlation[t] / correlation[0]
            if Double(t) >= 5 * sum {
                last = t
                break
            }
        }
        time = max(sum, 0.5)
        window = last
        standardError = time * (2 * Double(2 * last + 1) / Double(series.count)).squareRoot()
        isResolved = Double(series.count) >= 50 * time
    }

    /// Values that independent sampling would need for the same error, for a series of `count`.
    public func effectiveCount(of count: Int) -> Double { Double(count) / (2 * time) }

    /// (1/(n − t)) Σ x_k x_{k+t}.
    private static func correlation(_ series: [Double]) throws -> [Double] {
        let length = Fourier.paddedLength(series.count)
        var padded = series + [Double](repeating: 0, count: length - series.count)
        var power = [Double](repeating: 0, count: length / 2 + 1)
        try Fourier.addPower(of: &padded, to: &power)
        let sums = try Fourier.correlation(power: power, count: series.count)
        return sums.enumerated().map { $1 / Double(series.count - $0) }
    }
}
