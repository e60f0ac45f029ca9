/// How wide text becomes in a figure's font, Arial or a metrically equal one.
///
/// Rounded up by class of character: it decides where things fit, not where letters stand.
enum TextWidth {
    /// Points that `text` takes at a font size.
    static func of(_ text: String, size: Double) -> Double { size * text.reduce(0) { $0 + ems($1) } }

    private static func ems(_ character: Character) -> Double {
        switch character {
        case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ": 0.30
        case "f", "t", "r", "(", ")", "[", "]", "/", "-": 0.37
        case "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻", "₀", "₁", "₂": 0.38
        case "m", "M", "w", "W", "%", "@", "…": 0.90
        case "A"..."Z": 0.75
        default: 0.58
        }
    }
}
