/// The extended XYZ format (https://github.com/libAtoms/extxyz): frames one after another, each with a line of
/// `key=value` and a table of atoms whose columns `Properties` names.
///
/// Columns that are used: `species` (or none: the first column), `pos` (Å), `forces` or `force` (eV/Å), `velo`,
/// `velocities` or LAMMPS's `vel` (Å/ps; not ASE's units), `id`, by which atoms are sorted. Keys: `Lattice`, `pbc`,
/// `energy` (eV), `virial` (eV, Ξ_ab = Σ F_a r_b), `stress` (eV/Å³, tensile positive, −Ξ/V; nine values or Voigt's six xx yy
/// zz yz xz xy). The labels of MACE's training sets (`REF_energy`, `REF_forces`, `REF_stress`, `REF_virial`) count where the
/// plain names are not there. Other keys and columns are kept as text.
///
/// Tensors of nine numbers go by columns, as in all readers of the format (ASE, QUIP).
///
/// A comment line without `Lattice` and `Properties` is free text, as in plain XYZ; of that of CP2K's trajectories
/// (`i = 5, time = 2.500, E = -80.1`) step, time (fs) and energy (hartree) are read.
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
        /// All other columns, as text.
        public var columns: [Column]
        /// False when the file has no `Lattice`: the structure's cell is then a cube that means nothing.
        public var hasCell: Bool

        public init(
            structure: Structure, energy: Double? = nil, forces: [SIMD3<Double>]? = nil, virial: Matrix3? = nil,
            information: [String: String] = [:], columns: [Column] = [], hasCell: Bool = true
        ) {
            precondition(forces.map { $0.count == structure.count } ?? true, "one force per atom")
            self.structure = structure
            self.energy = energy
            self.forces = forces
            self.virial = virial
            self.information = information
            self.columns = columns
            self.hasCell = hasCell
        }
    }

    /// A column, or several side by side, of the table of atoms that the structure has no place for.
    public struct Column: Equatable, Sendable {
        public var name: String
        /// `S`, `R`, `I` or `L`.
        public var kind: String
        public var width: Int
        /// [atoms, width].
        public var words: [String]
    }

    /// Keys that the frame's fields stand for.
    static let reserved: Set<String> = ["Lattice", "Properties", "pbc", "energy", "virial", "stress"]
}
