/// A colour of a figure, `#rrggbb`.
public struct Colour: Codable, Hashable, Sendable {
    public let hex: String

    private init(_ hex: String) { self.hex = hex }

    /// The palette of Okabe and Ito (2008), distinguishable with every kind of colour blindness.
    public static let black = Colour("#1a1a1a")
    public static let orange = Colour("#e69f00")
    public static let skyBlue = Colour("#56b4e9")
    public static let green = Colour("#009e73")
    public static let yellow = Colour("#f0e442")
    public static let blue = Colour("#0072b2")
    public static let vermilion = Colour("#d55e00")
    public static let purple = Colour("#cc79a7")
    public static let grey = Colour("#7f7f7f")

    /// Seen on white as well as on a mark of this colour.
    var contrast: Colour {
        let channels = (0..<3).map { index in
            let start = hex.index(hex.startIndex, offsetBy: 1 + 2 * index)
            return Double(UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16) ?? 0)
        }
        let lightness = (0.299 * channels[0] + 0.587 * channels[1] + 0.114 * channels[2]) / 255
        return Self.rgb(channels.map { lightness > 0.25 ? 0.4 * $0 : $0 + 0.5 * (255 - $0) })
    }

    /// Channels from 0 to 255.
    private static func rgb(_ channels: [Double]) -> Colour {
        Colour("#" + channels.map { String(Int($0.rounded()) + 256, radix: 16).dropFirst() }.joined())
    }

    /// The colour that a material, named by its M, has in every figure.
    public static func material(_ element: String) -> Colour {
        switch element {
        case "Ge": .blue
        case "Si": .orange
        case "Sn": .green
        default: .grey
        }
    }

    /// The colour that an element has in every figure.
    public static func element(_ symbol: String) -> Colour {
        switch symbol {
        case "Li": .green
        case "P": .purple
        case "S": .orange
        case "Ge", "Si", "Sn": .blue
        default: .grey
        }
    }

    /// From blue (300 K) to red (1000 K and above), along matplotlib's "plasma" (CC0), whose lightness rises evenly.
    public static func temperature(_ kelvin: Double) -> Colour {
        let stops: [(Double, Double, Double)] = [
            (13, 8, 135), (84, 2, 163), (139, 10, 165), (185, 50, 137), (219, 92, 104), (244, 136, 73), (249, 165, 50),
        ]
        let position = min(max((kelvin - 300) / 700, 0), 1) * Double(stops.count - 1)
        let low = min(Int(position), stops.count - 2)
        let fraction = position - Double(low)
        let (a, b) = (stops[low], stops[low + 1])
        return rgb([(a.0, b.0), (a.1, b.1), (a.2, b.2)].map { $0 + fraction * ($1 - $0) })
    }
}
