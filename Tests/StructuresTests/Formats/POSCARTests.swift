import Files
import Testing

@testable import Structures

@Suite struct POSCARTests {
    /// Direct coordinates pass through H⁻¹ and back: some roundings of numbers of up to 30 Å.
    static let directTolerance = 1e-13

    @Test(arguments: 1...5 as ClosedRange<UInt64>) func roundTrips(_ seed: UInt64) throws {
        let structure = try Structure.random(seed: seed)
        let free = (0..<structure.count).map { POSCAR.FreeAxes(a: $0 % 2 == 0, b: true, c: $0 % 3 == 0) }
        let poscar = POSCAR(comment: "seed \(seed)", structure: structure, selectiveDynamics: free)

        let cartesian = try POSCAR(poscar.text(.cartesian), file: "x")
        #expect(cartesian.comment == poscar.comment && cartesian.selectiveDynamics == free)
        #expect(cartesian.structure.positions == structure.positions)
        #expect(cartesian.structure.species == structure.species && cartesian.structure.cell == structure.cell)
        for (read, written) in zip(try #require(cartesian.structure.velocities), structure.velocities!) {
            #expect((read - written).norm < Self.directTolerance)
        }
        let direct = try POSCAR(poscar.text(.direct), file: "x")
        #expect(direct.structure.cell == structure.cell && direct.selectiveDynamics == free)
        #expect(direct.structure.distance(to: structure) < Self.directTolerance)
    }

    @Test func readsWhatVASPWrites() throws {
        let text = """
            CONTCAR of a test\r
               1.00000000000000     \r
                 4.0000000000000000    0.0000000000000000    0.0000000000000000
                 0.0000000000000000    5.0000000000000000    0.0000000000000000
                 0.0000000000000000    0.0000000000000000    6.0000000000000000
               Li_sv/1f3b  S
                 1     2
            Selective dynamics
            direct
              0.5000000000000000  0.2500000000000000  1.2500000000000000   T   F   T
              0.0000000000000000  0.0000000000000000  0.0000000000000000  .TRUE. .FALSE. t
             -0.5 0 0 F F F S2

              0.10000000E-02  0.00000000E+00  0.00000000E+00
              0.0 0.0 0.0
              0.0 0.0 -2.0D-3
            """
        let poscar = try POSCAR(text, file: "CONTCAR")
        #expect(poscar.structure.species == [.lithium, .sulfur, .sulfur])
        #expect(poscar.structure.positions == [SIMD3(2, 1.25, 7.5), .zero, SIMD3(-2, 0, 0)])
        #expect(poscar.structure.velocities == [SIMD3(1, 0, 0), .zero, SIMD3(0, 0, -2)])
        #expect(poscar.selectiveDynamics?[1] == POSCAR.FreeAxes(a: true, b: false, c: true))
    }

    @Test func scaleMultipliesOrGivesTheVolume() throws {
        func read(_ scale: String) throws -> Structure {
            try POSCAR("x\n\(scale)\n2 0 0\n0 2 0\n0 0 2\nLi\n1\nCartesian\n1 1 0.5\n", file: "x").structure
        }
        #expect(try read("1.5").positions == [SIMD3(1.5, 1.5, 0.75)])
        #expect(try read("1.5").cell.lengths == SIMD3(3, 3, 3))
        #expect(try abs(read("-64").cell.volume - 64) < 1e-12)
        #expect(try (read("-64").positions[0] - SIMD3(2, 2, 1)).norm < 1e-14)
        #expect(try read("1 2 3").cell.lengths == SIMD3(2, 4, 6))
        #expect(try read("1 2 3").positions == [SIMD3(1, 2, 1.5)])
    }

    @Test(
        .enabled(if: SharedData.has("data/structures"), "needs structures in ../shared"),
        arguments: ["lgps-ordered-tetragonal", "mp-696138"])
    func readsLGPS(_ name: String) throws {
        let structure = try POSCAR(contentsOf: SharedData.path("data/structures/\(name).vasp")).structure
        #expect(structure.count == 50)
        #expect(structure.species.count { $0 == .lithium } == 20 && structure.species.count { $0 == .sulfur } == 24)
    }

    static let good = "x\n1\n2 0 0\n0 2 0\n0 0 2\nLi S\n1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n"
    static let broken: [(from: String, to: String, place: String, problem: String)] = [
        ("0 0 2\n", "2 2 0\n", "line 2", "singular"),
        ("0 0 2\n", "0 0 x\n", "line 5", "'x' is not a finite number"),
        ("0 0 2\n", "0 0\n", "line 5", "needs 3 columns"),
        ("\n1\n2", "\n0\n2", "line 2", "the scale '0'"),
        ("Li S", "Li Zz", "line 6", "'Zz' is not an element"),
        ("Li S\n", "", "line 6", "VASP 4"),
        ("1 1\n", "1\n", "line 7", "2 elements need"),
        ("Direct", "Fractional", "line 8", "neither 'Direct' nor 'Cartesian'"),
        ("0.5 0.5 0.5", "0.5 nan 0.5", "line 10", "'nan' is not a finite number"),
        ("0.5 0.5 0.5\n", "", "line 10", "the file ends where the position of atom 2 of 2 should be"),
        ("Direct", "Selective\nDirect", "line 10", "three of T or F"),
        ("0.5 0.5 0.5\n", "0.5 0.5 0.5\n0 0 0\n", "line 11", "expected the end of the file"),
        ("0.5 0.5 0.5\n", "0.5 0.5 0.5\n\n0 0 0\n", "line 13", "the velocity of atom 2"),
    ]

    @Test(arguments: broken.indices) func brokenFilesAreRefused(_ index: Int) throws {
        let example = Self.broken[index]
        let text = Self.good.replacing(example.from, with: example.to, maxReplacements: 1)
        #expect(text != Self.good)
        let error = try #require(inputError { _ = try POSCAR(text, file: "POSCAR") })
        #expect(error.file == "POSCAR" && error.place == example.place)
        #expect(error.problem.contains(example.problem), "\(error)")
    }

    @Test func clustersAreRefused() throws {
        var structure = try Structure.random(seed: 1)
        structure.isPeriodic = false
        #expect(throws: InputError.self) { try POSCAR(comment: "", structure: structure).text() }
    }
}
