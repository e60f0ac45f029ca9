import Files
import Foundation

extension POSCAR {
    /// Reads the file at `path`.
    ///
    /// The scale may be one factor, three (one per Cartesian axis), or a negative volume (Å³). Velocities, when there
    /// are any, are Å/fs in the file and Å/ps here. What follows them (predictor-corrector data) is ignored.
    ///
    /// - Throws: `InputError` naming the line for everything that does not fit the format.
    public init(contentsOf path: String) throws {
        try self.init(InputFile.text(at: path), file: path)
    }

    /// Parses `text`; `file` is for messages.
    public init(_ text: String, file: String) throws {
        var lines = TextLines(text, file: file)
        comment = String(try lines.read("the comment").text)
        let (cell, factors) = try Self.readCell(&lines)
        let species = try Self.readSpecies(&lines)

        var mode = try lines.read("'Direct' or 'Cartesian'")
        let isSelective = mode.words.first?.first.map { "sS".contains($0) } ?? false
        if isSelective { mode = try lines.read("'Direct' or 'Cartesian'") }
        guard let letter = mode.words.first?.first, "dDcCkK".contains(letter) else {
            throw mode.error("'\(mode.text)' is neither 'Direct' nor 'Cartesian'")
        }
        let isDirect = "dD".contains(letter)

        var positions: [SIMD3<Double>] = []
        var free: [FreeAxes] = []
        for atom in species.indices {
            let line = try lines.read("the position of atom \(atom + 1) of \(species.count)")
            let words = line.words
            let value = try line.vector(words, "the position of atom \(atom + 1)")
            positions.append(isDirect ? cell.cartesian(value) : value * factors)
            if isSelective { free.append(try Self.freeAxes(line, words)) }
        }
        structure = try Structure(
            cell: cell, species: species, positions: positions,
            velocities: try Self.readVelocities(&lines, count: species.count)
        ).finite(file: file)
        selectiveDynamics = isSelective ? free : nil
    }

    private static func readCell(_ lines: inout TextLines) throws -> (Cell, factors: SIMD3<Double>) {
        let scaleLine = try lines.read("the scale")
        let scale = try scaleLine.words.prefix(3).map { try scaleLine.number($0, "the scale") }
        var rows: [SIMD3<Double>] = []
        for name in ["a", "b", "c"] {
            let line = try lines.read("the cell vector \(name)")
            rows.append(try line.vector(line.words, "the cell vector \(name)"))
        }
        let vectors = Matrix3(rows[0], rows[1], rows[2])
        let factors: SIMD3<Double>
        switch scale.count {
        case 1 where scale[0] > 0: factors = SIMD3(repeating: scale[0])
        case 1 where scale[0] < 0:
            let volume = try scaleLine.cell(vectors).volume
            factors = SIMD3(repeating: cbrt(-scale[0] / volume))
        case 3 where scale.allSatisfy { $0 > 0 }: factors = SIMD3(scale[0], scale[1], scale[2])
        default:
            throw scaleLine.error(
                "the scale '\(scaleLine.text)' is neither one factor, three positive ones, nor a negative volume")
        }
        return (try scaleLine.cell(Matrix3(rows[0] * factors, rows[1] * factors, rows[2] * factors)), factors)
    }

    private static func readSpecies(_ lines: inout TextLines) throws -> [Species] {
        let symbolLine = try lines.read("the element symbols")
        let symbols = symbolLine.words
        guard let first = symbols.first, Int(first) == nil else {
            throw symbolLine.error(
                "there are no element symbols before the numbers of atoms (VASP 4)",
                mend: "insert a line such as 'Li Ge P S' above")
        }
        // VASP allows the names of POTCARs, such as Ge_d or Li_sv/hash.
        let species = try symbols.map { try symbolLine.species($0.prefix { $0 != "_" && $0 != "/" }) }
        let countLine = try lines.read("the numbers of atoms")
        let counts = try countLine.words.map { try countLine.count($0, "the number of atoms", in: 1...Count.largest) }
        guard counts.count == species.count else {
            throw countLine.error(
                "\(species.count) elements need as many positive numbers of atoms, found '\(countLine.text)'")
        }
        // Every atom has a line: a number beyond them is not worth the memory.
        guard counts.allSatisfy({ $0 <= lines.remaining }), counts.reduce(0, +) <= lines.remaining else {
            throw countLine.error(
                "'\(countLine.text)' atoms, but only \(lines.remaining) lines follow",
                mend: "the file is truncated, or the numbers are wrong")
        }
        return zip(species, counts).flatMap { Array(repeating: $0, count: $1) }
    }

    private static func freeAxes(_ line: TextLine, _ words: [Substring]) throws -> FreeAxes {
        let flags = words.dropFirst(3).prefix(3).map { word in
            word.first { $0 != "." }.flatMap { "tT".contains($0) ? true : "fF".contains($0) ? false : nil }
        }
        guard flags.count == 3, let a = flags[0], let b = flags[1], let c = flags[2] else {
            throw line.error("selective dynamics needs three of T or F after the position: '\(line.text)'")
        }
        return FreeAxes(a: a, b: b, c: c)
    }

    /// The velocity block: a blank line or 'Cartesian', then Å/fs.
    private static func readVelocities(_ lines: inout TextLines, count: Int) throws -> [SIMD3<Double>]? {
        if let line = lines.peek, line.words.joined(separator: " ").lowercased().hasPrefix("lattice velocities") {
            // A line of the initialisation state, two times three vectors.
            for _ in 0..<8 { _ = try lines.read("the velocities of the lattice") }
        }
        guard let head = lines.peek else { return nil }
        guard head.words.first?.first.map({ "cCkK".contains($0) }) ?? true else {
            throw head.error(
                "expected the end of the file or velocities after a blank line or 'Cartesian', found '\(head.text)'",
                mend: "give velocities in Å/fs, or remove what follows the positions")
        }
        lines.skip()
        while lines.peek?.isBlank == true { lines.skip() }
        if lines.isAtEnd { return nil }
        return try (0..<count).map { atom in
            let line = try lines.read("the velocity of atom \(atom + 1) of \(count)")
            return 1000 * (try line.vector(line.words, "the velocity of atom \(atom + 1)"))
        }
    }
}
