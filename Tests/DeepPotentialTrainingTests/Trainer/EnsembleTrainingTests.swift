import Foundation
import Structures
import Synchronization
import Testing

@testable import DeepPotentialTraining

@Suite struct EnsembleTrainingTests {
    /// A folder with the fixture's data and an input for three models.
    private static func folder() throws -> Fixture.Folder {
        let folder = try Fixture.Folder()
        try Fixture.system(atoms: 10, frames: 5).write(to: "\(folder.path)/train/made")
        try Fixture.system(atoms: 10, frames: 2, seed: 31).write(to: "\(folder.path)/hold/made")
        let text = Fixture.inputText([
            ("[\"data\"]", "\"train\""), ("\"mixed:20\"}", "1}, \"validation_data\": {\"systems\": \"hold\"}"),
            ("\"numb_steps\": 60", "\"numb_steps\": 30"), ("\"save_freq\": 20", "\"save_freq\": 10"),
            ("{\"table_intervals\"", "{\"models\": 3, \"table_intervals\""),
        ])
        try text.write(toFile: "\(folder.path)/input.json", atomically: true, encoding: .utf8)
        return folder
    }

    private static func ensemble(_ folder: Fixture.Folder, output: String, threads: Int) throws -> EnsembleTraining {
        try EnsembleTraining(
            TrainingInput(contentsOf: "\(folder.path)/input.json"), output: "\(folder.path)/\(output)", threads: threads
        )
    }

    private static func models(_ folder: Fixture.Folder, _ output: String) throws -> [Data] {
        try (0..<3).map { try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(output)/00\($0)/model.dp")) }
    }

    @Test func modelsDoNotDependOnHowManyAreTrainedAtATime() throws {
        let folder = try Self.folder()
        for threads in [1, 2, 5] {
            let outcomes = try Self.ensemble(folder, output: "\(threads)", threads: threads).run(restart: false)
            #expect(outcomes.count == 3 && outcomes.allSatisfy(\.isComplete))
        }
        let models = try Self.models(folder, "1")
        #expect(try Self.models(folder, "2") == models)
        #expect(try Self.models(folder, "5") == models)
        #expect(Set(models).count == 3)
    }

    @Test func aStoppedEnsembleGoesOnToTheSameModels() throws {
        let folder = try Self.folder()
        _ = try Self.ensemble(folder, output: "whole", threads: 2).run(restart: false)
        let seen = Atomic<Int>(0)
        let stopped = try Self.ensemble(folder, output: "parts", threads: 2).run(
            restart: false, shouldStop: { seen.load(ordering: .relaxed) >= 2 },
            report: { _, _ in seen.add(1, ordering: .relaxed) })
        #expect(stopped.contains { !$0.isComplete } || stopped.count < 3)
        let outcomes = try Self.ensemble(folder, output: "parts", threads: 2).run(restart: true)
        #expect(outcomes.count == 3 && outcomes.allSatisfy(\.isComplete))
        #expect(try Self.models(folder, "parts") == Self.models(folder, "whole"))
    }
}
