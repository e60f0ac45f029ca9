import Foundation
import Statistics

extension Estimate {
    /// `1.65 ± 0.03`, `(4.1 ± 0.2)×10⁻¹²`: the error keeps one significant digit, or two when it begins with 1, and
    /// the value is cut at the same place. Without an error the value keeps `digits` significant digits.
    public func text(digits: Int = 3) -> String {
        guard value.isFinite else { return value.isNaN ? "–" : (value < 0 ? "−∞" : "∞") }
        let error = standardError
        guard error.isFinite, error > 0 else { return NumberText.significant(value, digits: digits) }
        // The larger of the two decides the power of ten, so that an error beyond its value stays readable.
        let lead = max(abs(value), error)
        let power = NumberText.usesPower(lead) ? NumberText.exponent(lead) : 0
        let scale = pow(10, Double(power))
        let decimals = max(0, Self.decimals(ofError: error / scale))
        let body =
            "\(NumberText.fixed(value / scale, decimals: decimals)) ± "
            + NumberText.fixed(error / scale, decimals: decimals)
        return power == 0 ? body : "(\(body))×10\(NumberText.superscript(power))"
    }

    private static func decimals(ofError error: Double) -> Int {
        let leading = String(format: "%.1e", error)
        let exponent = NumberText.exponent(Double(leading)!)
        return leading.hasPrefix("1") ? 1 - exponent : -exponent
    }
}
