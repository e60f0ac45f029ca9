import Testing

@testable import Structures

@Suite struct LAMMPSDataTests {
    /// One rotation of vectors of up to 30 Å.
    static let rotationTolerance = 1e-13

    @Test func restrictedCellsRoundTripExactly() throws {
        let structure = try Structure.random(
            seed: 3, vectors: Matrix3(SIMD3(6.1, 0, 0), SIMD3(-1.7, 7.3, 0), SIMD3(0.4, 2.2, 8.1)))
        try withTemporaryFolder { folder in
            try LAMMPSData.write(structure, to: "\(folder)/x.data")
            #expect(try LAMMPSData.read("\(folder)/x.data") == structure)
        }
        #expect(try LAMMPSData.restricted(structure).rotation == .identity)
    }

    static let generalCells = [
        Matrix3(SIMD3(6.1, 0.3, -0.2), SIMD3(-1.7, 7.3, 0.9), SIMD3(0.4, 2.2, 8.1)),
        Matrix3(SIMD3(0, 0, -5), SIMD3(0, 6, 0), SIMD3(7, 0, 0)),
        Matrix3(SIMD3(0.4, 2.2, 8.1), SIMD3(-1.7, 7.3, 0.9), SIMD3(6.1, 0.3, -0.2)),
    ]

    @Test(arguments: generalCells.indices) func generalCellsAreTurned(_ index: Int) throws {
        let structure = try Structure.random(seed: 4, vectors: Self.generalCells[index])
        let (turned, rotation) = try LAMMPSData.restricted(structure)
        let product = rotation * rotation.transpose - .identity
        #expect(product.rowMajor.allSatisfy { abs($0) < 1e-14 } && abs(rotation.determinant - 1) < 1e-14)
        let v = turned.cell.vectors
        #expect(v[0].y == 0 && v[0].z == 0 && v[1].z == 0 && v[0].x > 0 && v[1].y > 0 && v[2].z > 0)
        #expect(abs(turned.cell.volume - structure.cell.volume) < 1e-11)
        for (new, old) in zip(turned.positions, structure.positions) {
            #expect((new * rotation - old).norm < Self.rotationTolerance)
        }
        // The same lattice: every pair distance within a cutoff is there as often.
        let (before, after) = (try distances(structure), try distances(turned))
        #expect(before.count == after.count && before.count > 20)
        #expect(zip(before, after).allSatisfy { abs($0 - $1) < 1e-12 })
        let read = try LAMMPSData.structure(LAMMPSData.text(structure), file: "x")
        #expect(read == turned)
    }

    private func distances(_ structure: Structure) throws -> [Double] {
        let list = try NeighbourList(structure, cutoff: 5.5)
        return (0..<list.count).flatMap { atom in
            list.entries(of: atom).map { list.displacement($0, from: atom, in: structure).norm }
        }.sorted()
    }

    @Test func readsWhatWriteDataWrites() throws {
        let text = """
            LAMMPS data file via write_data, version 2 Apr 2025, timestep = 100, units = metal

            3 atoms
            2 atom types

            -1 3 xlo xhi
            0 5 ylo yhi
            0 6 zlo zhi
            0.5 0 0 xy xz yz

            Masses

            1 6.941
            2 32.06

            Atoms # atomic

            3 2 0.5 1.5 2.5 0 1 -1
            1 1 0.1 0.2 0.3 0 0 0
            2 1 1.1 1.2 1.3 0 0 0   # a remark

            Velocities

            2 0 0 2
            1 1 0 0
            3 0 3 0
            """
        let structure = try LAMMPSData.structure(text, file: "x")
        #expect(structure.species == [.lithium, .lithium, .sulfur])
        #expect(structure.cell.vectors == Matrix3(SIMD3(4, 0, 0), SIMD3(0.5, 5, 0), SIMD3(0, 0, 6)))
        #expect(structure.positions == [SIMD3(0.1, 0.2, 0.3), SIMD3(1.1, 1.2, 1.3), SIMD3(1, 6.5, -3.5)])
        #expect(structure.velocities == [SIMD3(1, 0, 0), SIMD3(0, 0, 2), SIMD3(0, 3, 0)])
    }

    @Test(.enabled(if: SharedData.has("golden/lammps"), "needs golden answers in ../shared"))
    func readsFilesWithoutMassesWhenToldTheElements() throws {
        let path = SharedData.path("golden/lammps/lgps-200.data")
        let structure = try LAMMPSData.read(path, types: [.lithium, .germanium, .phosphorus, .sulfur])
        #expect(structure.count == 200 && structure.species.count { $0 == .lithium } == 80)
        let error = inputError { _ = try LAMMPSData.read(path) }
        #expect(error?.problem.contains("Masses") == true)
    }

    @Test func massesTellTheElement() {
        for species in [Species.lithium, .silicon, .phosphorus, .sulfur, .germanium, .tin] {
            #expect(Species.nearest(mass: species.mass + 0.02) == species)
        }
        #expect(Species.nearest(mass: 5) == nil)
    }

    static let good = """
        title

        2 atoms
        2 atom types
        0 4 xlo xhi
        0 5 ylo yhi
        0 6 zlo zhi

        Masses

        1 6.94 # Li
        2 32.06

        Atoms # atomic

        1 1 0 0 0
        2 2 1 1 1

        """
    static let broken: [(from: String, to: String, place: String?, problem: String)] = [
        ("0 6 zlo zhi\n", "", nil, "no box"),
        ("0 6 zlo zhi", "6 6 zlo zhi", "line 7", "enclose nothing"),
        ("2 atoms\n", "", nil, "no numbers of atoms"),
        ("2 atoms\n", "2 atoms\n3 bonds\n", "line 4", "only atoms"),
        ("2 atoms\n", "-2 atoms\n", "line 3", "out of range"),
        ("2 32.06", "2 5.5", "line 12", "no element has the mass 5.5"),
        ("# atomic", "# charge", "line 14", "atom_style charge"),
        ("2 2 1 1 1", "2 3 1 1 1", "line 17", "the type 3 is outside 1 to 2"),
        ("2 2 1 1 1", "1 2 1 1 1", "line 17", "given twice"),
        ("2 2 1 1 1", "3 2 1 1 1", "line 17", "outside 1 to 2"),
        ("2 2 1 1 1", "2 2 1 inf 1", "line 17", "'inf' is not a finite number"),
        ("2 2 1 1 1", "2 2 1 1", "line 17", "needs 'id type x y z"),
        ("2 2 1 1 1\n", "", "line 17", "the file ends where row 2 of 2 of Atoms"),
        ("Masses", "Bonds", "line 9", "the section 'Bonds' is not understood"),
    ]

    @Test(arguments: broken.indices) func brokenFilesAreRefused(_ index: Int) throws {
        let example = Self.broken[index]
        let text = Self.good.replacing(example.from, with: example.to, maxReplacements: 1)
        #expect(text != Self.good)
        let error = try #require(inputError { _ = try LAMMPSData.structure(text, file: "x.data") })
        #expect(error.file == "x.data" && error.place == example.place, "\(error)")
        #expect(error.problem.contains(example.problem), "\(error)")
    }

    @Test func elementsOutsideTheTypesAreRefused() throws {
        let error = inputError { _ = try LAMMPSData.text(Structure.random(seed: 1), types: [.lithium, .sulfur]) }
        #expect(error?.problem.contains("the structure has P") == true)
    }
}
