import Files
import Testing

@testable import Structures

@Suite struct FourDSitesTests {
    /// M (Wyckoff 2b) and P (2a) of P4_2mc, at Kamaya's 4d places once the origin is moved by (0, 1/2, 0).
    @Test func prototypesSitesAreKamayas() throws {
        let structure = try LGPSPrototype.ordered()
        let sites = try FourDSites.indices(in: structure)
        #expect(sites == [20, 21, 22, 23])
        #expect(sites.map { structure.species[$0] } == [.germanium, .germanium, .phosphorus, .phosphorus])

        let kamaya = try CIF(contentsOf: ReferenceData.path("structures/kamaya-2011.cif")).expanded
        let shift = SIMD3(0, 0.5, 0)
        func isNear(_ atom: Int, _ label: String) -> Bool {
            kamaya.sites(labelled: label).contains {
                // The same place to a few hundredths of c, in which the shared site is an average of Ge and P.
                CIF.distance(kamaya.sites[$0].position + shift, structure.fractionalPositions[atom], structure.cell)
                    < 0.15
            }
        }
        #expect(sites.allSatisfy { isNear($0, "Ge1_4d") && !isNear($0, "P2_2b") })
        let others = (20..<26).filter { !sites.contains($0) }
        #expect(others.count == 2 && others.allSatisfy { isNear($0, "P2_2b") && !isNear($0, "Ge1_4d") })
    }

    @Test(.enabled(if: SharedData.has("data/structures"), "needs structures in ../shared"))
    func foundInTheRelaxedCellOfTheMaterialsProject() throws {
        let structure = try StructureFile.read(SharedData.path("data/structures/mp-696138.vasp"))
        let sites = try FourDSites.indices(in: structure)
        #expect(sites.count == 4 && sites.count { structure.species[$0] == .germanium } == 2)
    }

    /// In the paper's disordered frames Ge is on the sites that geometry calls 4d, and on each of them in some frame.
    @Test(.enabled(if: SharedData.has("data/LiGePS-SSE-PBE"), "needs the paper's data in ../shared"))
    func thePapersDisorderIsOverTheseSites() throws {
        let columns = [SIMD3(0.5, 0.5, 0), SIMD3(0, 0, 0)]
        var found: Set<Int> = []
        for name in ["LiGePS-iter.000008-data.008", "LiGePS-iter.000008-data.016"] {
            let system = try LabelledSystem.load(path: SharedData.path("data/LiGePS-SSE-PBE/\(name)"))
            for frame in 0..<system.frameCount {
                let structure = try system.structure(frame: frame)
                #expect(try FourDSites.indices(in: structure).filter { structure.species[$0] == .germanium }.count == 2)
                for atom in 0..<structure.count where structure.species[atom] == .germanium {
                    var s = structure.fractionalPositions[atom]
                    s.z = 0
                    let column = columns.firstIndex { CIF.distance($0, s, structure.cell) < 1 }
                    #expect(column != nil)
                    if let column { found.insert(column) }
                }
            }
        }
        #expect(found.count == 2)
    }

    @Test func arrangementsKeepStoichiometryAndAllElse() throws {
        let cell = try LGPSPrototype.ordered(.tin, cell: CellLengths(a: 8.7057, b: 8.7057, c: 12.7389))
        let ordered = try cell.supercell(3, 3, 2)
        let disordered = try FourDSites.disorderedSupercell(of: cell, 3, 3, 2, seed: 11)
        #expect(disordered.positions == ordered.positions && disordered.cell == ordered.cell)
        // The paper's 900 atoms: Li360 M36 P72 S432.
        let counts = [Species.lithium, .tin, .phosphorus, .sulfur].map { disordered.count(of: $0) }
        #expect(counts == [360, 36, 72, 432])
        let changed = ordered.species.indices.filter { ordered.species[$0] != disordered.species[$0] }
        let allowed = Set(try FourDSites.indices(in: ordered, cellsAlongC: 2))
        #expect(allowed.count == 72 && Set(changed).isSubset(of: allowed) && changed.count > 10)
    }

    @Test func arrangementsFollowTheSeed() throws {
        let cell = try LGPSPrototype.ordered()
        func species(_ seed: UInt64, _ arrangement: Int) throws -> [Species] {
            try FourDSites.disorderedSupercell(of: cell, 2, 2, 2, seed: seed, arrangement: arrangement).species
        }
        #expect(try species(1, 0) == species(1, 0))
        #expect(try Set((0..<30).map { try species(1, $0) }).count == 30)
        #expect(try species(1, 0) != species(2, 0))
    }

    /// Each site carries M in half of the arrangements: 1000 fair draws lie within 4σ = 63 of 500.
    @Test func everySiteIsAsLikely() throws {
        let cell = try LGPSPrototype.ordered()
        var counts = [Int](repeating: 0, count: cell.count)
        for arrangement in 0..<1000 {
            let drawn = FourDSites.arranged(cell, over: [20, 21, 22, 23], seed: 5, arrangement: arrangement)
            for site in 20..<24 where drawn.species[site] == .germanium { counts[site] += 1 }
        }
        #expect((20..<24).allSatisfy { abs(counts[$0] - 500) < 63 })
    }

    @Test func otherCrystalsAreRefused() throws {
        #expect(throws: InputError.self) { try FourDSites.indices(in: Structure.random(seed: 1)) }
        let turned = try LGPSPrototype.ordered()
        let cell = try Cell(Matrix3(turned.cell.vectors[2], turned.cell.vectors[0], turned.cell.vectors[1]))
        let wrongAxis = Structure(cell: cell, species: turned.species, positions: turned.positions)
        #expect(throws: InputError.self) { try FourDSites.indices(in: wrongAxis) }
    }
}
