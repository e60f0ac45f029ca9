import DeepPotential
import Structures
import Testing

/// What must hold for every potential; each function returns the largest deviation.
enum PotentialChecks {
    /// Forces against central differences of the energy (eV/Å).
    static func forces(_ potential: some Potential, _ structure: Structure, step: Double = 1e-4) throws -> Double {
        let forces = try potential.evaluate(structure).forces
        var largest = 0.0
        for atom in 0..<structure.count {
            for axis in 0..<3 {
                let energy = try centralDifference(step: step) { displacement in
                    var moved = structure
                    moved.positions[atom][axis] += displacement
                    return try potential.evaluate(moved).energy
                }
                largest = max(largest, abs(forces[atom][axis] + energy))
            }
        }
        return largest
    }

    /// The virial against the change of energy under strain: r → r(1 + ε) gives dE/dε_ba = −Ξ_ab (eV).
    static func virial(_ potential: some Potential, _ structure: Structure, step: Double = 1e-4) throws -> Double {
        let virial = try potential.evaluate(structure).virial
        var largest = 0.0
        for a in 0..<3 {
            for b in 0..<3 {
                let slope = try centralDifference(step: step) { strain in
                    var deformation = Matrix3.identity
                    deformation[b][a] += strain
                    return try potential.evaluate(structure.transformed(by: deformation)).energy
                }
                largest = max(largest, abs(virial[a][b] + slope))
            }
        }
        return largest
    }

    /// Five-point derivative at zero; the error is of fourth order in the step.
    static func centralDifference(step: Double, _ f: (Double) throws -> Double) rethrows -> Double {
        try (8 * (f(step) - f(-step)) - (f(2 * step) - f(-2 * step))) / (12 * step)
    }
}

extension Structure {
    /// Positions and cell vectors, as rows, times a matrix.
    func transformed(by matrix: Matrix3) throws -> Structure {
        var result = self
        result.cell = try Cell(cell.vectors * matrix)
        result.positions = positions.map { $0 * matrix }
        return result
    }

    /// The atoms in another order: atom k of the result is atom `order[k]`.
    func permuted(_ order: [Int]) -> Structure {
        var result = self
        result.positions = order.map { positions[$0] }
        result.species = order.map { species[$0] }
        return result
    }
}

extension [SIMD3<Double>] {
    /// The largest component of the difference.
    func deviation(from other: [SIMD3<Double>]) -> Double {
        zip(self, other).map { l, r in
            let difference = l - r
            return Swift.max(abs(difference.x), abs(difference.y), abs(difference.z))
        }.max() ?? 0
    }
}

extension Matrix3 {
    func deviation(from other: Matrix3) -> Double { (self - other).rowMajor.map { abs($0) }.max()! }
}
