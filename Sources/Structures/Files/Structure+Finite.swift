import Files

extension Structure {
    /// Coordinates beyond this (Å) are damaged numbers: no cell of any simulation is as long, and they leave no digits for
    /// distances.
    static let largestCoordinate = 1e7

    /// The structure, after a check that every coordinate and velocity is a number that dynamics can start from.
    ///
    /// - Throws: `InputError` naming file and atom.
    public func finite(file: String, place: String? = nil) throws -> Structure {
        func check(_ vectors: [SIMD3<Double>], _ what: String, _ limit: Double) throws {
            guard let atom = vectors.firstIndex(where: { !(abs($0.x) + abs($0.y) + abs($0.z) <= limit) }) else {
                return
            }
            throw InputError(
                file: file, place: [place, "atom \(atom + 1)"].compactMap { $0 }.joined(separator: ", "),
                problem: "the \(what) is \(vectors[atom].words)", mend: "mend the number; the file is damaged")
        }
        try check(positions, "position (Å)", Self.largestCoordinate)
        if let velocities { try check(velocities, "velocity (Å/ps)", Self.largestCoordinate) }
        return self
    }
}
