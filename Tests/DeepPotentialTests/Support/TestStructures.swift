import Structures

/// Small structures of the four elements, the same for everyone.
enum TestStructures {
    /// Sixteen atoms in a triclinic cell with edges of 6 to 7 Å (smaller than twice the cutoff of `DPModel.random`), on
    /// a distorted grid so that no two are close.
    static func triclinic(seed: UInt64 = 1) throws -> Structure {
        var generator = SplitMix64(seed: seed)
        let cell = try Cell(a: 6.1, b: 6.6, c: 7.0, alpha: 82, beta: 97, gamma: 105)
        let elements: [Species] = [.lithium, .sulfur, .phosphorus, .germanium]
        var positions: [SIMD3<Double>] = []
        var species: [Species] = []
        for index in 0..<16 {
            let grid = SIMD3(Double(index % 2), Double(index / 2 % 2), Double(index / 4)) / SIMD3(2, 2, 4)
            let noise = SIMD3<Double>.random(in: -0.05...0.05, using: &generator)
            positions.append(cell.cartesian(grid + noise))
            species.append(elements[Int.random(in: 0..<4, using: &generator)])
        }
        return Structure(cell: cell, species: species, positions: positions)
    }

    /// The same atoms as a cluster in vacuum.
    static func cluster(seed: UInt64 = 1) throws -> Structure {
        var structure = try triclinic(seed: seed)
        structure.isPeriodic = false
        return structure
    }

    /// Two atoms `distance` apart along a general direction, in vacuum.
    static func dimer(distance: Double) throws -> Structure {
        let direction = SIMD3(2.0, -3, 6) / 7
        return Structure(
            cell: try Cell(a: 20, b: 20, c: 20), species: [.lithium, .sulfur],
            positions: [SIMD3(1, 2, 3), SIMD3(1, 2, 3) + distance * direction], isPeriodic: false)
    }
}
