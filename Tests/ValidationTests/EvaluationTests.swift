import DeepPotential
import Files
import Foundation
import MolecularDynamics
import Reporting
import Structures
import Testing

@testable import Validation

@Suite struct EvaluationTests {
    @Test func modelIsTestedAsByDeepMDKit() throws {
        let folder = try TemporaryFolder()
        let data = try BenchmarkRunTests.ownData(in: folder.path + "/data")
        let model = try ReferenceDataTests.reference.models(for: .germanium)[0]
        let options = ModelTest.Options(
            models: [model, model], data: [data], detail: folder.path + "/detail",
            deviationFile: folder.path + "/model_devi.out", threads: 2)
        let results = try ModelTest(options: options, progress: .none).run()
        // Two models and their mean.
        #expect(results.count == 3 && results[0].total.frames == 2)
        let text = TestText.lines(results[0].total)
        #expect(text[0] == "# number of test data : 2")
        #expect(text.contains { $0.hasPrefix("Energy RMSE/Natoms : ") && $0.hasSuffix(" eV") })
        #expect(text.contains { $0.hasPrefix("Force  RMSE        : ") && $0.hasSuffix(" eV/Å") })
        #expect(folder.has("detail.f.out"))
        // The same model twice does not deviate from itself.
        let records = try ModelDeviationFile.read(folder.path + "/model_devi.out")
        #expect(records.count == 2 && records.allSatisfy { $0.largestForce == 0 })
    }

    @Test func meanPredictionOfAnEnsemble() throws {
        let folder = try TemporaryFolder()
        let data = try BenchmarkRunTests.ownData(in: folder.path + "/data")
        let models = try ReferenceDataTests.reference.models(for: .germanium).prefix(2)
        let options = ModelTest.Options(
            models: Array(models), data: [data], detail: nil, deviationFile: folder.path + "/model_devi.out", threads: 1
        )
        let results = try ModelTest(options: options, progress: .none).run()
        #expect(results.last?.model == "mean of the 2 predictions")
        // With e the errors of two models and d their difference, ⟨e²⟩ of the mean is ⟨(e₁² + e₂²)/2⟩ − ⟨d²⟩/4; and d/2 is
        // the deviation of the forces.
        let square = results.map { $0.total.forces.rmse * $0.total.forces.rmse }
        let frames = try LabelledSystem.load(path: data + "/own")
        let evaluators = try models.map { CompressedEvaluator(model: try DPModel(contentsOf: $0), threads: 1) }
        var (sum, count) = (0.0, 0)
        for frame in 0..<frames.frameCount {
            let structure = try frames.structure(frame: frame)
            let deviation = ModelDeviation(try evaluators.map { try $0.evaluate(structure) })
            sum += deviation.atomicForces.reduce(0) { $0 + $1 * $1 }
            count += 3 * deviation.atomicForces.count
        }
        #expect(sum > 0)
        #expect(abs(square[2] - ((square[0] + square[1]) / 2 - sum / Double(count))) < 1e-12 + 1e-9 * square[0])
    }

    @Test func numberOfThreadsDoesNotMatter() throws {
        let folder = try TemporaryFolder()
        let data = try BenchmarkRunTests.ownData(in: folder.path + "/data")
        let model = try DPModel(contentsOf: try ReferenceDataTests.reference.models(for: .germanium)[0])
        let system = try LabelledSystem.load(path: data + "/own")
        let results = try [1, 2, 3].map {
            try FrameTester(model: model, threads: $0).test(system, stride: 1, stop: .init())
        }
        #expect(results[0].report == results[1].report && results[1].report == results[2].report)
        #expect(results[0].parity == results[2].parity)
    }

    @Test func emptyDataAreAnError() throws {
        let folder = try TemporaryFolder()
        let options = ModelTest.Options(
            models: try ReferenceDataTests.reference.models(for: .germanium), data: [folder.path], detail: nil,
            deviationFile: "", threads: 1)
        let error = #expect(throws: InputError.self) { try ModelTest(options: options, progress: .none).run() }
        #expect(error?.mend?.contains("AIS-Square") == true)
    }

    /// A walk of known D, written as extended XYZ with its times.
    @Test func trajectoryGivesItsDiffusionCoefficient() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/walk.extxyz"
        let cell = try Cell(a: 20, b: 20, c: 20)
        var generator = SplitMix64(seed: 11)
        let (ions, frames, interval, step) = (60, 600, 0.1, 0.5)
        var positions = [SIMD3<Double>](repeating: SIMD3(repeating: 10), count: ions + 1)
        let species = [Species](repeating: .lithium, count: ions) + [.sulfur]
        let trajectory = (0..<frames).map { frame in
            let structure = Structure(cell: cell, species: species, positions: positions.map(cell.wrap))
            for ion in 0..<ions {
                positions[ion] += SIMD3(
                    .random(in: -step...step, using: &generator), .random(in: -step...step, using: &generator),
                    .random(in: -step...step, using: &generator))
            }
            return ExtendedXYZ.Frame(structure: structure, information: ["time": "\(Double(frame) * interval)"])
        }
        try ExtendedXYZ.write(trajectory, to: path)
        let result = try TrajectoryAnalysis(path: path, temperature: 300).run(progress: .none)
        // Uniform steps have variance step²/3 along each axis.
        let expected = step * step / 3 / (2 * interval) * PhysicalConstants.diffusionToSI
        let estimate = try #require(result.diffusion.estimate)
        #expect(abs(estimate.value - expected) < 3 * estimate.standardError)
        #expect(estimate.standardError < 0.3 * expected)
        #expect(result.conductivity != nil)
        #expect(throws: InputError.self, "too much is discarded") {
            try TrajectoryAnalysis(path: path, equilibration: 60).run(progress: .none)
        }
    }
}
