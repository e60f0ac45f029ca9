import Files
import Foundation
import Testing

@testable import Structures

/// Inputs that public bug reports of this field describe; what is right was found with ASE, dpdata or by hand.
@Suite struct ReportedCasesTests {
    private func content(
        _ name: String, frame: Int? = nil, types: [Species]? = nil
    ) throws -> (StructureFile.Content, [String]) {
        var remarks: [String] = []
        let content = try StructureFile.content(of: Fixture.path(name), frame: frame, types: types) {
            remarks.append($0)
        }
        return (content, remarks)
    }

    /// pymatgen #1104: labels in capitals.
    @Test func labelsInCapitals() throws {
        let (content, _) = try content("01-upper-label.cif")
        #expect(content.frame.structure.species == [.tin, .silicon, .sulfur, .phosphorus])
    }

    /// cifplayer #2: Fm-3m by number only; rock salt has four of each.
    @Test func spaceGroupByNumber() throws {
        let species = try content("02-number-only.cif").0.frame.structure.species
        #expect(species.count == 8 && species.count { $0 == .lithium } == 4)
        let text = try InputFile.text(at: Fixture.path("02-number-only.cif"))
        for (line, problem) in [
            ("", "neither a space group nor"), ("_symmetry_space_group_name_H-M ?", "neither a space group nor"),
            ("_symmetry_Int_Tables_number 227", "two choices of the origin, and the file does not tell which"),
            ("_symmetry_Int_Tables_number 231", "'231' is no number of a space group"),
            ("_symmetry_space_group_name_H-M 'F d -3 m'", "do not tell them"),
            ("_symmetry_Int_Tables_number 166", "the standard setting"),
        ] {
            let other = text.replacing("_symmetry_Int_Tables_number 225", with: line)
            #expect(inputError { _ = try CIF(other, file: "x") }?.problem.contains(problem) == true, "\(line)")
        }
        let named = text.replacing("_symmetry_Int_Tables_number 225", with: "_symmetry_space_group_name_H-M 'F m -3 m'")
        #expect(try CIF(named, file: "x").expanded.sites.count == 8)
    }

    /// Orders of the groups: point group times lattice centring (International Tables A).
    @Test(arguments: [(1, 1), (2, 2), (14, 4), (62, 8), (105, 8), (166, 36), (225, 192), (230, 96)])
    func groupsHaveTheirOrder(_ number: Int, _ order: Int) throws {
        let entry = try #require(SpaceGroupTable.entries.first { $0.number == number })
        #expect(SpaceGroup.group(entry.generators).count == order)
    }

    @Test func everyGroupOfTheTableIsOne() {
        // 230 without the 24 that have two origins.
        #expect(SpaceGroupTable.entries.count == 206)
        for entry in SpaceGroupTable.entries {
            let order = SpaceGroup.group(entry.generators).count
            #expect(192 % order == 0 || order == 36 || order == 18 || order == 9, "\(entry.number): \(order)")
        }
    }

    /// gemmi #355, pymatgen #1179: a site listed twice, by symmetry.
    @Test func aSiteListedTwice() throws {
        let error = inputError { _ = try content("03-duplicate-sites.cif") }
        #expect(error?.place == "line 21" && error?.problem.contains("S1 is occupied 2.0 times") == true, "\(error!)")
    }

    @Test func aSharedSiteIsNamedInNumbers() throws {
        let error = inputError { _ = try content("13-partial-mirror.cif") }
        #expect(error?.problem == "the site Ge1 at 0.1 0.2 0.3 is disordered: Ge 0.5, P 0.5", "\(error!)")
    }

    /// pymatgen #230: distances between atoms, and the sense of a screw, stay the same.
    @Test(arguments: ["cif", "data", "xyz", "vasp"]) func leftHandedCellsKeepTheirCrystal(_ kind: String) throws {
        let start = try content("07-left-handed.vasp").0.frame.structure
        #expect(start.cell.vectors.determinant < 0)
        try withTemporaryFolder { folder in
            try StructureFile.write(start, to: "\(folder)/a.\(kind)")
            let read = try StructureFile.read("\(folder)/a.\(kind)")
            #expect(abs(read.chirality - start.chirality) < 1e-6, "\(read.chirality) \(start.chirality)")
        }
    }

