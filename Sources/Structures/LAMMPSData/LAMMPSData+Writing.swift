import Files

extension LAMMPSData {
    /// The file's text, the cell brought into restricted form when it is not (see `restricted(_:)`). Numbers read back
    /// exactly.
    ///
    /// - Parameter types: the elements of types 1, 2, ...; when nil, in the order of their first appearance.
    /// - Throws: `InputError` when the structure is not periodic or has an element outside `types`.
    public static func text(_ structure: Structure, types: [Species]? = nil, file: String = "LAMMPS data") throws
        -> String
    {
        try structure.requirePeriodic("a LAMMPS data file", file: file)
        let types = types ?? structure.speciesInOrder
        let (turned, _) = try restricted(structure)
        let typeOf = try turned.species.map { species in
            guard let index = types.firstIndex(of: species) else {
                throw InputError(
                    file: file,
                    problem: "the structure has \(species), which is not among the types "
                        + types.map(\.symbol).joined(separator: " "))
            }
            return index + 1
        }
        let vectors = turned.cell.vectors
        var lines = [
            "LAMMPS data file, units metal, written by lgps-bench", "",
            "\(turned.count) atoms", "\(types.count) atom types", "",
            "0.0 \(vectors[0].x.exact()) xlo xhi",
            "0.0 \(vectors[1].y.exact()) ylo yhi",
            "0.0 \(vectors[2].z.exact()) zlo zhi",
            "\(vectors[1].x.exact()) \(vectors[2].x.exact()) \(vectors[2].y.exact()) xy xz yz",
            "", "Masses", "",
        ]
        lines += types.enumerated().map { "\($0 + 1) \($1.mass) # \($1)" }
        lines += ["", "Atoms # atomic", ""]
        lines += (0..<turned.count).map { "\($0 + 1) \(typeOf[$0]) \(turned.positions[$0].exact())" }
        if let velocities = turned.velocities {
            lines += ["", "Velocities", ""]
            lines += velocities.enumerated().map { "\($0 + 1) \($1.exact())" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Writes the file whole.
    public static func write(_ structure: Structure, to path: String, types: [Species]? = nil) throws {
        try AtomicFile.write(try text(structure, types: types, file: path), to: path)
    }
}
