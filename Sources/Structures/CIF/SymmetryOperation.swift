/// A symmetry operation of a space group in fractional coordinates, x' = W·x + w, written as CIF does ("-y,x,z+1/2").
public struct SymmetryOperation: Equatable, Sendable {
    /// W by rows; elements −1, 0, 1.
    public let rotation: [SIMD3<Double>]
    /// w, each within [0, 1).
    public let translation: SIMD3<Double>

    public static let identity = SymmetryOperation("x,y,z")!

    init(rotation: [SIMD3<Double>], translation: SIMD3<Double>) {
        self.rotation = rotation
        self.translation = translation
    }

    /// The operation in coordinates −x: of the crystal in a cell of which all vectors are turned round.
    var inverted: SymmetryOperation {
        SymmetryOperation(
            rotation: rotation, translation: -translation - (-translation).rounded(.down))
    }

    /// Parses "x,y,z" and its like; nil when it is none.
    public init?(_ text: some StringProtocol) {
        let parts = text.lowercased().filter { !$0.isWhitespace }.split(
            separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var rows: [SIMD3<Double>] = []
        var translation = SIMD3<Double>.zero
        for (axis, part) in parts.enumerated() {
            guard let (row, constant) = Self.parse(part) else { return nil }
            rows.append(row)
            translation[axis] = constant - constant.rounded(.down)
        }
        guard abs(Matrix3(rows[0], rows[1], rows[2]).determinant) == 1 else { return nil }
        rotation = rows
        self.translation = translation
    }

    /// The image of fractional coordinates.
    public func callAsFunction(_ x: SIMD3<Double>) -> SIMD3<Double> {
        SIMD3(rotation[0].dot(x), rotation[1].dot(x), rotation[2].dot(x)) + translation
    }

    /// As CIF writes it, translations as fractions.
    public var text: String {
        (0..<3).map { axis in
            var part = ""
            for (name, factor) in zip(["x", "y", "z"], [rotation[axis].x, rotation[axis].y, rotation[axis].z])
            where factor != 0 {
                part += (factor < 0 ? "-" : part.isEmpty ? "" : "+") + name
            }
            if translation[axis] != 0 { part += "+\(Self.fraction(translation[axis]))" }
            return part
        }.joined(separator: ",")
    }

    private static func fraction(_ value: Double) -> String {
        for denominator in [2, 3, 4, 6, 8, 12] {
            let numerator = (value * Double(denominator)).rounded()
            if abs(numerator / Double(denominator) - value) < 1e-12 { return "\(Int(numerator))/\(denominator)" }
        }
        return "\(value)"
    }

    /// One component: signed terms that are x, y, z or a number or fraction.
    private static func parse(_ part: Substring) -> (SIMD3<Double>, Double)? {
        var row = SIMD3<Double>.zero
        var constant = 0.0
        var rest = part
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            var sign = 1.0
            if rest.first == "+" || rest.first == "-" {
                sign = rest.removeFirst() == "-" ? -1 : 1
            } else if rest.startIndex != part.startIndex {
                return nil
            }
            let term = rest.prefix { $0 != "+" && $0 != "-" }
            rest = rest[term.endIndex...]
            switch term {
            case "x": row.x += sign
            case "y": row.y += sign
            case "z": row.z += sign
            default:
                let numbers = term.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
                guard let first = numbers[0], numbers.count <= 2, abs(first) < 1000 else { return nil }
                guard let divisor = numbers.count == 2 ? numbers[1] : 1, (1...1000).contains(divisor) else {
                    return nil
                }
                constant += sign * first / divisor
            }
        }
        return (row, constant)
    }
}
