/// The extended XYZ format (https://github.com/libAtoms/extxyz): frames one after another, each with a line of
/// `key=value` and a table of atoms whose columns `Properties` names.
///
/// Columns that are used: `species` (or none: the first column), `pos` (Å), `forces` or `force` (eV/Å), `velo` or
/// `velocities` (Å/ps; not ASE's units). Keys: `Lattice`, `pbc`, `energy` (eV), `virial` (eV, Ξ_ab = Σ F_a r_b),
/// `stress` (eV/Å³, tensile positive, −Ξ/V; nine values or Voigt's six xx yy zz yz xz xy). Other keys are kept as text,
/// other columns are not kept.
///
/// Tensors of nine numbers go by columns, as in all readers of the format (ASE, QUIP).
public enum ExtendedXYZ {
    public struct Frame: Equatable, Sendable {
        public var structure: Structure
        /// eV.
        public var energy: Double?
        /// eV/Å, one per atom.
        public var forces: [SIMD3<Double>]?
        /// eV, Ξ_ab = Σ F_a r_b.
        public var virial: Matrix3?
        /// All other keys, as text.
        public var information: [String: String]

        public init(
            structure: Structure, energy: Double? = nil, forces: [SIMD3<Double>]? = nil, virial: Matrix3? = nil,
            information: [String: String] = [:]
        ) {
            precondition(forces.map { $0.count == structure.count } ?? true, "one force per atom")
            self.structure = structure
            self.energy = energy
            self.forces = forces
            self.virial = virial
            self.information = information
        }
    }

    /// Keys that the frame's fields stand for.
    static let reserved: Set<String> = ["Lattice", "Properties", "pbc", "energy", "virial", "stress"]
}
