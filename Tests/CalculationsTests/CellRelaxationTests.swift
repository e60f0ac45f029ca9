import DeepPotential
import Files
import Foundation
import Structures
import Testing

@testable import Calculations

/// Lennard-Jones between all atoms within a cutoff, shifted so that the energy is continuous there.
private final class LennardJones: Potential {
    let sigma = 2.5
    let epsilon = 0.2
    let cutoff = 8.0

    func evaluate(_ structure: Structure, into evaluation: inout Evaluation) throws {
        let list = try NeighbourList(structure, cutoff: cutoff)
        evaluation = Evaluation()
        evaluation.forces = .init(repeating: .zero, count: structure.count)
        let shift = pow(sigma / cutoff, 12) - pow(sigma / cutoff, 6)
        for atom in 0..<structure.count {
            for entry in list.entries(of: atom) {
                let n = list.shifts[entry]
                let image = SIMD3(Double(n.x), Double(n.y), Double(n.z)) * structure.cell.vectors
                let r = structure.positions[Int(list.neighbours[entry])] + image - structure.positions[atom]
                let s6 = pow(sigma / r.norm, 6)
                evaluation.energy += 2 * epsilon * (s6 * s6 - s6 - shift)
                let force = (-24 * epsilon * (2 * s6 * s6 - s6) / r.dot(r)) * r
                evaluation.forces[atom] += force
                evaluation.virial += -0.5 * Matrix3.outer(force, r)
            }
        }
    }
}

struct CellRelaxationTests {
    private func relax(_ start: Structure, _ tolerance: Double = 1e-4) throws -> (CellRelaxation, Structure) {
        var relaxation = CellRelaxation(start, forceTolerance: tolerance, stressTolerance: 1e-3)
        let potential = LennardJones()
        while !relaxation.isConverged, relaxation.evaluations < 300 {
            let evaluation = try potential.evaluate(relaxation.structure)
            try relaxation.advance(energy: evaluation.energy, forces: evaluation.forces, virial: evaluation.virial)
        }
        return (relaxation, try relaxation.structure)
    }

    /// Four atoms near the face-centred sites of a cell that is strained and sheared.
    private func distorted() throws -> Structure {
        let cell = try Cell(Matrix3(SIMD3(4.2, 0.2, 0), SIMD3(-0.1, 3.8, 0.15), SIMD3(0, 0.1, 4.1)))
        let sites: [SIMD3<Double>] = [
            SIMD3(0.02, 0, 0.01), SIMD3(0.5, 0.52, 0), SIMD3(0.5, 0, 0.48), SIMD3(0, 0.51, 0.5),
        ]
        return Structure(
            cell: cell, species: [.lithium, .lithium, .lithium, .lithium], positions: sites.map(cell.cartesian))
    }

    @Test func aDistortedCellBecomesFaceCentredCubic() throws {
        let (relaxation, relaxed) = try relax(distorted())
        #expect(relaxation.isConverged)
        #expect(relaxation.evaluations < 100)
        let lengths = relaxed.cell.lengths
        // Cubic: all edges equal and the volume theirs. Four neighbours' worth of tolerance of the stress.
        #expect(abs(lengths.x - lengths.y) < 1e-3)
        #expect(abs(lengths.x - lengths.z) < 1e-3)
        #expect(abs(relaxed.cell.volume - lengths.x * lengths.y * lengths.z) < 1e-2)
        let distance = (relaxed.positions[1] - relaxed.positions[0]).norm
        #expect(abs(distance - lengths.x / 2.0.squareRoot()) < 1e-3)
    }

    /// From its evaluations, a relaxation is repeated bit by bit, whatever its tolerances.
    @Test func theSameEvaluationsLeadToTheSameStructure() throws {
        let potential = LennardJones()
        var straight = try CellRelaxation(distorted())
        var repeated = try CellRelaxation(distorted(), forceTolerance: 0.1, stressTolerance: 1)
        for _ in 0..<12 where !repeated.isConverged {
            let evaluation = try potential.evaluate(straight.structure)
            try straight.advance(energy: evaluation.energy, forces: evaluation.forces, virial: evaluation.virial)
            try repeated.advance(energy: evaluation.energy, forces: evaluation.forces, virial: evaluation.virial)
            if !repeated.isConverged { #expect(try repeated.structure == straight.structure) }
        }
        #expect(straight.evaluations > 5)
    }
}
