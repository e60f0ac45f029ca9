/// Cells of Li10MP2S12 by method: Table II of Huang et al., J. Chem. Phys. 154, 094703 (2021).
public struct LatticeParameters: Equatable, Sendable {
    /// How a cell was found: relaxed with a density functional, or measured.
    public enum Method: String, CaseIterable, Sendable {
        case pbe = "PBE"
        /// PBE with the optB88-vdW correction.
        case pbeVdW = "PBE+vdW"
        case lda = "LDA"
        case pbesol = "PBEsol"
        case scan = "SCAN"
        case pbe0 = "PBE0"
        case experiment
    }

    /// M of Li10MP2S12: Ge, Si or Sn.
    public let metal: Species
    public let method: Method
    /// Å; the cell is taken as right-angled (the relaxed Ge cell is not quite: its volume below is the paper's).
    public let a: Double
    public let b: Double
    public let c: Double
    /// Å³, as printed.
    public let volume: Double
    /// Whose measurement it is, for experiments.
    public let source: String?

    /// The right-angled cell.
    public var cell: Cell {
        get throws { try Cell(a: a, b: b, c: c) }
    }

    /// The row of a metal and method; for LGPS's two experiments the first, whose cell the paper's own calculations at
    /// the experimental volume have.
    ///
    /// - Throws: `InputError` when the table has no such metal.
    public static func of(_ metal: Species, _ method: Method) throws -> LatticeParameters {
        guard let row = table.first(where: { $0.metal == metal && $0.method == method }) else {
            throw InputError(
                problem: "there are no lattice parameters of Li10\(metal)P2S12", mend: "the metals are Ge, Si and Sn")
        }
        return row
    }

    /// All rows, in the paper's order.
    public static let table: [LatticeParameters] = [
        row(.germanium, .pbe, 8.591, 8.879, 12.977, 989.1),
        row(.germanium, .pbeVdW, 8.525, 8.822, 12.878, 967.9),
        row(.germanium, .lda, 8.312, 8.656, 12.482, 897.0),
        row(.germanium, .pbesol, 8.503, 8.811, 12.760, 955.1),
        row(.germanium, .scan, 8.534, 8.819, 12.917, 971.6),
        row(.germanium, .pbe0, 8.552, 8.816, 12.926, 974.0),
        row(.germanium, .experiment, 8.6941, 8.6941, 12.5994, 952.4, "Kamaya et al., Nat. Mater. 10, 682 (2011)"),
        row(.germanium, .experiment, 8.7142, 8.7142, 12.6073, 957.4, "reference 64 of the paper"),
        row(.silicon, .pbe, 8.774, 8.774, 12.599, 970.0),
        row(.silicon, .pbeVdW, 8.700, 8.700, 12.490, 945.5),
        row(.silicon, .lda, 8.534, 8.534, 12.144, 884.3),
        row(.silicon, .pbesol, 8.696, 8.696, 12.368, 935.3),
        row(.silicon, .scan, 8.728, 8.728, 12.496, 951.9),
        row(.silicon, .pbe0, 8.722, 8.722, 12.518, 952.3),
        row(.silicon, .experiment, 8.6512, 8.6512, 12.5095, 936.3, "reference 65 of the paper"),
        row(.tin, .pbe, 8.835, 8.835, 12.882, 1005.4),
        row(.tin, .pbeVdW, 8.738, 8.738, 12.765, 974.7),
        row(.tin, .lda, 8.574, 8.574, 12.388, 910.6),
        row(.tin, .pbesol, 8.744, 8.744, 12.625, 965.3),
        row(.tin, .scan, 8.774, 8.774, 12.759, 982.3),
        row(.tin, .pbe0, 8.766, 8.766, 12.785, 982.5),
        row(.tin, .experiment, 8.7057, 8.7057, 12.7389, 965.5, "reference 22 of the paper"),
    ]

    private static func row(
        _ metal: Species, _ method: Method, _ a: Double, _ b: Double, _ c: Double, _ volume: Double,
        _ source: String? = nil
    ) -> LatticeParameters {
        LatticeParameters(metal: metal, method: method, a: a, b: b, c: c, volume: volume, source: source)
    }
}
