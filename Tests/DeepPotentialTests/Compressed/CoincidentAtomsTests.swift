import DeepPotential
import Files
import Structures
import Testing

/// Atoms on each other, and many elements: what once wrote and read outside the kernels' memory.
@Suite struct CoincidentAtomsTests {
    private static let models = [
        DPModel.random(seed: 4, typeMap: ["Li", "S"]),
        DPModel.random(seed: 5, typeMap: ["Li", "S"], threeBody: [2, 4]),
    ]

    @Test("Atoms on each other are named, by both evaluators", arguments: [0, 1e-12, 1e-3, 0.3])
    func areNamed(distance: Double) throws {
        for model in Self.models {
            let evaluators: [any Potential] = [
                CompressedEvaluator(model: model, threads: 2), ReferenceEvaluator(model),
            ]
            for evaluator in evaluators {
                // The reference evaluator has no tables, and reaches nearer.
                if evaluator is ReferenceEvaluator, distance > 0.01 { continue }
                let error = #expect(throws: InputError.self) {
                    try evaluator.evaluate(TestStructures.dimer(distance: distance))
                }
                #expect(error?.place?.contains("1") == true && error?.place?.contains("2") == true)
                #expect(error?.problem.contains("Å apart") == true)
                // And the evaluator is as good as new.
                #expect(throws: Never.self) { try evaluator.evaluate(TestStructures.dimer(distance: 3)) }
            }
        }
    }

    @Test("Many elements have many tables")
    func manyTypes() throws {
        let names = (1...20).compactMap { Species(atomicNumber: $0)?.symbol } + ["Ge", "Sn"]
        let model = DPModel.random(seed: 6, typeMap: names, typeOneSide: true, threeBody: [2, 4])
        let species = names.compactMap { Species(symbol: $0) }
        let structure = Structure(
            cell: try Cell(a: 9, b: 9, c: 9), species: species,
            positions: species.indices.map { SIMD3(Double($0 % 3), Double($0 / 3 % 3), Double($0 / 9)) * 2.5 })
        let fast = try CompressedEvaluator(model: model).evaluate(structure)
        let exact = try ReferenceEvaluator(model).evaluate(structure)
        // The limit of the evaluators' agreement, per atom.
        #expect(abs(fast.energy - exact.energy) < 5e-5 * Double(species.count) * max(1, abs(exact.energy)))
    }
}
