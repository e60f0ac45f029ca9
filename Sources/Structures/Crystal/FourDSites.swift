import Files

/// The sites that M and P share in Li10MP2S12, and random arrangements of the two over them.
///
/// Kamaya et al. (Nat. Mater. 10, 682 (2011)) describe the framework in P4_2/nmc (origin choice 1) with two kinds of
/// tetrahedra, six per cell: 4d at (0, 1/2, .6907), shared by Ge and P about half and half, and 2b at (0, 0, 1/2), always P.
/// The 4d sites are (0, 1/2, z), (0, 1/2, z + 1/2), (1/2, 0, −z), (1/2, 0, 1/2 − z): in each column along c they follow at
/// c/2. The 2b sites are (0, 0, 1/2) and (1/2, 1/2, 0): one per column, the next a whole c away.
///
/// In the ordered prototype (P4_2mc, whose origin is that of Kamaya moved by (0, 1/2, 0)) this makes
///
///     M (1/2, 1/2, .3010), (1/2, 1/2, .8010)    Kamaya: 4d (1/2, 0, .3093), (1/2, 0, .8093)
///     P (0, 0, .1860), (0, 0, .6860)            Kamaya: 4d (0, 1/2, .1907), (0, 1/2, .6907)
///     P (0, 1/2, .5041), (1/2, 0, .0041)        Kamaya: 2b (0, 0, 1/2), (1/2, 1/2, 0)
///
/// so that M at Wyckoff 2b and P at Wyckoff 2a of P4_2mc are Kamaya's 4d. The paper's own disordered frames agree:
/// Ge is found in the columns (1/2, 1/2) and (0, 0) only.
public enum FourDSites {
    /// How far (Å) a cation may be from where the ideal structure has it; neighbours in other columns are 4 Å away.
    private static let tolerance = 1.5

    /// The atoms on 4d sites, found by geometry in any setting with c as the long axis of the unit cell: a framework
    /// cation (no Li, no S) is on 4d when another is at c/2 above or below it.
    ///
    /// - Parameter cellsAlongC: how many unit cells the structure has along c.
    /// - Throws: `InputError` when two in three framework cations are not such: this is no Li10MP2S12.
    public static func indices(in structure: Structure, cellsAlongC: Int = 1) throws -> [Int] {
        let cations = structure.species.indices.filter { ![.lithium, .sulfur].contains(structure.species[$0]) }
        let fractional = structure.fractionalPositions
        let half = SIMD3(0, 0, 0.5 / Double(cellsAlongC))
        let found = cations.filter { atom in
            let targets = [fractional[atom] + half, fractional[atom] - half]
            return cations.contains { other in
                other != atom
                    && targets.contains {
                        CIF.distance($0, fractional[other], structure.cell) < tolerance
                    }
            }
        }
        guard !found.isEmpty, 3 * found.count == 2 * cations.count else {
            throw InputError(
                problem: "\(found.count) of \(cations.count) framework cations are on 4d sites, expected two in three",
                mend: "give an ordered Li10MP2S12 cell with c its long axis, and its number of cells along c")
        }
        return found
    }

    /// The structure with the elements on `sites` dealt out anew at random; how many there are of each stays.
    ///
    /// - Parameters:
    ///   - sites: indices of atoms, as `indices(in:cellsAlongC:)` finds them.
    ///   - seed: the seed of a whole series of arrangements.
    ///   - arrangement: which one of the series (stream "4d arrangement N").
    public static func arranged(
        _ structure: Structure, over sites: [Int], seed: UInt64, arrangement: Int = 0
    ) -> Structure {
        var generator = SplitMix64(seed: seed, stream: "4d arrangement \(arrangement)")
        var changed = structure
        for (site, species) in zip(sites, generator.shuffled(sites.map { structure.species[$0] })) {
            changed.species[site] = species
        }
        return changed
    }

    /// A supercell of ordered Li10MP2S12 with M and P at random over all its 4d sites.
    ///
    /// - Throws: `InputError` as `indices(in:cellsAlongC:)` and `Structure.supercell`.
    public static func disorderedSupercell(
        of unitCell: Structure, _ na: Int, _ nb: Int, _ nc: Int, seed: UInt64, arrangement: Int = 0
    ) throws -> Structure {
        let inCell = try indices(in: unitCell)
        let supercell = try unitCell.supercell(na, nb, nc)
        let sites = (0..<na * nb * nc).flatMap { copy in inCell.map { copy * unitCell.count + $0 } }
        return arranged(supercell, over: sites, seed: seed, arrangement: arrangement)
    }
}
