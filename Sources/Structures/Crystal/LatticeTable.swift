import Files

/// Cells of Li10MP2S12, relaxed with density functionals or measured: Table II of Huang et al., J. Chem. Phys. 154, 094703
/// (2021), read from `reference-data/paper/table2-lattice.json`.
public struct LatticeTable: Codable, Equatable, Sendable {
    public struct Row: Codable, Equatable, Sendable {
        public var material: Material
        /// The functional it was relaxed with; nil for a measurement.
        public var functional: Functional?
        /// Å; the cell is taken as right-angled (the relaxed Ge cell is not quite: its volume below is the paper's).
        public var a: Double
        public var b: Double
        public var c: Double
        /// Å³, as printed.
        public var volume: Double
        /// Whose measurement it is.
        public var source: String?

        public var lengths: CellLengths { CellLengths(a: a, b: b, c: c) }
    }

    public var citation: String
    /// In the paper's order.
    public var rows: [Row]

    /// - Throws: `InputError` for a file that is missing or no such table.
    public init(contentsOf path: String) throws {
        self = try JSONText.read(LatticeTable.self, from: path)
    }

    /// The row of a material and functional (nil: measured); of LGPS's two experiments the first, whose cell the paper's own
    /// calculations at the experimental volume have.
    ///
    /// - Throws: `InputError` when the table has no such row.
    public func row(_ material: Material, _ functional: Functional?) throws -> Row {
        guard let row = rows.first(where: { $0.material == material && $0.functional == functional }) else {
            throw InputError(
                problem: "the table of cells has no row of \(material.name), \(functional?.rawValue ?? "experiment")",
                mend: "add it to reference-data/paper/table2-lattice.json")
        }
        return row
    }

    /// The unit cell that relaxes with PBE: for Ge nil, as the prototype's own cell is that of the published PBE data.
    public func modelCell(of material: Material) throws -> CellLengths? {
        material == .germanium ? nil : try row(material, .pbe).lengths
    }
}

/// Edges of a right-angled unit cell (Å).
public struct CellLengths: Codable, Hashable, Sendable {
    public var a: Double
    public var b: Double
    public var c: Double

    public init(a: Double, b: Double, c: Double) {
        self.a = a
        self.b = b
        self.c = c
    }

    public init(_ lengths: SIMD3<Double>) { self.init(a: lengths.x, b: lengths.y, c: lengths.z) }

    /// - Throws: `InputError` for lengths that are not positive.
    public var cell: Cell {
        get throws { try Cell(a: a, b: b, c: c) }
    }

    public var volume: Double { a * b * c }

    /// Longer by the factor along each edge.
    public func scaled(_ x: Double, _ y: Double, _ z: Double) -> CellLengths {
        CellLengths(a: a * x, b: b * y, c: c * z)
    }
}
