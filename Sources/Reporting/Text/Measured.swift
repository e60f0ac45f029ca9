import Foundation

/// A value with its standard error, written to the digits that the error allows.
public struct Measured: Codable, Equatable, Sendable {
    public var value: Double
    /// One standard deviation; nil when it is not known.
    public var error: Double?

    public init(_ value: Double, error: Double? = nil) {
        self.value = value
        self.error = error
    }

    /// `1.65 ± 0.03`, `(4.1 ± 0.2)×10⁻¹²`: the error keeps one significant digit, or two when it begins with 1, and
    /// the value is cut at the same place. Without an error the value keeps `digits` significant digits.
    public func text(digits: Int = 3) -> String {
        guard value.isFinite else { return value.isNaN ? "–" : (value < 0 ? "−∞" : "∞") }
        guard let error, error.isFinite, error > 0 else { return NumberText.significant(value, digits: digits) }
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

/// Numbers as text, independent of the locale.
public enum NumberText {
    /// Fixed notation with a true minus sign, and no "−0.00".
    public static func fixed(_ value: Double, decimals: Int) -> String {
        let text = String(format: "%.\(decimals)f", value)
        guard text.hasPrefix("-") else { return text }
        return text.contains { ("1"..."9").contains($0) } ? "−" + text.dropFirst() : String(text.dropFirst())
    }

    /// `digits` significant digits; a power of ten below 10⁻³ and from 10⁶ on.
    public static func significant(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "–" : (value < 0 ? "−∞" : "∞") }
        guard value != 0 else { return "0" }
        // Rounding first, so that 9.999 with three digits is 10.0.
        let rounded = Double(String(format: "%.\(digits - 1)e", value))!
        let exponent = exponent(rounded)
        guard usesPower(abs(rounded)) else { return fixed(rounded, decimals: max(0, digits - 1 - exponent)) }
        return "\(fixed(rounded / pow(10, Double(exponent)), decimals: digits - 1))×10\(superscript(exponent))"
    }

    /// The shortest text that reads back as the same Double: for CSV and JSON.
    public static func exact(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }

    /// Seconds as a person says them: `48 s`, `3 min 20 s`, `2 h 05 min`.
    public static func duration(seconds: Double) -> String {
        if seconds < 9.95 { return String(format: "%.1f s", max(0, seconds)) }
        let total = Int(seconds.rounded())
        if total < 60 { return "\(total) s" }
        if total < 3600 { return String(format: "%d min %02d s", total / 60, total % 60) }
        return String(format: "%d h %02d min", total / 3600, total / 60 % 60)
    }

    /// An integer in superscript digits.
    public static func superscript(_ number: Int) -> String {
        let digits: [Character: Character] = [
            "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
            "9": "⁹",
        ]
        return String(String(number).map { digits[$0]! })
    }

    /// The digits of a formula as subscripts: `Li10GeP2S12` becomes `Li₁₀GeP₂S₁₂`.
    public static func formula(_ plain: String) -> String {
        let zero = UInt32(UnicodeScalar("₀").value)
        return String(
            plain.map { character in
                guard let digit = character.wholeNumberValue, character.isASCII else { return character }
                return Character(UnicodeScalar(zero + UInt32(digit))!)
            })
    }

    static func usesPower(_ magnitude: Double) -> Bool { magnitude > 0 && (magnitude < 1e-3 || magnitude >= 1e6) }

    static func exponent(_ value: Double) -> Int { Int(floor(log10(abs(value)) + 1e-12)) }
}
