import Testing

@testable import Structures

@Suite struct CIFTests {
    @Test func orderedStructuresRoundTrip() throws {
        // A cell with a along x and b in the xy plane keeps its orientation.
        let structure = try Structure.random(
            seed: 5, withVelocities: false,
            vectors: Cell(a: 6.1, b: 7.3, c: 8.9, alpha: 92.5, beta: 101, gamma: 77).vectors)
        let cif = CIF(name: "two words", comment: "A remark\nof two lines", structure)
        let read = try CIF(cif.text, file: "x")
        #expect(read.name == "two_words" && read.comment == cif.comment && read.spaceGroup == "P 1")
        #expect(read.asymmetricUnit.sites == cif.asymmetricUnit.sites)
        let again = try read.expanded.ordered()
        #expect(again.species == structure.species)
        for (new, old) in zip(again.fractionalPositions, structure.fractionalPositions) {
            let wrapped = old - old.rounded(.down)
            #expect((new - wrapped).norm < 1e-13)
        }
        // Lengths are exact; angles pass through acos and cos.
        #expect((again.cell.lengths - structure.cell.lengths).norm < 1e-13)
        #expect((0..<3).allSatisfy { (again.cell.vectors[$0] - structure.cell.vectors[$0]).norm < 1e-12 })
    }

    @Test func rightAnglesAreExact() throws {
        let cell = try Cell(a: 8.69407, b: 8.69407, c: 12.5994)
        let cif = CIF(name: "x", Structure(cell: cell, species: [.lithium], positions: [.zero]))
        #expect(try CIF(cif.text, file: "x").asymmetricUnit.cell == cell)
    }

    @Test func disorderedStructuresRoundTrip() throws {
        let cif = try CIF(contentsOf: ReferenceData.path("structures/kamaya-2011.cif"))
        #expect(try CIF(cif.text, file: "x") == cif)
        #expect(cif.asymmetricUnit.sites.count == 8)
    }

    /// Multiplicities are the Wyckoff letters' of P4_2/nmc; the composition is that of the refinement.
    @Test func kamayasCellIsExpanded() throws {
        let cif = try CIF(contentsOf: ReferenceData.path("structures/kamaya-2011.cif"))
        let expanded = cif.expanded
        #expect(cif.comment.contains("Nat. Mater. 10, 682 (2011)"))
        for site in cif.asymmetricUnit.sites {
            let multiplicity = Int(site.label.split(separator: "_")[1].dropLast())
            #expect(expanded.sites(labelled: site.label).count == multiplicity, "\(site.label)")
        }
        let composition = expanded.composition
        let lithium: Double = 16 * 0.691 + 4 + 8 * 0.643
        #expect(abs(composition[.lithium]! - lithium) < 1e-12)
        #expect(abs(composition[.germanium]! - 2.06) < 1e-12 && abs(composition[.phosphorus]! - 3.94) < 1e-12)
        #expect(composition[.sulfur] == 24)
        let shared = expanded.sites[expanded.sites(labelled: "Ge1_4d")[0]]
        #expect(shared.occupants.map(\.species) == [.germanium, .phosphorus] && abs(shared.occupancy - 1) < 1e-12)
        let error = inputError { _ = try expanded.ordered() }
        #expect(error?.problem.contains("the site Li1_16h") == true)
    }

    /// Each operation times each other is one of them: a wrong sign in the list would show.
    @Test func operationsOfKamayasCellAreAGroup() throws {
        let cif = try CIF(contentsOf: ReferenceData.path("structures/kamaya-2011.cif"))
        try expectGroup(cif.operations, order: 16)
        try expectGroup(LGPSPrototype.cif.operations, order: 8)
    }

