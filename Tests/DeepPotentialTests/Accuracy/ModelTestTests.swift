import DeepPotential
import Files
import Foundation
import Parallel
import Structures
import Testing

/// What `evaluate` makes of data of every kind.
@Suite struct ModelTestTests {
    private func run(_ data: String, model: DPModel, in folder: TemporaryFolder) throws -> ModelTest.ModelErrors {
        try model.write(to: folder.file("model.dp"))
        let options = ModelTest.Options(
            models: [folder.file("model.dp")], data: [data], detail: nil, deviationFile: "", threads: 1)
        return try ModelTest(options: options, progress: .none).run()[0]
    }

    private func system(energy: Double?) throws -> LabelledSystem {
        let structure = try TestStructures.triclinic()
        let frame = ExtendedXYZ.Frame(
            structure: structure, energy: 0, forces: structure.positions.map { _ in .zero })
        var system = try LabelledSystem(
            name: "a", frames: [frame], typeMap: ["Li", "Ge", "P", "S"].compactMap { Species(symbol: $0) })
        if energy == nil { system.energies = [] }
        return system
    }

    @Test("More neighbours than sel are told")
    func overflow() throws {
        let folder = try TemporaryFolder()
        try system(energy: 0).write(to: folder.file("a"))
        let few = try run(folder.file("a"), model: .random(seed: 8, sel: [1, 1, 1, 1]), in: folder)
        #expect(few.overflow.count == 4 && few.overflow.allSatisfy { $0.largest > 1 && $0.atoms > 0 })
        #expect(try run(folder.file("a"), model: .random(seed: 8, sel: [90, 90, 90, 90]), in: folder).overflow.isEmpty)
    }

    @Test("Without energies the errors are those of the forces")
    func withoutEnergies() throws {
        let folder = try TemporaryFolder()
        try system(energy: nil).write(to: folder.file("a"))
        let result = try run(folder.file("a"), model: .random(seed: 8), in: folder)
        #expect(result.total.energy.count == 0 && result.total.forces.count > 0)
        let summary = TestText.Summary(name: "x", result.total)
        #expect(summary.energy == nil && summary.force != nil)
    }

    @Test("Elements without a type map are the model's")
    func withoutTypeMap() throws {
        let folder = try TemporaryFolder()
        try system(energy: 0).write(to: folder.file("a"))
        let whole = try run(folder.file("a"), model: .random(seed: 8), in: folder)
        try system(energy: 0).write(to: folder.file("b"))
        try FileManager.default.removeItem(atPath: folder.file("b/type_map.raw"))
        let without = try run(folder.file("b"), model: .random(seed: 8), in: folder)
        #expect(without.total.forces.rmse == whole.total.forces.rmse)
    }
}
