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
        guard countLine.words.count == 1, let count = Int(countLine.words[0]), count >= 0 else {
            throw countLine.error("expected the number of atoms, found '\(countLine.text)'")
        }
        let comment = try lines.read("the comment line")
        var information = try KeyValues.parse(comment)
        let columns = try Columns(information["Properties"] ?? "species:S:1:pos:R:3", line: comment)
        let (cell, isPeriodic) = try cell(information, comment)

        var species: [Species] = []
        var positions: [SIMD3<Double>] = []
        var velocities: [SIMD3<Double>] = []
        var forces: [SIMD3<Double>] = []
        for atom in 0..<count {
            let line = try lines.read("atom \(atom + 1) of \(count)")
            let words = line.words
            guard words.count == columns.total else {
                throw line.error("expected \(columns.total) columns, found \(words.count): '\(line.text)'")
            }
            species.append(try line.species(words[columns.species]))
            positions.append(try line.vector(words, from: columns.position, "the position of atom \(atom + 1)"))
            if let column = columns.velocity { velocities.append(try line.vector(words, from: column, "the velocity")) }
            if let column = columns.force { forces.append(try line.vector(words, from: column, "the force")) }
        }
        let structure = Structure(
            cell: cell, species: species, positions: positions,
            velocities: columns.velocity == nil ? nil : velocities, isPeriodic: isPeriodic)
        let energy = try information["energy"].map { try comment.number($0, "energy") }
        let virial = try virial(information, cell, comment)
        for key in reserved { information[key] = nil }
        return Frame(
            structure: structure, energy: energy, forces: columns.force == nil ? nil : forces, virial: virial,
            information: information)
    }

    private static func cell(_ information: [String: String], _ line: TextLine) throws -> (Cell, isPeriodic: Bool) {
        let lattice = try information["Lattice"].map { try numbers($0, "Lattice", [9], line) }
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
            let edge = LabelledSystem.referenceEdge
            return (try Cell(a: edge, b: edge, c: edge), false)
        }
        return (try line.cell(Matrix3(rowMajor: lattice)), isPeriodic)
    }

    private static func virial(_ information: [String: String], _ cell: Cell, _ line: TextLine) throws -> Matrix3? {
        func tensor(_ key: String) throws -> Matrix3? {
            guard let text = information[key] else { return nil }
            let v = try numbers(text, key, [9, 6], line)
            if v.count == 6 { return Matrix3(rowMajor: [v[0], v[5], v[4], v[5], v[1], v[3], v[4], v[3], v[2]]) }
            // Nine numbers in a row are by columns, nested brackets by rows.
            let matrix = Matrix3(rowMajor: v)
            return text.contains("[") ? matrix : matrix.transpose
        }
        if let virial = try tensor("virial") { return virial }
        return try tensor("stress").map { -cell.volume * $0 }
    }

    private static func numbers(_ text: String, _ key: String, _ counts: [Int], _ line: TextLine) throws -> [Double] {
        let words = text.split { " ,\t[]".contains($0) }
        guard counts.contains(words.count) else {
            throw line.error(
                "\(key) needs \(counts.map(String.init).joined(separator: " or ")) numbers, found '\(text)'")
        }
        return try words.map { try line.number($0, key) }
    }

    /// Where in a row of the table each property is.
    private struct Columns {
        var species = 0
        var position = 0
        var velocity: Int?
        var force: Int?
        var total = 0

        init(_ properties: String, line: TextLine) throws {
            let parts = properties.split(separator: ":")
            var hasSpecies = false
            var hasPosition = false
            guard parts.count % 3 == 0 else { throw line.error("Properties=\(properties) is not name:type:columns") }
            for k in stride(from: 0, to: parts.count, by: 3) {
                guard let width = Int(parts[k + 2]), width > 0, width < 1000 else {
                    throw line.error("Properties: '\(parts[k + 2])' is not a number of columns")
                }
                switch (parts[k], width) {
                case ("species", 1): (species, hasSpecies) = (total, true)
                case ("pos", 3): (position, hasPosition) = (total, true)
                case ("velo", 3), ("velocities", 3): velocity = total
                case ("force", 3), ("forces", 3): force = total
                default: break
                }
                total += width
            }
            guard hasSpecies, hasPosition else {
                throw line.error("Properties=\(properties) lacks species:S:1 or pos:R:3")
            }
        }
    }
}
