import Files
import Foundation

extension CIF {
    /// An ordered structure in P 1.
    ///
    /// CIF keeps lengths, angles and fractional coordinates: the cell's orientation is lost (a is read back along x and
    /// b in the xy plane), and velocities are.
    public init(name: String, comment: String = "", _ structure: Structure) {
        self.init(name: name, comment: comment, asymmetricUnit: DisorderedStructure(structure))
    }

    /// The file's text. Fractional coordinates, occupancies and right angles read back exactly.
    ///
    /// Lengths and angles tell a right-handed cell: in place of a left-handed one −a, −b, −c are written, which span the
    /// same lattice.
    public var text: String {
        asymmetricUnit.cell.vectors.determinant < 0 ? turnedRound.rightHandedText : rightHandedText
    }

    /// The same crystal in the cell −a, −b, −c.
    private var turnedRound: CIF {
        var turned = self
        turned.operations = operations.map(\.inverted)
        // Its vectors are no less good than the given ones.
        guard let cell = try? Cell(-1 * asymmetricUnit.cell.vectors) else { return self }
        turned.asymmetricUnit.cell = cell
        for site in turned.asymmetricUnit.sites.indices { turned.asymmetricUnit.sites[site].position *= -1 }
        return turned
    }

    private var rightHandedText: String {
        let vectors = asymmetricUnit.cell.vectors
        let lengths = asymmetricUnit.cell.lengths
        func angle(_ first: Int, _ second: Int) -> Double {
            let product = vectors[first].dot(vectors[second])
            // acos(0) is not exactly 90 degrees after the conversion.
            return product == 0 ? 90 : acos(product / (lengths[first] * lengths[second])) * 180 / .pi
        }
        var lines =
            comment.isEmpty ? [] : comment.split(separator: "\n", omittingEmptySubsequences: false).map { "# \($0)" }
        lines += [
            "data_\(name.map { $0.isWhitespace ? "_" : String($0) }.joined())",
            "_cell_length_a \(lengths.x.exact())",
            "_cell_length_b \(lengths.y.exact())",
            "_cell_length_c \(lengths.z.exact())",
            "_cell_angle_alpha \(angle(1, 2).exact())",
            "_cell_angle_beta \(angle(0, 2).exact())",
            "_cell_angle_gamma \(angle(0, 1).exact())",
            "_cell_volume \(asymmetricUnit.cell.volume.exact())",
            "_space_group_name_H-M_alt \(spaceGroup == "?" ? "?" : "'\(spaceGroup)'")",
            "loop_", "_space_group_symop_operation_xyz",
        ]
        lines += operations.map { "'\($0.text)'" }
        lines += ["loop_", "_atom_site_label", "_atom_site_type_symbol"]
        lines += ["x", "y", "z"].map { "_atom_site_fract_\($0)" } + ["_atom_site_occupancy"]
        for site in asymmetricUnit.sites {
            for (index, occupant) in site.occupants.enumerated() {
                // Labels are unique in a CIF; a shared site is read back under the first.
                let label = index == 0 ? site.label : "\(site.label)_\(occupant.species)"
                lines.append(
                    "\(label) \(occupant.species) \(site.position.exact(width: 0)) \(occupant.occupancy.exact())")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Writes the file whole.
    public func write(to path: String) throws { try AtomicFile.write(text, to: path) }
}
