import Foundation

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

    /// An integer in superscript digits.
    public static func superscript(_ number: Int) -> String {
        let digits: [Character: Character] = [
            "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
            "9": "⁹",
        ]
        return String(String(number).map { digits[$0]! })
    }

    static func usesPower(_ magnitude: Double) -> Bool { magnitude > 0 && (magnitude < 1e-3 || magnitude >= 1e6) }

    static func exponent(_ value: Double) -> Int { Int(floor(log10(abs(value)) + 1e-12)) }
}
