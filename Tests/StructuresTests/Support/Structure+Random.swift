import Files

@testable import Structures

extension Structure {
    /// A few atoms of three elements in a skewed cell in general orientation, some outside of it.
    static func random(seed: UInt64, withVelocities: Bool = true, vectors: Matrix3? = nil) throws -> Structure {
        var generator = SplitMix64(seed: seed)
        let cell = try Cell(
            vectors ?? Matrix3(SIMD3(6.1, 0.3, -0.2), SIMD3(-1.7, 7.3, 0.9), SIMD3(0.4, 2.2, 8.123456789)))
        func vector(_ range: Range<Double>) -> SIMD3<Double> {
            SIMD3(
                .random(in: range, using: &generator), .random(in: range, using: &generator),
                .random(in: range, using: &generator))
        }
        let species: [Species] = [.lithium, .lithium, .phosphorus, .sulfur, .sulfur, .lithium, .germanium]
        return Structure(
            cell: cell, species: species, positions: species.map { _ in cell.cartesian(vector(-1..<2)) },
            velocities: withVelocities ? species.map { _ in vector(-20..<20) } : nil)
    }

    /// The largest distance of an atom or a cell vector to that of another structure (Å).
    func distance(to other: Structure) -> Double {
        let cells = (0..<3).map { (cell.vectors[$0] - other.cell.vectors[$0]).norm }
        return (cells + zip(positions, other.positions).map { ($0 - $1).norm }).max() ?? 0
    }
}

/// The error that `body` throws.
func inputError(_ body: () throws -> Void) -> InputError? {
    do {
        try body()
        return nil
    } catch {
        return error as? InputError
    }
}