    /// pymatgen #3008.
    @Test(arguments: ["08-selective.vasp", "10c-indented-selective.vasp"]) func selectiveDynamics(_ name: String) throws
    {
        let (content, _) = try content(name)
        let flags = try #require(content.selectiveDynamics)
        #expect(flags.map(\.a) == [true, false])
        try withTemporaryFolder { folder in
            var remarks: [String] = []
            try StructureFile.write(content, to: "\(folder)/POSCAR") { remarks.append($0) }
            #expect(try POSCAR(contentsOf: "\(folder)/POSCAR").selectiveDynamics == flags && remarks.isEmpty)
            try StructureFile.write(content, to: "\(folder)/a.cif") { remarks.append($0) }
            #expect(remarks.count == 1 && remarks[0].contains("selective dynamics"))
        }
    }

    /// MDANSE #1198, lammps #1671: `units real` has Å/fs.
    @Test func unitsOfVelocities() throws {
        let (content, remarks) = try content("11-real.data")
        let velocity = try #require(content.frame.structure.velocities?[0])
        #expect((velocity - SIMD3(1, 2, -3)).norm < 1e-12 && remarks.isEmpty)
        let text = try InputFile.text(at: Fixture.path("11-real.data"))
        var notes: [String] = []
        let silent = text.replacing(", units = real", with: "")
        let metal = try LAMMPSData.structure(silent, file: "x") { notes.append($0) }
        #expect(metal.velocities![0].x == 0.001 && notes.count == 1)
        #expect(try LAMMPSData.structure(silent, file: "x", units: .real).velocities![0].x == 1)
        #expect(throws: InputError.self) { try LAMMPSData.structure(text, file: "x", units: .metal) }
        #expect(throws: InputError.self) {
            try LAMMPSData.structure(text.replacing("= real", with: "= electron"), file: "x")
        }
    }

    /// dpdata #973: stress is −Ξ/V.
    @Test func labelsSurvive() throws {
        let (content, _) = try content("12-labelled.extxyz")
        #expect(content.frame.energy == -7.5 && content.frame.forces?[0] == SIMD3(0.1, 0.2, 0.3))
        #expect(abs(content.frame.virial![0].x - -0.01 * 216) < 1e-12)
        try withTemporaryFolder { folder in
            var remarks: [String] = []
            try StructureFile.write(content, to: "\(folder)/a.extxyz") { remarks.append($0) }
            #expect(try ExtendedXYZ.read("\(folder)/a.extxyz") == [content.frame] && remarks.isEmpty)
            try StructureFile.write(content, to: "\(folder)/a.vasp") { remarks.append($0) }
            #expect(remarks == ["\(folder)/a.vasp: the format has no place for the energy, the forces, the stress"])
        }
        let reference = try InputFile.text(at: Fixture.path("12-labelled.extxyz"))
            .replacing("forces", with: "REF_forces").replacing("energy", with: "REF_energy")
            .replacing("stress", with: "REF_stress")
        #expect(try ExtendedXYZ.frames(reference, file: "x") == [content.frame])
        let both = try ExtendedXYZ.frames(
            reference.replacing("REF_energy=-7.5", with: "REF_energy=-7.5 energy=-1"), file: "x")
        #expect(both[0].energy == -1 && both[0].information == ["REF_energy": "-7.5"])
    }

    /// deepmd/npy on the way to extended XYZ, and its optional files: deepmd-kit reads data without type_map.raw and without energy.npy.
    @Test func optionalFilesOfDeepmd() throws {
        let path = Fixture.path("66-no-energy")
        #expect(inputError { _ = try LabelledSystem.load(path: path) }?.file == "\(path)/set.000/energy.npy")
        let system = try LabelledSystem.load(path: path, needing: .someLabels)
        #expect(system.energies.isEmpty && !system.forces.isEmpty && system.virials != nil)
        let (content, remarks) = try content("66-no-energy", frame: 0)
        #expect(content.frame.energy == nil && content.frame.forces != nil)
        #expect(remarks == ["\(path): there is no energy.npy"])

        let untyped = Fixture.path("64-no-type-map")
        #expect(inputError { _ = try LabelledSystem.load(path: untyped) }?.file == "\(untyped)/type_map.raw")
        let named = try LabelledSystem.load(path: untyped, types: [.lithium, .germanium, .phosphorus, .sulfur])
        #expect(named.typeMap == ["Li", "Ge", "P", "S"] && named.frameCount > 0)
    }

    /// LAMMPS's `dump extxyz`: velocities in `vel`.
    @Test func columnVel() throws {
        let frame = try content("24b-lammps-vel.extxyz").0.frame
        #expect(frame.structure.velocities?[0] == SIMD3(-1.934, -2.416, 0.945))
        #expect(frame.information["Time"] == "0.000000" && frame.information["Potential_energy"] == "-80.0")
    }

    /// cp2k #721: the comment of CP2K's trajectories.
    @Test func commentOfCP2K() throws {
        let frames = try ExtendedXYZ.read(Fixture.path("23-cp2k-pos-1.xyz"))
        #expect(frames[0].information["time_unit"] == "fs" && frames[0].information["time"] == "0.000")
        #expect(abs(frames[0].energy! - -80 * 27.211386245988) < 1e-9)
        #expect(!frames[0].hasCell && !frames[0].text.contains("Lattice"))
        let odd = try ExtendedXYZ.frames("1\nwater = good, isn't it\nLi 0 0 0\n", file: "x")
        #expect(odd[0].information["comment"] == "water = good, isn't it")
    }

    /// Atoms in an order that changes, with ids.
    @Test func atomsAreSortedById() throws {
        let text = "3\nLattice=\"9 0 0 0 9 0 0 0 9\" Properties=id:I:1:species:S:1:pos:R:3\n"
        let frames = try ExtendedXYZ.frames(text + "7 S 3 3 3\n2 Li 1 1 1\n5 P 2 2 2\n", file: "x")
        #expect(frames[0].structure.species == [.lithium, .phosphorus, .sulfur])
        #expect(frames[0].structure.positions[1] == SIMD3(2, 2, 2))
        let error = inputError { _ = try ExtendedXYZ.frames(text + "7 S 3 3 3\n2 Li 1 1 1\n7 P 2 2 2\n", file: "x") }
        #expect(error?.problem == "the id 7 is given twice")
    }

    @Test(arguments: [
        ("POSCAR.natoms", "only 2 lines follow"), ("image.data", "the position (Å) is"),
        ("inf.cif", "is not a symmetry operation"), ("ntypes.data", "are announced"),
        ("framehash.extxyz", "the position (Å) is"),
    ])
    func damagedNumbersAreRefused(_ name: String, _ problem: String) throws {
        let error = inputError { _ = try content(name) }
        #expect(error?.problem.contains(problem) == true, "\(String(describing: error))")
        #expect(error?.file == Fixture.path(name))
    }

    @Test func textInLatin1() throws {
        try withTemporaryFolder { folder in
            let text = "K\u{e4}fig, \u{c5}\n1\n6 0 0\n0 6 0\n0 0 6\nLi\n1\nDirect\n0 0 0\n"
            try AtomicFile.write(text.data(using: .isoLatin1)!, to: "\(folder)/POSCAR")
            #expect(try POSCAR(contentsOf: "\(folder)/POSCAR").comment == "K\u{e4}fig, \u{c5}")
        }
    }
}

extension Structure {
    /// Volume of the tetrahedron of the first four atoms, next images taken: its sign tells a crystal from its mirror image.
    fileprivate var chirality: Double {
        func from(_ atom: Int) -> SIMD3<Double> {
            let s = cell.fractional(positions[atom] - positions[0])
            return cell.cartesian(s - s.rounded(.toNearestOrEven))
        }
        return from(1).cross(from(2)).dot(from(3))
    }
}
