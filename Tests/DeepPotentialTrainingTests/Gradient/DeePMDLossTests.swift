import DeepPotential
import Foundation
import Parallel
import Structures
import Testing

@testable import DeepPotentialTraining

/// `reference-data/golden/loss.json`: `EnergyLoss` of DeePMD-kit 3.2.0 for `two-sided.dp`, with the predictions of
/// `one-sided.yaml` as labels (`loss.py` there).
@Suite struct DeePMDLossTests {
    struct Golden: Decodable {
        struct Case: Decodable {
            let learningRate: Double
            let frames: [Int]
            let loss, rmseE, rmseF, rmseV: Double
        }
        let startLearningRate: Double
        let startPrefE, limitPrefE, startPrefF, limitPrefF, startPrefV, limitPrefV: Double
        let cases: [Case]
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("reference-data/golden").path

    /// Relative: our forward pass is Float32, with interpolated embedding nets.
    static let tolerance = 2e-5

    @Test func lossAndErrorsAreThoseOfDeePMDKit() throws {
        let data = try #require(FileManager.default.contents(atPath: Self.folder + "/loss.json"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let golden = try decoder.decode(Golden.self, from: data)
        let model = try DPModel(contentsOf: Self.folder + "/two-sided.dp")
        let labels = try LabelledSystem.load(path: Self.folder + "/predictions/one-sided/crystal")
        let set = try TrainingSet(
            [labels], typeMap: model.typeMap, cutoff: model.descriptor.cutoff, pool: WorkerPool(threads: 1))
        let engine = Fixture.engine(model, set, intervals: 1024)
        let parameters = engine.layout.vector(of: model)
        let schedule = LossSchedule(
            start: Prefactors(energy: golden.startPrefE, force: golden.startPrefF, virial: golden.startPrefV),
            limit: Prefactors(energy: golden.limitPrefE, force: golden.limitPrefF, virial: golden.limitPrefV))
        for test in golden.cases {
            let (result, _) = engine.gradient(
                test.frames.map { set.frames[$0] }, parameters,
                schedule.prefactors(ratio: test.learningRate / golden.startLearningRate))
            let pairs = [
                (result.loss, test.loss), (result.errors.energyRMSE, test.rmseE),
                (result.errors.forceRMSE, test.rmseF), (result.errors.virialRMSE, test.rmseV),
            ]
            for (got, wanted) in pairs {
                #expect(abs(got - wanted) < Self.tolerance * wanted, "learning rate \(test.learningRate)")
            }
        }
        #expect(!golden.cases.isEmpty)
    }
}
