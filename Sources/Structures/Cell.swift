import Files
import Foundation

/// A triclinic cell. Rows of `vectors` are a, b, c (Å); Cartesian r = s·H with fractional s.
public struct Cell: Equatable, Sendable {
    /// a, b, c as rows (Å).
    public let vectors: Matrix3
    /// H⁻¹, so that s = r·H⁻¹ (1/Å).
    public let inverse: Matrix3
    /// |det H| (Å³).
    public let volume: Double

    /// Lengths (Å) that a vector may have: no atom fits into less, and with more no digits are left for distances.
    static let allowedLengths = 0.01...1e7

    /// - Throws: `InputError` when the vectors are not finite, span no volume or have lengths that no cell has.
    public init(_ vectors: Matrix3) throws {
        let determinant = vectors.determinant
        let lengths = [vectors.rows.0.norm, vectors.rows.1.norm, vectors.rows.2.norm]
        guard lengths.allSatisfy(Self.allowedLengths.contains), abs(determinant) > 1e-9 * lengths.reduce(1, *) else {
            let text = (0..<3).map { vectors[$0].words }.joined(separator: ", ")
            throw InputError(
                problem: "the cell (\(text)) is singular, not finite, too small or too large",
                mend: "give three linearly independent vectors of \(Self.allowedLengths.lowerBound) to 10⁷ Å")
        }
        self.vectors = vectors
        inverse = vectors.inverse
        volume = abs(determinant)
    }

    /// A cell from lengths (Å) and angles alpha, beta, gamma (degrees); a along x, b in the xy plane.
    public init(a: Double, b: Double, c: Double, alpha: Double = 90, beta: Double = 90, gamma: Double = 90) throws {
        let (cosA, cosB, cosC) = (Self.cosine(alpha), Self.cosine(beta), Self.cosine(gamma))
        let sinC = (1 - cosC * cosC).squareRoot()
        let cy = (cosA - cosB * cosC) / sinC
        let cz = (1 - cosB * cosB - cy * cy).squareRoot()
        try self.init(Matrix3(SIMD3(a, 0, 0), SIMD3(b * cosC, b * sinC, 0), SIMD3(c * cosB, c * cy, c * cz)))
    }

    /// A cell as an option gives it: three lengths (Å), lengths and angles, or the nine numbers of its vectors.
    ///
    /// - Throws: `InputError` naming `place`.
    public init(text: String, place: String) throws {
        let values = text.split { $0 == "," || $0 == " " }.map { Double($0) }
        let v = values.compactMap(\.self)
        guard v.count == values.count, [3, 6, 9].contains(v.count) else {
            throw InputError(
                place: place, problem: "'\(text)' is no cell",
                mend: "give three lengths (Å), six lengths and angles, or nine numbers, separated by commas")
        }
        do {
            switch v.count {
            case 3: try self.init(a: v[0], b: v[1], c: v[2])
            case 6: try self.init(a: v[0], b: v[1], c: v[2], alpha: v[3], beta: v[4], gamma: v[5])
            default: try self.init(Matrix3(rowMajor: v))
            }
        } catch var error as InputError {
            error.place = place
            throw error
        }
    }

    /// A cube of 100 Å: what stands for the missing cell of a free structure.
    static let reference = try! Cell(a: 100, b: 100, c: 100)

    /// The cosine of an angle in degrees, exactly zero at 90.
    private static func cosine(_ degrees: Double) -> Double {
        degrees == 90 ? 0 : cos(degrees * .pi / 180)
    }

    /// Lengths of a, b, c (Å).
    public var lengths: SIMD3<Double> { SIMD3(vectors.rows.0.norm, vectors.rows.1.norm, vectors.rows.2.norm) }

    /// Distances between opposite faces (Å): the widths that a cutoff sphere must fit into.
    public var heights: SIMD3<Double> {
        let (a, b, c) = vectors.rows
        return volume / SIMD3(b.cross(c).norm, c.cross(a).norm, a.cross(b).norm)
    }

    @inlinable public func fractional(_ cartesian: SIMD3<Double>) -> SIMD3<Double> { cartesian * inverse }
    @inlinable public func cartesian(_ fractional: SIMD3<Double>) -> SIMD3<Double> { fractional * vectors }

    /// `position` moved by lattice vectors so that its fractional coordinates lie in [0, 1).
    public func wrap(_ position: SIMD3<Double>) -> SIMD3<Double> {
        let s = fractional(position)
        return position - s.rounded(.down) * vectors
    }

    /// The same cell with every vector multiplied.
    public func scaled(by factors: SIMD3<Double>) throws -> Cell {
        try Cell(
            Matrix3(factors.x * vectors.rows.0, factors.y * vectors.rows.1, factors.z * vectors.rows.2))
    }
}
