import Structures

/// The 50-atom tetragonal cell of Li10MP2S12 (P4_2mc), ordered or with M and P exchanged over the 4d sites.
///
/// Positions: mean of the init frames of the published Li10GeP2S12 dataset. Cells: that dataset's for Ge, the PBE rows
/// of Table II for Si and Sn.
public enum TetragonalCell {
    /// Elements of the dataset's types for a metal M: Li, M, P, S.
    public static func typeMap(_ metal: Species) -> [String] { ["Li", metal.symbol, "P", "S"] }

    /// a and c of the PBE cell (Å).
    static func lattice(_ metal: Species) throws -> (a: Double, c: Double) {
        switch metal {
        case .germanium: return (8.787646, 12.657546)
        case .silicon: return (8.774, 12.599)
        case .tin: return (8.835, 12.882)
        default:
            throw InputError(problem: "there is no cell for Li10\(metal)P2S12", mend: "choose Ge, Si or Sn")
        }
    }

    /// The four 4d sites hold two M and two P; `metalSites` names those with M (0 and 1: ordered, the sites of 2b).
    ///
    /// Atoms are in the order Li, M, P, S.
    public static func structure(_ metal: Species, metalSites: Set<Int> = [0, 1]) throws -> Structure {
        precondition(metalSites.count == 2 && metalSites.isSubset(of: [0, 1, 2, 3]), "two of four sites")
        let (a, c) = try lattice(metal)
        let cell = try Cell(a: a, b: a, c: c)
        let fourD = orbit(SIMD3(0.5, 0.5, 0.3010)) + orbit(SIMD3(0, 0, 0.1860))
        var fractional: [(Species, SIMD3<Double>)] = lithium.flatMap { orbit($0) }.map { (.lithium, $0) }
        fractional += fourD.enumerated().filter { metalSites.contains($0.offset) }.map { (metal, $0.element) }
        fractional += fourD.enumerated().filter { !metalSites.contains($0.offset) }.map { (.phosphorus, $0.element) }
        fractional += orbit(SIMD3(0, 0.5, 0.5041)).map { (.phosphorus, $0) }
        fractional += sulfur.flatMap { orbit($0) }.map { (.sulfur, $0) }
        return Structure(
            cell: cell, species: fractional.map(\.0), positions: fractional.map { cell.cartesian($0.1) })
    }

    private static let lithium: [SIMD3<Double>] = [
        SIMD3(0.2288, 0.2730, 0.2946), SIMD3(0.2562, 0.2753, 0.0366), SIMD3(0, 0, 0.4397), SIMD3(0.5, 0.5, 0.0480),
    ]
    private static let sulfur: [SIMD3<Double>] = [
        SIMD3(0, 0.1920, 0.7770), SIMD3(0, 0.1953, 0.0941), SIMD3(0, 0.3056, 0.4120),
        SIMD3(0.1898, 0.5, 0.5970), SIMD3(0.2901, 0.5, 0.9032), SIMD3(0.2927, 0.5, 0.1980),
    ]

    /// The distinct images of a position under the operations of P4_2mc.
    private static func orbit(_ r: SIMD3<Double>) -> [SIMD3<Double>] {
        let (x, y, z) = (r.x, r.y, r.z)
        let images = [
            SIMD3(x, y, z), SIMD3(-x, -y, z), SIMD3(x, -y, z), SIMD3(-x, y, z),
            SIMD3(-y, x, z + 0.5), SIMD3(y, -x, z + 0.5), SIMD3(y, x, z + 0.5), SIMD3(-y, -x, z + 0.5),
        ].map { $0 - $0.rounded(.down) }
        var distinct: [SIMD3<Double>] = []
        for image in images {
            let known = distinct.contains {
                let d = image - $0
                return (d - d.rounded(.toNearestOrEven)).norm < 1e-4
            }
            if !known { distinct.append(image) }
        }
        return distinct
    }
}
