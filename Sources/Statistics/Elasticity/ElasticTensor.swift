/// Elastic constants of a crystal, in Voigt's notation, and what they say of a polycrystal.
///
/// Averages after Hill, Proc. Phys. Soc. A 65, 349 (1952).
public struct ElasticTensor: Equatable, Sendable {
    /// C_IJ [6, 6] (GPa), symmetric.
    public let stiffness: [Double]
    /// ‖C − Cᵀ‖/‖C‖ of what it was made from: zero but for noise, as stresses come from an energy.
    public let asymmetry: Double

    /// - Parameter stiffness: [6, 6] (GPa), as stresses under strains give it.
    public init(_ stiffness: [Double]) {
        precondition(stiffness.count == 36, "a 6x6 matrix")
        let transpose = (0..<36).map { stiffness[6 * ($0 % 6) + $0 / 6] }
        self.stiffness = zip(stiffness, transpose).map { 0.5 * ($0 + $1) }
        let difference = zip(stiffness, transpose).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        asymmetry = (difference / stiffness.reduce(0) { $0 + $1 * $1 }).squareRoot()
    }

    /// C_IJ, counted from 1.
    public subscript(row: Int, column: Int) -> Double { stiffness[6 * (row - 1) + column - 1] }

    /// S = C⁻¹ (1/GPa); nil for a crystal that is not stable under every strain (Born).
    public var compliance: [Double]? { try? Cholesky.inverse(stiffness, size: 6) }

    /// GPa, between what equal strain (Voigt) and equal stress (Reuss) of all grains give; nil for one that is not stable.
    public var bulkModulus: Double? { compliance.map { 0.5 * (Self.bulk(stiffness) + 1 / (9 * Self.bulk($0))) } }

    /// GPa, as above.
    public var shearModulus: Double? {
        compliance.map { s in
            let c = stiffness
            let voigt = (Self.difference(c) + 3 * (c[21] + c[28] + c[35])) / 15
            let reuss = 15 / (4 * Self.difference(s) + 3 * (s[21] + s[28] + s[35]))
            return 0.5 * (voigt + reuss)
        }
    }

    /// A ninth of the sum of the upper left block.
    private static func bulk(_ m: [Double]) -> Double {
        (m[0] + m[7] + m[14] + 2 * (m[1] + m[2] + m[8])) / 9
    }

    /// Its diagonal less the rest of it, each once.
    private static func difference(_ m: [Double]) -> Double { m[0] + m[7] + m[14] - m[1] - m[2] - m[8] }
}
