import Files

extension ExtendedXYZ {
    /// Every frame of the file at `path`.
    ///
    /// - Throws: `InputError` naming the line.
    public static func read(_ path: String) throws -> [Frame] {
        try frames(InputFile.text(at: path), file: path)
    }

    /// Every frame of `text`; `file` is for messages.
    public static func frames(_ text: String, file: String) throws -> [Frame] {
        var lines = TextLines(text, file: file)
        var frames: [Frame] = []
        while let line = lines.peek {
            // Blank lines at the end are common; within a frame they are an error.
            if line.isBlank, !frames.isEmpty {
                lines.skip()
            } else {
                frames.append(try readFrame(&lines))
            }
        }
        guard !frames.isEmpty else { throw InputError(file: file, problem: "the file holds no frames") }
        return frames
    }

    private static func readFrame(_ lines: inout TextLines) throws -> Frame {
        let countLine = try lines.read("the number of atoms")
        guard countLine.words.count == 1, let count = Count.exactly(countLine.words[0]) else {
            throw countLine.error("expected the number of atoms, found '\(countLine.text)'")
        }
        let comment = try lines.read("the comment line")
        var (information, energy) = try ExtendedXYZComment.information(comment)
        let columns = try ExtendedXYZColumns(information["Properties"] ?? "species:S:1:pos:R:3", line: comment)
        let (cell, isPeriodic) = try cell(information, comment)
        let hasCell = information["Lattice"] != nil
        let labels = try ExtendedXYZLabels(&information, cell: cell, comment)
        energy = labels.energy ?? energy

        var atoms: [[Substring]] = []
        var rows: [TextLine] = []
        for atom in 0..<count {
            let line = try lines.read("atom \(atom + 1) of \(count)")
            let words = line.words
            guard words.count == columns.total else {
                throw line.error("expected \(columns.total) columns, found \(words.count): '\(line.text)'")
            }
            atoms.append(words)
            rows.append(line)
        }
        let order = try order(atoms, rows, columns)
        func vectors(_ column: Int?, _ what: String) throws -> [SIMD3<Double>]? {
            guard let column else { return nil }
            return try order.map { try rows[$0].vector(atoms[$0], from: column, what) }
        }
        let structure = try Structure(
            cell: cell, species: try order.map { try rows[$0].species(atoms[$0][columns.species]) },
            positions: try vectors(columns.position, "the position") ?? [],
            velocities: try vectors(columns.velocity, "the velocity"), isPeriodic: isPeriodic
        ).finite(file: lines.file, place: "the frame at line \(countLine.number)")
        for key in reserved { information[key] = nil }
        return Frame(
            structure: structure, energy: energy, forces: try vectors(columns.force, "the force"),
            virial: labels.virial, information: information,
            columns: columns.others.map { name, kind, start, width in
                Column(
                    name: name, kind: kind, width: width,
                    words: order.flatMap { atoms[$0][start..<start + width].map(String.init) })
            }, hasCell: hasCell)
    }

    /// The rows sorted by their ids, when they have any: LAMMPS writes atoms in an order that changes.
    private static func order(
        _ atoms: [[Substring]], _ rows: [TextLine], _ columns: ExtendedXYZColumns
    ) throws -> [Int] {
        guard let column = columns.id else { return Array(atoms.indices) }
        let ids = try atoms.indices.map { try rows[$0].integer(atoms[$0][column], "the id") }
        let order = atoms.indices.sorted { ids[$0] < ids[$1] }
        for (first, second) in zip(order, order.dropFirst()) where ids[first] == ids[second] {
            throw rows[second].error("the id \(ids[second]) is given twice")
        }
        return order
    }

    private static func cell(_ information: [String: String], _ line: TextLine) throws -> (Cell, isPeriodic: Bool) {
        let lattice = try information["Lattice"].map { try ExtendedXYZLabels.numbers($0, "Lattice", [9], line) }
        var isPeriodic = lattice != nil
        if let pbc = information["pbc"] {
            let flags = pbc.split { " ,[]".contains($0) }.map { $0.first! }
            guard flags.count == 3, Set(flags).count == 1, "TtFf10".contains(flags[0]) else {
                throw line.error(
                    "pbc=\"\(pbc)\" is neither \"T T T\" nor \"F F F\"",
                    mend: "systems periodic along some axes only are not supported")
            }
            isPeriodic = "Tt1".contains(flags[0])
        }
        guard let lattice else {
            guard !isPeriodic else { throw line.error("pbc is T but there is no Lattice") }
            return (.reference, false)
        }
        return (try line.cell(Matrix3(rowMajor: lattice)), isPeriodic)
    }
}
