import Files

/// The head of a LAMMPS data file: counts and the box.
struct LAMMPSDataHeader {
    var atomCount = 0
    var typeCount = 0
    let cell: Cell

    /// Reads up to the first section.
    init(_ lines: inout TextLines) throws {
        var low = SIMD3<Double>(repeating: -0.5)
        var high = SIMD3<Double>(repeating: 0.5)
        var tilt = SIMD3<Double>.zero
        var boxLine: TextLine?
        while let line = lines.peekUncommented() {
            let words = line.uncommented.split(separator: " ")
            guard words[0].first.map({ $0.isNumber || "+-.".contains($0) }) ?? false else { break }
            lines.skip()
            switch words.drop(while: { Double($0) != nil }).joined(separator: " ") {
            case "atoms": atomCount = try Self.count(line, words)
            case "atom types": typeCount = try Self.count(line, words)
            case "xlo xhi": (low.x, high.x) = try Self.bounds(line, words)
            case "ylo yhi": (low.y, high.y) = try Self.bounds(line, words)
            case "zlo zhi":
                (low.z, high.z) = try Self.bounds(line, words)
                boxLine = line
            case "xy xz yz":
                tilt = try line.vector(words, "the tilt")
            case "bonds", "angles", "dihedrals", "impropers", "bond types", "angle types", "dihedral types",
                "improper types":
                guard words[0] == "0" else { throw line.error("'\(line.text)': only atoms are supported") }
            default: throw line.error("'\(line.text)' is not understood", mend: "write the file with atom_style atomic")
            }
        }
        guard let boxLine else {
            throw InputError(file: lines.file, problem: "the header has no box (xlo xhi, ylo yhi, zlo zhi)")
        }
        guard atomCount > 0, typeCount > 0 else {
            throw InputError(file: lines.file, problem: "the header has no numbers of atoms and atom types")
        }
        let size = high - low
        cell = try boxLine.cell(
            Matrix3(SIMD3(size.x, 0, 0), SIMD3(tilt.x, size.y, 0), SIMD3(tilt.y, tilt.z, size.z)))
    }

    private static func count(_ line: TextLine, _ words: [Substring]) throws -> Int {
        guard let value = Count.exactly(words[0], in: 1...Count.largest) else {
            throw line.error("'\(line.text)': the number is out of range")
        }
        return value
    }

    private static func bounds(_ line: TextLine, _ words: [Substring]) throws -> (Double, Double) {
        let low = try line.number(words[0], "the lower bound")
        let high = try line.number(words[1], "the upper bound")
        guard low < high else { throw line.error("the bounds '\(line.text)' enclose nothing") }
        return (low, high)
    }
}

extension TextLine {
    /// What stands before `#`, blanks trimmed and tabs made blanks.
    var uncommented: String {
        text.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    }

    /// What stands after `#`, blanks trimmed.
    var commentText: String {
        guard let mark = text.firstIndex(of: "#") else { return "" }
        return text[text.index(after: mark)...].split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    }
}

extension TextLines {
    /// The next line that holds more than a comment, without passing it.
    mutating func peekUncommented() -> TextLine? {
        while let line = peek {
            if !line.uncommented.isEmpty { return line }
            skip()
        }
        return nil
    }

    mutating func nextUncommented() -> TextLine? {
        let line = peekUncommented()
        if line != nil { skip() }
        return line
    }

    /// The rows of a section, in the order of the ids 1 to `count` that begin them.
    mutating func table<Row>(
        _ section: String, count: Int, _ row: (TextLine, [Substring]) throws -> Row
    ) throws -> [Row] {
        // Every row has a line: a number beyond them is not worth the memory.
        guard count <= remaining else {
            throw InputError(
                file: file, place: "line \(next + 1)",
                problem: "\(count) rows of \(section) are announced, but only \(remaining) lines follow",
                mend: "the file is truncated, or the number is wrong")
        }
        var rows = [Row?](repeating: nil, count: count)
        for k in 1...count {
            let line = try nextUncommented() ?? read("row \(k) of \(count) of \(section)")
            let words = line.uncommented.split(separator: " ")
            let id = try line.integer(words[0], "the id")
            guard (1...count).contains(id), rows[id - 1] == nil else {
                throw line.error(
                    "\(section): the id \(id) is \((1...count).contains(id) ? "given twice" : "outside 1 to \(count)")")
            }
            rows[id - 1] = try row(line, words)
        }
        return rows.map { $0! }
    }
}
