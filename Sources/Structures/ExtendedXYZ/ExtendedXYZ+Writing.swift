import Files

extension ExtendedXYZ.Frame {
    /// The frame's lines. Numbers read back exactly; other keys follow in alphabetical order.
    public var text: String {
        var columns = "species:S:1:pos:R:3"
        if structure.velocities != nil { columns += ":velo:R:3" }
        if forces != nil { columns += ":forces:R:3" }
        columns += self.columns.map { ":\($0.name):\($0.kind):\($0.width)" }.joined()
        var comment = hasCell ? ["Lattice=\"\(Self.list(structure.cell.vectors))\""] : []
        comment.append("Properties=\(columns)")
        if let energy { comment.append("energy=\(energy.exact())") }
        if let virial { comment.append("virial=\"\(Self.list(virial.transpose))\"") }
        comment.append(structure.isPeriodic ? "pbc=\"T T T\"" : "pbc=\"F F F\"")
        for (key, value) in information.sorted(by: { $0.key < $1.key }) where !ExtendedXYZ.reserved.contains(key) {
            comment.append("\(KeyValues.quoted(key))=\(KeyValues.quoted(value))")
        }
        var text = "\(structure.count)\n\(comment.joined(separator: " "))\n"
        for atom in 0..<structure.count {
            let symbol = structure.species[atom].symbol
            text += symbol + (symbol.utf8.count == 1 ? "  " : " ") + structure.positions[atom].exact()
            if let velocities = structure.velocities { text += " " + velocities[atom].exact() }
            if let forces { text += " " + forces[atom].exact() }
            for column in self.columns {
                text += " " + column.words[atom * column.width..<(atom + 1) * column.width].joined(separator: " ")
            }
            text += "\n"
        }
        return text
    }

    private static func list(_ matrix: Matrix3) -> String {
        matrix.rowMajor.map { $0.exact() }.joined(separator: " ")
    }
}

extension ExtendedXYZ {
    /// Writes all frames to one file, whole.
    public static func write(_ frames: [Frame], to path: String) throws {
        try AtomicFile.write(frames.map(\.text).joined(), to: path)
    }
}
