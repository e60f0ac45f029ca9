import DeepPotential
import Files
import Foundation
import Structures
import Testing

@testable import Labelling

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

    @Test func aSavedStateGoesOnExactly() throws {
        let potential = LennardJones()
        var straight = try CellRelaxation(distorted())
        var saved = straight
        for _ in 0..<12 {
            let evaluation = try potential.evaluate(straight.structure)
            try straight.advance(energy: evaluation.energy, forces: evaluation.forces, virial: evaluation.virial)
            saved = try JSONDecoder().decode(CellRelaxation.self, from: JSONEncoder().encode(saved))
            try saved.advance(energy: evaluation.energy, forces: evaluation.forces, virial: evaluation.virial)
        }
        #expect(try saved.structure == straight.structure)
    }
}

struct LabelledRelaxationTests {
    @Test func goesOnFromItsFile() async throws {
        let start = Structure(
            cell: try Cell(a: 4.2, b: 3.8, c: 4), species: [.lithium, .lithium, .lithium, .lithium],
            positions: [SIMD3(0, 0, 0), SIMD3(2.1, 1.9, 0), SIMD3(2, 0, 2.1), SIMD3(0, 1.9, 2)])
        let teacher = ModelLabeller(name: "LJ", identity: "test") { LennardJones() }
        try await withTemporaryFolder { folder in
            func run(_ evaluations: Int, by labeller: ModelLabeller) async throws -> CellRelaxation {
                try await LabelledRelaxation(
                    labeller: labeller, level: "LJ", stateFile: "\(folder)/state.json",
                    maximumEvaluations: evaluations
                ).relax(CellRelaxation(start)) { _ in }
            }
            #expect(try await !run(5, by: teacher).isConverged)
            let end = try await run(200, by: teacher)
            #expect(end.isConverged)
            #expect(try await run(200, by: teacher).evaluations == end.evaluations)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["state.json"])

            // Another teacher has other settings.
            var refusal: InputError?
            do {
                _ = try await run(300, by: ModelLabeller(name: "LJ", identity: "other") { LennardJones() })
            } catch let error as InputError { refusal = error }
            #expect(refusal?.problem.contains("other settings") == true)
            try AtomicFile.write("half", to: "\(folder)/state.json")
            do {
                _ = try await run(300, by: teacher)
                Issue.record("a damaged file was taken")
            } catch let error as InputError { #expect(error.problem.contains("no saved relaxation")) }
        }
    }
}
