import Structures

/// The crystals that the experiments simulate: the experimental cell of Table II, which holds at 300 K.
enum CrystalAt {
    static func ordered(_ material: Material, cell: CellLengths, supercell: Profile.Supercell) throws -> Structure {
        try LGPSPrototype.ordered(material, cell: cell)
            .supercell(supercell.a, supercell.b, supercell.c)
    }

    /// - Parameters:
    ///   - temperature: K; the cell grows linearly by `expansion` per kelvin above 300 K.
    ///   - arrangement: nil for the ordered crystal, else which random arrangement of M and P over the 4d sites.
    static func at(
        temperature: Double, _ material: Material, cell: CellLengths, supercell: Profile.Supercell, expansion: Double,
        seed: UInt64,
        arrangement: Int?
    ) throws -> Structure {
        let structure: Structure
        if let arrangement {
            structure = try FourDSites.disorderedSupercell(
                of: try LGPSPrototype.ordered(material, cell: cell), supercell.a, supercell.b,
                supercell.c, seed: seed, arrangement: arrangement)
        } else {
            structure = try ordered(material, cell: cell, supercell: supercell)
        }
        return try structure.thermallyExpanded(to: temperature, coefficient: expansion)
    }
}
