import DeepPotential
import Execution
import Files
import Foundation
import Structures
import Testing

@testable import Calculations

@Suite struct FrameErrorsTests {
    /// Three frames whose labels are the model's own predictions, so that its errors are those of the tables alone.
    static func ownData(_ bench: Bench) throws -> FrameErrors {
        let evaluator = ReferenceEvaluator(try DPModel(contentsOf: bench.store.inputs.path(of: bench.models[0])))
        let frames = try (0..<3).map { index in
            let structure = try Bench.crystal().structure().rattled(by: 0.1, seed: UInt64(index), stream: "own")
            let evaluation = try evaluator.evaluate(structure)
            return ExtendedXYZ.Frame(
                structure: structure, energy: evaluation.energy, forces: evaluation.forces, virial: evaluation.virial)
        }
        let path = bench.folder + "/own"
        try LabelledSystem(name: "own", frames: frames).write(to: path)
        return FrameErrors(
            models: bench.models, system: "own", data: try bench.store.inputs.add(folder: path), size: 150)
    }

    @Test func errorsAreThoseOfTheTables() throws {
        let bench = try Bench()
        let content = try bench.run(Self.ownData(bench))
        #expect(content.reports.count == 2 && content.reports.allSatisfy { $0.frames == 3 })
        // The fast evaluator's tolerance: 0.05 meV/atom and 2 meV/Å.
        #expect(content.reports[0].energyPerAtom.rmse < 5e-5 && content.reports[0].forces.rmse < 2e-3)
        #expect(content.reports[1].forces.rmse > 2e-3, "another model predicts other forces")
        #expect(content.parity.forces["S"]?.total == 3 * 24 * 3)
        #expect(content.calibration?.counts.reduce(0, +) == 150)
        let again = try JSONText.decode(FrameErrors.Content.self, from: JSONText.canonical(content), file: nil)
        #expect(again == content)
    }

    @Test func slicesAddUpToTheWhole() throws {
        let bench = try Bench()
        let whole = try Self.ownData(bench)
        let parts = (0..<2).map { first in
            FrameErrors(models: whole.models, system: "own", data: whole.data, first: first, stride: 2, size: 150)
        }
        var sum = try bench.run(parts[0])
        #expect(sum.reports[0].frames == 2)
        sum.merge(try bench.run(parts[1]))
        let all = try bench.run(whole)
        #expect(sum.parity == all.parity)
        #expect(abs(sum.reports[1].forces.rmse - all.reports[1].forces.rmse) < 1e-12)
    }

    @Test func changedDataAreRefused() throws {
        let bench = try Bench()
        let errors = try Self.ownData(bench)
        let known = InputLibrary(bench.store.inputs.paths)
        try Data("9 9 9".utf8).write(to: URL(fileURLWithPath: bench.folder + "/own/type.raw"))
        let error = #expect(throws: InputError.self) {
            try errors.run(in: bench.store.workFolder(errors.folderKey), control: RunControl(inputs: known))
        }
        #expect(error?.problem.contains("changed") == true)
    }

    @Test func densityCountsAndCodes() throws {
        var density = ParityDensity(width: 0.5)
        density.add(reference: -0.2, prediction: 0.1)
        density.add(reference: -0.4, prediction: 0.4)
        density.add(reference: 1.2, prediction: 0.9)
        #expect(density.total == 3 && density.range == -0.5...1.5)
        let again = try JSONText.decode(ParityDensity.self, from: JSONText.canonical(density), file: nil)
        #expect(again == density)
        let torn = #"{"width":1,"x":"AQAAAA==","y":"","count":"AQAAAA=="}"#
        #expect(throws: InputError.self) { try JSONText.decode(ParityDensity.self, from: Data(torn.utf8), file: nil) }
    }
}
