import Structures

/// What one VASP calculation gave, from OUTCAR or vasprun.xml, in the project's units.
public struct VASPOutput: Equatable, Sendable {
    /// The free energy TOTEN, whose derivatives the forces are (eV).
    public var energy: Double
    /// eV/Å, in the order of POSCAR.
    public var forces: [SIMD3<Double>]
    /// Å, in the same order, wrapped or not.
    public var positions: [SIMD3<Double>]
    /// In the same order; nil when the file does not tell.
    public var species: [Species]?
    /// Cell of the calculation (rows, Å).
    public var cell: Matrix3
    /// VASP's "in kB" is compression positive, that is +Ξ/V.
    public var virial: Matrix3?
    public var selfConsistencySteps: Int
    /// "vasp.5.4.4.18Apr17-6-g9f103f2a35"
    public var version: String

    /// kB in eV/Å³.
    static let kilobar = 0.1 / PhysicalConstants.pressureToGPa

    static func virial(kilobars: Matrix3, cell: Matrix3) -> Matrix3 {
        (kilobar * abs(cell.determinant)) * kilobars
    }
}
