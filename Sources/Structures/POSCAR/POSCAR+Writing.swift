import Files
import Foundation

extension POSCAR {
    /// The file's text. Consecutive atoms of one element form a group, so that atoms keep their order; an element may
    /// come back, as VASP allows.
    ///
    /// Cell, Cartesian positions and velocities read back exactly; direct positions, of 16
    /// decimals, within a few roundings.
    ///
    /// - Throws: `InputError` when the structure is not periodic.
    public func text(_ coordinates: Coordinates = .direct, file: String = "POSCAR") throws -> String {
        try structure.requirePeriodic("POSCAR", file: file)
        var groups: [(species: Species, count: Int)] = []
        for species in structure.species {
            if groups.last?.species == species {
                groups[groups.count - 1].count += 1
            } else {
                groups.append((species, 1))
            }
        }
        let rows = structure.cell.vectors.rows
        var lines = [comment.split(whereSeparator: \.isNewline).joined(separator: " "), "1.0"]
        lines += [rows.0, rows.1, rows.2].map { $0.exact() }
        lines.append(groups.map { "\($0.species)" }.joined(separator: " "))
        lines.append(groups.map { "\($0.count)" }.joined(separator: " "))
        if selectiveDynamics != nil { lines.append("Selective dynamics") }
        lines.append(coordinates.rawValue)
        for atom in 0..<structure.count {
            let r = structure.positions[atom]
            var line = coordinates == .direct ? structure.cell.fractional(r).fixed() : r.exact()
            if let free = selectiveDynamics?[atom] {
                line += [free.a, free.b, free.c].map { $0 ? " T" : " F" }.joined()
            }
            lines.append(line)
        }
        if let velocities = structure.velocities {
            lines.append("")
            lines += velocities.map { ($0 / 1000).exact() }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Writes the file whole.
    public func write(to path: String, _ coordinates: Coordinates = .direct) throws {
        try AtomicFile.write(try text(coordinates, file: path), to: path)
    }
}
