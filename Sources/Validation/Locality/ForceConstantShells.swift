import Reporting
import Structures

/// How large force constants are at which distance.
enum ForceConstantShells {
    /// Å.
    static let width = 0.5

    struct Shell {
        /// The inner radius (Å).
        var start: Double
        /// Root mean square of ‖Φ_ij‖ (eV/Å²).
        var size: Double
        var atoms: Int
        var doublySeen: Int
    }

    /// Around the sites of an element, without the sites themselves.
    static func shells(_ constants: ForceConstants, _ element: Species) -> [Shell] {
        var shells: [Int: (sum: Double, atoms: Int, doublySeen: Int)] = [:]
        for site in constants.sites(of: element) {
            for other in site.blocks.indices where other != site.atom {
                let shell = Int(site.images[other].distance / width)
                shells[shell, default: (0, 0, 0)].sum += site.blocks[other].squaredNorm
                shells[shell]?.atoms += 1
                shells[shell]?.doublySeen += site.isDoublySeen(other) ? 1 : 0
            }
        }
        return shells.sorted { $0.key < $1.key }.map { shell, sums in
            Shell(
                start: Double(shell) * width, size: (sums.sum / Double(sums.atoms)).squareRoot(), atoms: sums.atoms,
                doublySeen: sums.doublySeen)
        }
    }

    /// Of DFT, and of the first model of each level.
    static func table(_ groups: [Locality.Group]) -> Table {
        var table = Table(
            name: "fig03-shells", caption: "Size of force constants against the distance",
            columns: [
                .init("crystal"), .init("forces by"), .init("element"), .init("from", unit: "Å"),
                .init("to", unit: "Å"),
                .init("atoms"), .init("of them seen twice"), .init("rms ‖Φ‖", unit: "eV/Å²"),
            ])
        for group in groups {
            guard let constants = group.constants.first else { continue }
            for element in group.elements {
                for shell in shells(constants, element) {
                    table.append([
                        .text(group.source.material.formula), .text(group.name), .text("\(element)"),
                        .number(shell.start, digits: 3), .number(shell.start + width, digits: 3), .integer(shell.atoms),
                        .integer(shell.doublySeen), .number(shell.size, digits: 3),
                    ])
                }
            }
        }
        return table
    }
}
