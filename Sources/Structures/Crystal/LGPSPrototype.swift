/// The ordered tetragonal cell of Li10MP2S12: space group P 4_2 m c, two formula units, 50 atoms.
///
/// Coordinates and cell are the mean over the 590 initial frames of the paper's published data (LiGePS-SSE-PBE,
/// AIS-Square), made symmetric: they are those of small displacements about the ideal structure.
public enum LGPSPrototype {
    /// Cell, operations and asymmetric unit of Li10GeP2S12. Labels are element and Wyckoff letter.
    public static let cif: CIF = {
        func site(_ species: Species, _ letter: String, _ x: Double, _ y: Double, _ z: Double)
            -> DisorderedStructure.Site
        {
            .init(label: "\(species)\(letter)", position: SIMD3(x, y, z), occupants: [.init(species)])
        }
        let operations = [
            "x,y,z", "-x,-y,z", "x,-y,z", "-x,y,z", "-y,x,z+1/2", "y,-x,z+1/2", "y,x,z+1/2", "-y,-x,z+1/2",
        ]
        return CIF(
            name: "Li10GeP2S12_ordered",
            comment: "Ordered tetragonal Li10GeP2S12: symmetric mean of the 590 initial frames of LiGePS-SSE-PBE\n"
                + "(AIS-Square; J. Huang et al., J. Chem. Phys. 154, 094703 (2021)).",
            spaceGroup: "P 42 m c", operations: operations.map { SymmetryOperation($0)! },
            asymmetricUnit: DisorderedStructure(
                cell: try! Cell(a: 8.787646, b: 8.787646, c: 12.657546),
                sites: [
                    site(.lithium, "1_8f", 0.2288, 0.2730, 0.2946),
                    site(.lithium, "2_8f", 0.2562, 0.2753, 0.0366),
                    site(.lithium, "3_2a", 0, 0, 0.4397),
                    site(.lithium, "4_2b", 0.5, 0.5, 0.0480),
                    site(.germanium, "1_2b", 0.5, 0.5, 0.3010),
                    site(.phosphorus, "1_2a", 0, 0, 0.1860),
                    site(.phosphorus, "2_2c", 0, 0.5, 0.5041),
                    site(.sulfur, "1_4d", 0, 0.1920, 0.7770),
                    site(.sulfur, "2_4d", 0, 0.1953, 0.0941),
                    site(.sulfur, "3_4d", 0, 0.3056, 0.4120),
                    site(.sulfur, "4_4e", 0.1898, 0.5, 0.5970),
                    site(.sulfur, "5_4e", 0.2901, 0.5, 0.9032),
                    site(.sulfur, "6_4e", 0.2927, 0.5, 0.1980),
                ]))
    }()

    /// The 50 atoms of Li10MP2S12, in the order Li, M, P, S.
    ///
    /// - Parameters:
    ///   - material: its M replaces Ge, fractional coordinates kept.
    ///   - cell: of the unit cell; nil keeps the prototype's own.
    /// - Throws: `InputError` for a cell that is none.
    public static func ordered(
        _ material: Material = .germanium, cell: CellLengths? = nil
    ) throws -> Structure {
        let prototype = try cif.expanded.ordered().replacing(.germanium, with: material.species)
        guard let cell else { return prototype }
        return prototype.scaled(to: try cell.cell)
    }
}
