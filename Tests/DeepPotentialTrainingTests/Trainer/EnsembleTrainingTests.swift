import DeepPotential
import Files
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

    @Test func everyModelGoesOnFromItsOwn() throws {
        let folder = try Self.folder()
        _ = try Self.ensemble(folder, output: "first", threads: 2).run(restart: false)
        let path = "\(folder.path)/input.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        func goOn(from name: String, output: String) throws -> [TrainingOutcome] {
            // Steps too small for Float32: what comes out is what went in.
            let changes = [
                ("\"models\": 3", "\"models\": 3, \"fine_tune\": \"\(name)\""),
                ("\"start_lr\": 0.01, \"stop_lr\": 1e-4", "\"start_lr\": 1e-12, \"stop_lr\": 1e-13"),
            ]
            let refined = changes.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
            try refined.write(toFile: path, atomically: true, encoding: .utf8)
            return try Self.ensemble(folder, output: output, threads: 2).run(restart: false)
        }
        #expect(try goOn(from: "first", output: "second").allSatisfy(\.isComplete))
        for k in 0..<3 {
            let old = try DPModel(contentsOf: "\(folder.path)/first/00\(k)/model.dp")
            let new = try DPModel(contentsOf: "\(folder.path)/second/00\(k)/model.dp")
            let isKept = new.fitting.nets == old.fitting.nets
            #expect(isKept, "model \(k)")
        }
        #expect(try goOn(from: "first/001", output: "third").allSatisfy(\.isComplete))
        let only = try DPModel(contentsOf: "\(folder.path)/third/002/model.dp")
        let start = try DPModel(contentsOf: "\(folder.path)/first/001/model.dp")
        let isTheOne = only.fitting.nets == start.fitting.nets
        #expect(isTheOne)

        try FileManager.default.removeItem(atPath: "\(folder.path)/first/001")
        let error = try #require(throws: InputError.self) { try goOn(from: "first", output: "fourth") }
        #expect("\(error)".contains("fine_tune") && "\(error)".contains("2 models"))
    }
}