    private func expectGroup(_ operations: [SymmetryOperation], order: Int) throws {
        #expect(operations.count == order)
        let probe = SIMD3(0.1234, 0.2718, 0.3141)
        func isSame(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Bool {
            let d = a - b
            return (d - d.rounded(.toNearestOrEven)).norm < 1e-9
        }
        let images = operations.map { $0(probe) }
        for first in operations {
            for second in operations {
                let product = first(second(probe))
                #expect(images.count { isSame($0, product) } == 1)
            }
        }
    }

    @Test(arguments: ["x,y,z", "-y+1/2,x+1/2,z+1/2", "y,x,-z", "x-y,-y,-z+1/3", "-x,-y,z+3/4"])
    func operationsRoundTrip(_ text: String) throws {
        #expect(try #require(SymmetryOperation(text)).text == text)
    }

    @Test func operationsAreParsedInEveryStyle() throws {
        let operation = try #require(SymmetryOperation(" 1/2 + X, -y+0.25 ,Z-1/3"))
        let image = operation(SIMD3(0.1, 0.2, 0.3)) - SIMD3(0.6, 0.05, 0.3 + 2.0 / 3)
        #expect(image.norm < 1e-15)
        for wrong in ["", "x,y", "x,y,z,x", "x,y,w", "x,y,y", "x,y,z/0", "x,y,z+1/0", "x,,z", "xy,y,z"] {
            #expect(SymmetryOperation(wrong) == nil, "\(wrong)")
        }
    }

    @Test func readsOtherWritersFiles() throws {
        let text = """
            # a comment
            data_test
            _publ_section_title
            ;
            A title of _two words, loop_ and data_ within it
            ;
            _symmetry_space_group_name_H-M   'P -1'
            _cell_length_a   4.000(2)
            _cell_length_b   5.0
            _cell_length_c   6.
            _cell_angle_alpha 90 _cell_angle_beta 90 # remark
            _cell_angle_gamma 90.0(1)
            loop_
            _symmetry_equiv_pos_site_id
            _symmetry_equiv_pos_as_xyz
            1 'x, y, z'
            2 '-x, -y, -z'
            loop_
            _atom_site_type_symbol
            _atom_site_label
            _atom_site_occupancy
            _atom_site_fract_x
            _atom_site_fract_y
            _atom_site_fract_z
            Li1+ "Li 1's" 1.0 0.1 0.2 0.3(1)
            S2-  S1 . 0.5 0 0.9999

            data_second
            _cell_length_a 1
            """
        let cif = try CIF(text, file: "x")
        #expect(cif.name == "test" && cif.spaceGroup == "P -1" && cif.asymmetricUnit.cell.lengths == SIMD3(4, 5, 6))
        #expect(cif.asymmetricUnit.sites.map(\.label) == ["Li 1's", "S1"])
        // Sulphur is within 0.05 Å of its own image and counts once.
        #expect(try cif.expanded.ordered().species == [.lithium, .lithium, .sulfur])
    }

    static let good = """
        data_x
        _cell_length_a 4
        _cell_length_b 5
        _cell_length_c 6
        _cell_angle_alpha 90
        _cell_angle_beta 90
        _cell_angle_gamma 90
        loop_
        _space_group_symop_operation_xyz
        'x,y,z'
        loop_
        _atom_site_label
        _atom_site_fract_x
        _atom_site_fract_y
        _atom_site_fract_z
        _atom_site_occupancy
        Li1 0 0 0 1
        S1 0.5 0.5 0.5 0.6
        P1 0.5 0.5 0.5 0.4

        """
    static let broken: [(from: String, to: String, place: String?, problem: String)] = [
        ("data_x\n", "", nil, "not a CIF"),
        ("data_x\n", "data_x\nstray\n", "line 2", "'stray' is not expected here"),
        ("_cell_length_b 5\n", "", nil, "_cell_length_b is missing"),
        ("_cell_length_b 5", "_cell_length_b ?", "line 3", "'?' is not a finite number"),
        ("_cell_length_b 5", "_cell_length_b", "line 3", "_cell_length_b has no value"),
        ("_cell_length_b 5", "_cell_length_b 0", nil, "singular"),
        ("_cell_angle_beta 90", "_cell_angle_beta 190", nil, "singular or impossible"),
        (
            "loop_\n_space_group_symop_operation_xyz\n'x,y,z'\n", "_space_group_name_H-M_alt 'P 42/n m c'\n", nil,
            "not listed"
        ),
        ("'x,y,z'", "'x,y,w'", "line 10", "'x,y,w' is not a symmetry operation"),
        ("'x,y,z'", "'x,y,z", "line 10", "a quotation mark is not closed"),
        ("Li1 0 0 0 1", "Qq1 0 0 0 1", "line 17", "'Qq1' is not an element"),
        ("Li1 0 0 0 1", "Li1 0 nan 0 1", "line 17", "'nan' is not a finite number"),
        ("Li1 0 0 0 1", "Li1 0 0 0", "line 11", "the loop has 5 columns but 14 values"),
        ("Li1 0 0 0 1", "Li1 0 0 0 1.5", "line 17", "occupancy 1.5"),
        ("0.5 0.4", "0.5 0.9", "line 19", "occupied 1.5 times"),
        ("_atom_site_fract_z", "_atom_site_z", nil, "_atom_site_fract_z is missing"),
        ("data_x\n", "data_x\n_title\n;\nnever closed\n", "line 23", "the end of the text field of line 3"),
    ]

    @Test(arguments: broken.indices) func brokenFilesAreRefused(_ index: Int) throws {
        let example = Self.broken[index]
        let text = Self.good.replacing(example.from, with: example.to, maxReplacements: 1)
        #expect(text != Self.good)
        #expect(throws: Never.self) { try CIF(Self.good, file: "x") }
        let error = try #require(inputError { _ = try CIF(text, file: "x.cif") })
        #expect(error.file == "x.cif" && error.place == example.place, "\(error)")
        #expect(error.problem.contains(example.problem), "\(error)")
    }
}
