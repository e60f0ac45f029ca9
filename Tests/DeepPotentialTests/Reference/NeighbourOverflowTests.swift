import DeepPotential
import Structures
import Testing

/// More neighbours than `sel`.
@Suite struct NeighbourOverflowTests {
    static let model = DPModel.random(seed: 8, sel: [1, 1, 1, 1])

    @Test("All neighbours count, so that energy and forces still belong together")
    func forces() throws {
        let evaluator = ReferenceEvaluator(Self.model)
        let structure = try TestStructures.triclinic()
        #expect(
            try PotentialChecks.forces(evaluator, structure) < 10 * ReferenceEvaluatorTests.differenceTolerance)
        #expect(evaluator.overflow.count == 4)
    }

    @Test("The report says which element, by how much and for how many atoms")
    func report() throws {
        let evaluator = ReferenceEvaluator(Self.model)
        // Two S within the cutoff of the Li in the middle, and of one S only if they are close to each other.
        var structure = try TestStructures.dimer(distance: 3)
        structure.species.append(.sulfur)
        structure.positions.append(2 * structure.positions[0] - structure.positions[1])
        _ = try evaluator.evaluate(structure)
        let overflow = try #require(evaluator.overflow.first)
        #expect(evaluator.overflow.count == 1)
        #expect(overflow == NeighbourOverflow(element: "S", slots: 1, largest: 2, atoms: 1, cutoff: 4.5))
        #expect(overflow.description.hasPrefix("up to 2 S within 4.5 Å of an atom, 1 more than sel = 1 (1 atom)"))

        _ = try evaluator.evaluate(TestStructures.dimer(distance: 3))
        #expect(evaluator.overflow.isEmpty)
    }

    @Test("The energy does not jump where a neighbour beyond sel enters the cutoff")
    func smoothEntrance() throws {
        let evaluator = ReferenceEvaluator(Self.model)
        func energy(_ distance: Double) throws -> Double {
            var structure = try TestStructures.dimer(distance: 3)
            structure.species.append(.sulfur)
            let direction = structure.positions[0] - structure.positions[1]
            structure.positions.append(structure.positions[0] + (distance / 3) * direction)
            return try evaluator.evaluate(structure).energy
        }
        let (inside, outside) = (try energy(4.5 - 1e-4), try energy(4.5 + 1e-4))
        #expect(abs(inside - outside) < 1e-10)
        #expect(abs(try energy(4.0) - outside) > 1e-4, "the third atom must matter")
    }
}
