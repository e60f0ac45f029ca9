/// VASP's POSCAR and CONTCAR (version 5, with element symbols; https://www.vasp.at/wiki/index.php/POSCAR).
public struct POSCAR: Equatable, Sendable {
    /// The first line.
    public var comment: String
    public var structure: Structure
    /// Which axes of each atom may move, when the file has selective dynamics.
    public var selectiveDynamics: [FreeAxes]?

    /// Selective dynamics of one atom: true lets it move along that axis of the cell.
    public struct FreeAxes: Equatable, Sendable {
        public var a: Bool
        public var b: Bool
        public var c: Bool

        public init(a: Bool, b: Bool, c: Bool) {
            self.a = a
            self.b = b
            self.c = c
        }
    }

    /// How positions are written.
    public enum Coordinates: String, Sendable {
        case direct = "Direct"
        case cartesian = "Cartesian"
    }

    public init(comment: String, structure: Structure, selectiveDynamics: [FreeAxes]? = nil) {
        precondition(selectiveDynamics.map { $0.count == structure.count } ?? true, "one entry per atom")
        self.comment = comment
        self.structure = structure
        self.selectiveDynamics = selectiveDynamics
    }
}
