/// A 3x3 matrix of Doubles by rows: cell vectors, virials, stresses.
public struct Matrix3: Equatable, Sendable {
    /// The rows; for a cell these are a, b, c.
    public var rows: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)

    public init(_ first: SIMD3<Double>, _ second: SIMD3<Double>, _ third: SIMD3<Double>) {
        rows = (first, second, third)
    }

    /// Nine values, row-major.
    public init(rowMajor v: some Collection<Double>) {
        precondition(v.count == 9, "a 3x3 matrix has nine elements")
        let v = Array(v)
        self.init(SIMD3(v[0], v[1], v[2]), SIMD3(v[3], v[4], v[5]), SIMD3(v[6], v[7], v[8]))
    }

    public static let zero = Matrix3(.zero, .zero, .zero)
    public static let identity = Matrix3(SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1))

    public static func == (l: Matrix3, r: Matrix3) -> Bool { l.rows == r.rows }

    @inlinable public subscript(row: Int) -> SIMD3<Double> {
        get {
            switch row {
            case 0: rows.0
            case 1: rows.1
            default: rows.2
            }
        }
        set {
            switch row {
            case 0: rows.0 = newValue
            case 1: rows.1 = newValue
            default: rows.2 = newValue
            }
        }
    }

    /// Nine values, row-major.
    public var rowMajor: [Double] {
        [rows.0.x, rows.0.y, rows.0.z, rows.1.x, rows.1.y, rows.1.z, rows.2.x, rows.2.y, rows.2.z]
    }

    @inlinable public var determinant: Double { rows.0.dot(rows.1.cross(rows.2)) }
    public var trace: Double { rows.0.x + rows.1.y + rows.2.z }

    public var transpose: Matrix3 {
        Matrix3(
            SIMD3(rows.0.x, rows.1.x, rows.2.x), SIMD3(rows.0.y, rows.1.y, rows.2.y),
            SIMD3(rows.0.z, rows.1.z, rows.2.z))
    }

    /// The inverse; the caller has made sure that the determinant is not zero.
    public var inverse: Matrix3 {
        let columns = Matrix3(rows.1.cross(rows.2), rows.2.cross(rows.0), rows.0.cross(rows.1))
        return (1 / determinant) * columns.transpose
    }

    @inlinable public static func + (l: Matrix3, r: Matrix3) -> Matrix3 {
        Matrix3(l.rows.0 + r.rows.0, l.rows.1 + r.rows.1, l.rows.2 + r.rows.2)
    }

    @inlinable public static func - (l: Matrix3, r: Matrix3) -> Matrix3 {
        Matrix3(l.rows.0 - r.rows.0, l.rows.1 - r.rows.1, l.rows.2 - r.rows.2)
    }

    @inlinable public static func += (l: inout Matrix3, r: Matrix3) { l = l + r }

    @inlinable public static func * (scale: Double, m: Matrix3) -> Matrix3 {
        Matrix3(scale * m.rows.0, scale * m.rows.1, scale * m.rows.2)
    }

    /// The product of matrices.
    public static func * (l: Matrix3, r: Matrix3) -> Matrix3 {
        Matrix3(l.rows.0 * r, l.rows.1 * r, l.rows.2 * r)
    }

    /// Row vector times matrix, as in r = s·H.
    @inlinable public static func * (v: SIMD3<Double>, m: Matrix3) -> SIMD3<Double> {
        v.x * m.rows.0 + v.y * m.rows.1 + v.z * m.rows.2
    }

    /// The outer product l ⊗ r: element (a, b) is l_a r_b.
    @inlinable public static func outer(_ l: SIMD3<Double>, _ r: SIMD3<Double>) -> Matrix3 {
        Matrix3(l.x * r, l.y * r, l.z * r)
    }
}

extension SIMD3 where Scalar == Double {
    @inlinable public func dot(_ other: Self) -> Double { (self * other).sum() }

    @inlinable public func cross(_ o: Self) -> Self {
        Self(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x)
    }

    @inlinable public var norm: Double { dot(self).squareRoot() }

    /// "1.5 0.0 -2.25", for messages.
    public var words: String { "\(x) \(y) \(z)" }
}
