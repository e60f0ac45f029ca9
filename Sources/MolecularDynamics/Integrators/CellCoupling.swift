import Structures

/// Which strains of the cell the barostat drives; the others stay as they are.
public enum CellCoupling: String, Codable, CaseIterable, Sendable {
    /// One volume strain: the shape is kept.
    case isotropic
    /// x, y and z independently: a, b and c of an orthogonal cell.
    case anisotropic
    /// x and y together, z apart: a = b and c of a tetragonal cell along z.
    case tetragonal
    /// All six strains; rotations of the cell are excluded.
    case flexible

    /// n_b, the barostat's degrees of freedom.
    public var degreesOfFreedom: Int {
        switch self {
        case .isotropic: 1
        case .anisotropic: 3
        case .tetragonal: 2
        case .flexible: 6
        }
    }

    /// The part of a symmetric tensor that lies in the driven strains (orthogonal projection).
    func project(_ tensor: Matrix3) -> Matrix3 {
        let diagonal = SIMD3(tensor.rows.0.x, tensor.rows.1.y, tensor.rows.2.z)
        switch self {
        case .isotropic:
            return (tensor.trace / 3) * .identity
        case .anisotropic:
            return .diagonal(diagonal)
        case .tetragonal:
            let plane = 0.5 * (diagonal.x + diagonal.y)
            return .diagonal(SIMD3(plane, plane, diagonal.z))
        case .flexible:
            return tensor.symmetrised
        }
    }
}
