import Files
import Testing

@testable import Structures

@Suite struct ExtendedXYZTests {
    @Test func roundTripsExactly() throws {
        let periodic = try Structure.random(seed: 1)
        var cluster = try Structure.random(seed: 2, withVelocities: false)
        cluster.isPeriodic = false
        let frames = [
            ExtendedXYZ.Frame(
                structure: periodic, energy: -217.123456789012345, forces: periodic.velocities,
                virial: Matrix3(rowMajor: (0..<9).map { 1 / Double($0 + 3) }),
                information: ["config_type": "a \"quoted\" = name \\ {x}", "step": "12", "flag": "T", "empty": ""]),
            ExtendedXYZ.Frame(structure: cluster),
        ]
        try withTemporaryFolder { folder in
            try ExtendedXYZ.write(frames, to: "\(folder)/x.xyz")
            #expect(try ExtendedXYZ.read("\(folder)/x.xyz") == frames)
        }
    }

    @Test func readsOtherWritersFiles() throws {
        // As ASE, dpdata and QUIP write: other orders of keys, other columns, Voigt stress, nested brackets.
        let text = """
            2
            pbc="T T T" energy=-1.5e1 Lattice="2.0 0 0 0 3.0 0 0 0 4.0" Properties=id:I:1:species:S:1:force:R:3:pos:R:3 stress="1 2 3 4 5 6" free_energy=-15.1
            1 Li 0.1 0.2 0.3 1.0 1.0 1.0
            2 S -0.1 -0.2 -0.3 0.0 0.0 0.0
            1
            Lattice="2.0 0 0 0 3.0 0 0 0 4.0" virial=[[1, 2, 3], [4, 5, 6], [7, 8, 9]] is_good name='it is'
            P 0 0 0

            """
        let frames = try ExtendedXYZ.frames(text, file: "x")
        #expect(frames.count == 2)
        #expect(frames[0].energy == -15 && frames[0].information == ["free_energy": "-15.1"])
        #expect(frames[0].forces?[1] == SIMD3(-0.1, -0.2, -0.3) && frames[0].structure.positions[0] == SIMD3(1, 1, 1))
        #expect(frames[0].virial == -24 * Matrix3(SIMD3(1, 6, 5), SIMD3(6, 2, 4), SIMD3(5, 4, 3)))
        #expect(frames[1].virial == Matrix3(SIMD3(1, 2, 3), SIMD3(4, 5, 6), SIMD3(7, 8, 9)))
        let flat = try ExtendedXYZ.frames(
            text.replacing("[[1, 2, 3], [4, 5, 6], [7, 8, 9]]", with: "\"1 4 7 2 5 8 3 6 9\""), file: "x")
        #expect(flat[1].virial == frames[1].virial)
        #expect(frames[1].information == ["is_good": "T", "name": "it is"] && frames[1].structure.isPeriodic)
    }

    @Test func plainXYZIsAFreeStructure() throws {
        let frame = try ExtendedXYZ.frames("1\n\nLi 0 0 1\n", file: "x")[0]
        #expect(!frame.structure.isPeriodic && frame.structure.species == [.lithium])
    }

    static let good = """
        2
        Lattice="2 0 0 0 2 0 0 0 2" Properties=species:S:1:pos:R:3:forces:R:3 energy=-1 virial="1 0 0 0 1 0 0 0 1" pbc="T T T"
        Li 0 0 0 0 0 0
        S 1 1 1 0 0 0

        """
    static let broken: [(from: String, to: String, place: String, problem: String)] = [
        ("2\n", "two\n", "line 1", "expected the number of atoms"),
        ("2\n", "3\n", "line 5", "the file ends where atom 3 of 3 should be"),
        ("S 1 1 1 0 0 0\n", "S 1 1 1 0 0\n", "line 4", "expected 7 columns, found 6"),
        ("S 1 1 1 0 0 0\n", "S 1 1 nan 0 0 0\n", "line 4", "'nan' is not a finite number"),
        ("S 1 1 1 0 0 0\n", "Sx 1 1 1 0 0 0\n", "line 4", "'Sx' is not an element"),
        ("energy=-1", "energy=nan", "line 2", "energy: 'nan'"),
        ("0 0 0 2\"", "0 0 2\"", "line 2", "Lattice needs 9 numbers"),
        ("0 0 0 2\"", "0 0 0 0\"", "line 2", "singular"),
        ("0 0 0 2\"", "0 0 0 2", "line 2", "found '2 0 0 0 2 0 0 0 2 Properties="),
        ("1\" pbc", "1 pbc", "line 2", "virial needs 9 or 6 numbers"),
        ("T T T", "T T F", "line 2", "neither"),
        ("T T T\"", "T T T", "line 2", "is not closed"),
        ("pos:R:3:", "", "line 2", "lacks species:S:1 or pos:R:3"),
        (":forces:R:3", ":forces:R", "line 2", "is not name:type:columns"),
        (":forces:R:3", ":forces:R:x", "line 2", "'x' is not a number of columns"),
        ("energy=-1", "=-1", "line 2", "a key is missing"),
    ]

    @Test(arguments: broken.indices) func brokenFilesAreRefused(_ index: Int) throws {
        let example = Self.broken[index]
        let text = Self.good.replacing(example.from, with: example.to, maxReplacements: 1)
        #expect(text != Self.good)
        let error = try #require(inputError { _ = try ExtendedXYZ.frames(text, file: "a.xyz") })
        #expect(error.file == "a.xyz" && error.place == example.place, "\(error)")
        #expect(error.problem.contains(example.problem), "\(error)")
    }

    @Test func emptyFileIsRefused() {
        #expect(throws: InputError.self) { try ExtendedXYZ.frames("", file: "x") }
    }
}
