import Files
import Testing

@testable import Structures

@Suite struct SupercellTests {
    /// The sizes of the paper (section II.D) and one more.
    @Test(arguments: [(1, 1, 1, 50), (2, 2, 1, 200), (2, 2, 2, 400), (3, 3, 2, 900), (4, 4, 2, 1600), (1, 3, 2, 300)])
    func sizesOfThePaper(_ na: Int, _ nb: Int, _ nc: Int, _ count: Int) throws {
        let cell = try LGPSPrototype.ordered()
        let supercell = try cell.supercell(na, nb, nc)
        #expect(supercell.count == count)
        #expect(abs(supercell.cell.volume - Double(na * nb * nc) * cell.cell.volume) < 1e-8)
        // The same crystal: every atom has the neighbours of its original.
        for (first, second) in [(Species.phosphorus, Species.sulfur), (.lithium, .germanium)] {
            let one = try cell.distances(first, second, within: 4)
            let many = try supercell.distances(first, second, within: 4)
            #expect(many.count == one.count * na * nb * nc && !one.isEmpty)
            let ratio: Double = many.reduce(0, +) / one.reduce(0, +)
            #expect(abs(ratio - Double(na * nb * nc)) < 1e-9)
        }
    }

    @Test func oneCopyIsTheStructureItself() throws {
        let structure = try Structure.random(seed: 1)
        #expect(try structure.supercell(1, 1, 1) == structure)
    }

    @Test func copiesAreOrderedWithCFastest() throws {
        let structure = try Structure.random(seed: 2)
        let supercell = try structure.supercell(2, 3, 4)
        let (a, b, c) = structure.cell.vectors.rows
        let index = ((1 * 3 + 2) * 4 + 3) * structure.count + 5
        let expected: SIMD3<Double> = structure.positions[5] + a + 2 * b + 3 * c
        #expect((supercell.positions[index] - expected).norm < 1e-12)
        #expect(supercell.velocities?[index] == structure.velocities?[5])
    }

    /// `lgps-200.data` is ASE's 2x2x1 repetition of the ordered cell.
    @Test(.enabled(if: SharedData.has("golden/lammps"), "needs golden answers in ../shared"))
    func agreesWithASE() throws {
        let cell = try StructureFile.read(SharedData.path("data/structures/lgps-ordered-tetragonal.vasp"))
        let ase = try LAMMPSData.read(
            SharedData.path("golden/lammps/lgps-200.data"), types: [.lithium, .germanium, .phosphorus, .sulfur])
        let supercell = try cell.supercell(2, 2, 1)
        #expect(supercell.species == ase.species)
        // ASE multiplies in another order.
        #expect(supercell.distance(to: ase) < 1e-12)
    }

    @Test func nonsenseIsRefused() throws {
        var structure = try Structure.random(seed: 1)
        #expect(throws: InputError.self) { try structure.supercell(0, 1, 1) }
        structure.isPeriodic = false
        #expect(throws: InputError.self) { try structure.supercell(2, 1, 1) }
    }

    @Test func thermalExpansionScalesEveryLength() throws {
        let cell = try LGPSPrototype.ordered(cell: CellLengths(a: 8.6941, b: 8.6941, c: 12.5994))
        let hot = try cell.thermallyExpanded(to: 666)
        let factor: Double = 1 + 3.4e-5 * 366
        #expect((hot.cell.lengths - factor * cell.cell.lengths).norm < 1e-13)
        #expect(try cell.thermallyExpanded(to: 300).distance(to: cell) < 1e-13)
        for (new, old) in zip(hot.fractionalPositions, cell.fractionalPositions) { #expect((new - old).norm < 1e-14) }
        #expect(throws: InputError.self) { try cell.thermallyExpanded(to: -1) }
        #expect(throws: InputError.self) { try cell.thermallyExpanded(to: .nan) }
        #expect(throws: InputError.self) { try cell.thermallyExpanded(to: 500, by: .isotropic(34)) }
    }
}
