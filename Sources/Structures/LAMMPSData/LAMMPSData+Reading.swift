import Files

extension LAMMPSData {
    /// Reads the file at `path`; atoms come in the order of their ids, unwrapped by their image flags.
    ///
    /// - Parameters:
    ///   - types: the elements of types 1, 2, ...; when nil they come from the Masses section: from the word
    ///     after `#`, or else from the mass.
    ///   - units: nil takes those that the title names, as LAMMPS's `write_data` does, or else metal.
    ///   - remark: takes what the user should know of the file.
    /// - Throws: `InputError` naming the line.
    public static func read(
        _ path: String, types: [Species]? = nil, units: Units? = nil, remark: (String) -> Void = { _ in }
    ) throws -> Structure {
        try structure(InputFile.text(at: path), file: path, types: types, units: units, remark: remark)
    }

    /// Parses `text`; `file` is for messages.
    public static func structure(
        _ text: String, file: String, types: [Species]? = nil, units given: Units? = nil,
        remark: (String) -> Void = { _ in }
    ) throws -> Structure {
        var lines = TextLines(text, file: file)
        let told = try Units(title: try lines.read("the title"))
        if let given, let told, given != told {
            throw InputError(
                file: file, place: "line 1",
                problem: "the file's units are \(told.rawValue), not \(given.rawValue)", mend: "leave out the option")
        }
        let units = given ?? told ?? .metal
        let header = try LAMMPSDataHeader(&lines)
        var masses: [Species]?
        var atoms: [Atom]?
        var velocities: [SIMD3<Double>]?
        while let section = lines.nextUncommented() {
            let words = section.uncommented.split(separator: " ")
            switch words.joined(separator: " ") {
            case "Masses": masses = try readMasses(&lines, count: header.typeCount)
            case "Atoms":
                guard ["", "atomic"].contains(section.commentText) else {
                    throw section.error("atom_style \(section.commentText) is not supported", mend: "use atomic")
                }
                atoms = try readAtoms(&lines, header)
            case "Velocities": velocities = try readVelocities(&lines, count: header.atomCount)
            default:
                throw section.error(
                    "the section '\(section.uncommented)' is not understood", mend: "Masses, Atoms and Velocities are")
            }
        }
        guard let atoms else { throw InputError(file: file, problem: "there is no section Atoms") }
        guard let species = types ?? masses else {
            throw InputError(
                file: file, problem: "there is no section Masses, so that the elements of the types are unknown",
                mend: "add it, or give the elements of the types")
        }
        if let worst = atoms.first(where: { $0.type > species.count }) {
            throw InputError(
                file: file, problem: "an atom has type \(worst.type) but only \(species.count) elements were given")
        }
        if velocities != nil, given == nil, told == nil {
            remark(
                "\(file): the title names no units; velocities were taken as those of units metal, Å/ps (see --units)")
        }
        return try Structure(
            cell: header.cell, species: atoms.map { species[$0.type - 1] }, positions: atoms.map(\.position),
            velocities: velocities?.map { units.velocity * $0 }
        ).finite(file: file)
    }

    private struct Atom {
        var type: Int
        var position: SIMD3<Double>
    }

    private static func readMasses(_ lines: inout TextLines, count: Int) throws -> [Species] {
        try lines.table("Masses", count: count) { line, words in
            guard words.count == 2 else { throw line.error("a mass needs 'type mass', found '\(line.text)'") }
            if let species = Species(symbol: line.commentText) { return species }
            let mass = try line.number(words[1], "the mass")
            guard let species = Species.nearest(mass: mass) else {
                throw line.error(
                    "no element has the mass \(mass)", mend: "name the element after the mass, such as '# Li'")
            }
            return species
        }
    }

    private static func readAtoms(_ lines: inout TextLines, _ header: LAMMPSDataHeader) throws -> [Atom] {
        try lines.table("Atoms", count: header.atomCount) { line, words in
            guard words.count == 5 || words.count == 8 else {
                throw line.error("atom_style atomic needs 'id type x y z [ix iy iz]', found '\(line.text)'")
            }
            let type = try line.integer(words[1], "the type")
            guard (1...header.typeCount).contains(type) else {
                throw line.error("the type \(type) is outside 1 to \(header.typeCount)")
            }
            var position = try line.vector(words, from: 2, "the position")
            if words.count == 8 {
                position = position + (try line.vector(words, from: 5, "the image flags")) * header.cell.vectors
            }
            return Atom(type: type, position: position)
        }
    }

    private static func readVelocities(_ lines: inout TextLines, count: Int) throws -> [SIMD3<Double>] {
        try lines.table("Velocities", count: count) { line, words in
            try line.vector(words, from: 1, "the velocity")
        }
    }
}

extension Species {
    /// The element whose standard weight is within 0.1 amu of `mass`: tables of weights differ by less.
    static func nearest(mass: Double) -> Species? {
        let all = (1...83).compactMap { Species(atomicNumber: $0) }
        return all.min { abs($0.mass - mass) < abs($1.mass - mass) }.flatMap { abs($0.mass - mass) < 0.1 ? $0 : nil }
    }
}
