import DeepPotential
import Files
import Foundation
import MolecularDynamics
import Parallel
import Reporting
import Structures
import Testing

@testable import Validation

/// The main job, end to end, on a profile of a second.
@Suite struct BenchmarkRunTests {
    /// Small enough for tests, yet with every part: two temperatures, checkpoints inside the runs.
    static let tiny: Profile = {
        var profile = Profile.smoke
        profile.name = "tiny"
        profile.accuracy.frameStride = 1
        profile.speed = .init(
            supercells: [.init(1, 1, 1), .init(2, 1, 1), .init(2, 2, 1)], threads: [1, 2], repeats: 2,
            secondsPerTiming: 0.001)
        profile.diffusion.temperatures = [.init(900, picoseconds: 0.4), .init(1000, picoseconds: 0.4)]
        profile.diffusion.equilibration = 0.1
        profile.diffusion.sampleInterval = 0.01
        return profile
    }()

    static func settings(_ output: String, data: [String] = [], resume: Bool = false, threads: Int = 2) throws
        -> RunSettings
    {
        RunSettings(
            profile: tiny, material: .germanium, models: [try ReferenceDataTests.reference.models(for: .germanium)[0]],
            data: data,
            output: output, seed: 3, threads: threads, resume: resume, commandLine: ["lgps-bench", "all"])
    }

    static func run(_ settings: RunSettings, progress: ProgressMeter = .none, stop: StopFlag = StopFlag())
        -> BenchmarkRun
    {
        BenchmarkRun(settings: settings, reference: ReferenceDataTests.reference, progress: progress, stop: stop)
    }

    /// Two frames whose labels are the model's own predictions, so that the errors are those of the tables alone.
    static func ownData(in folder: String) throws -> String {
        let model = try DPModel(contentsOf: try ReferenceDataTests.reference.models(for: .germanium)[0])
        let evaluator = ReferenceEvaluator(model)
        let frames = try [300.0, 400].map { temperature in
            let structure = try Crystal.at(
                temperature: temperature, .germanium, supercell: .init(1, 1, 1), expansion: 1e-4, seed: 1,
                arrangement: nil)
            let evaluation = try evaluator.evaluate(structure)
            return ExtendedXYZ.Frame(
                structure: structure, energy: evaluation.energy, forces: evaluation.forces, virial: evaluation.virial)
        }
        try LabelledSystem(name: "own", frames: frames).write(to: "\(folder)/own")
        return folder
    }

    @Test func everythingIsWritten() async throws {
        let folder = try TemporaryFolder()
        let data = try Self.ownData(in: folder.path + "/data")
        let output = folder.path + "/report"
        let page = try await Self.run(Self.settings(output, data: [data])).perform(Part.allCases)
        #expect(page.sections.map(\.name) == ["accuracy", "speed", "convergence", "experiment"])
        let claims = try ReferenceDataTests.reference.claims().rows
        #expect(page.claims.count == claims.count, "every claim of the paper has its verdict, once")
        for name in [
            "summary.md", "manifest.json", "accuracy/report.md", "accuracy/table5-accuracy.csv",
            "speed/fig06-speed.csv", "convergence/fig07a-convergence.csv", "experiment/fig13-diffusion.csv",
        ] {
            #expect(folder.has("report/" + name), "\(name)")
        }
        let manifest = try JSONText.read(Manifest.self, from: output + "/manifest.json")
        #expect(manifest.seed == 3 && manifest.models[0].sha256.count == 64 && manifest.data[0].sha256.count == 64)
        #expect(Set(manifest.parts.map(\.name)).isSuperset(of: ["accuracy", "speed", "molecular dynamics"]))
        // The model tested on its own predictions: within the fast evaluator's tolerance, 2 meV/Å.
        let force = try #require(page.sections[0].tables[0].rows.first { $0[0] == .text("force") })
        guard case .measured(let error) = force[2] else {
            Issue.record("\(force)")
            return
        }
        #expect(error.value > 0 && error.value < 2)
    }

    @Test func withoutDataAccuracySaysHowToGetThem() async throws {
        let folder = try TemporaryFolder()
        let page = try await Self.run(Self.settings(folder.path + "/r")).perform([.accuracy])
        #expect(page.sections[0].introduction.contains("no labelled data given"))
        #expect(page.sections[0].introduction.contains("AIS-Square"))
        #expect(page.sections[0].claims.allSatisfy { $0.verdict == .notRun })
    }

    /// Stopped in the middle of dynamics and resumed (with another number of threads), the run gives what an
    /// uninterrupted one does.
    @Test func stoppedRunResumesToTheSameResult() async throws {
        let folder = try TemporaryFolder()
        let whole = folder.path + "/whole"
        _ = try await Self.run(Self.settings(whole)).perform([.experiment])

        let broken = folder.path + "/broken"
        let stop = StopFlag()
        let meter = ProgressMeter(style: .lines, lineInterval: .zero) { line in
            // The first line after that of the beginning tells of steps done.
            if line.hasPrefix("molecular dynamics"), line.contains("runs done"), line.contains("0 of") { stop.raise() }
        }
        await #expect(throws: Interrupted.self) {
            _ = try await Self.run(Self.settings(broken, threads: 1), progress: meter, stop: stop).perform([.experiment]
            )
        }
        #expect(!folder.has("broken/summary.md"))
        let results = ["900K-0", "1000K-0"].map { "broken/md/\($0)/result.json" }
        #expect(!results.allSatisfy(folder.has), "it was stopped before its end")

        await #expect(throws: InputError.self, "it is not begun anew by accident") {
            _ = try await Self.run(Self.settings(broken)).perform([.experiment])
        }
        _ = try await Self.run(Self.settings(broken, resume: true)).perform([.experiment])
        for name in ["900K-0", "1000K-0"] {
            #expect(try folder.text("whole/md/\(name)/result.json") == folder.text("broken/md/\(name)/result.json"))
        }
        #expect(
            try folder.text("whole/experiment/fig13-diffusion.csv")
                == folder.text("broken/experiment/fig13-diffusion.csv"))
    }

    @Test func finishedPartsAreNotRepeated() async throws {
        let folder = try TemporaryFolder()
        let output = folder.path + "/r"
        _ = try await Self.run(Self.settings(output)).perform([.speed])
        let first = try folder.text("r/speed/part.json")
        let page = try await Self.run(Self.settings(output, resume: true)).perform([.accuracy, .speed])
        #expect(try folder.text("r/speed/part.json") == first)
        #expect(page.sections.map(\.name) == ["accuracy", "speed"])
        // Data that come later are tested, though the part was finished without them.
        let data = try Self.ownData(in: folder.path + "/data")
        let later = try await Self.run(Self.settings(output, data: [data], resume: true)).perform([.accuracy])
        #expect(!later.sections[0].tables.isEmpty)
    }

    @Test func unwritableOutputIsToldFirst() async throws {
        let folder = try TemporaryFolder()
        try "x".write(toFile: folder.path + "/taken", atomically: true, encoding: .utf8)
        let error = await #expect(throws: InputError.self) {
            _ = try await Self.run(Self.settings(folder.path + "/taken")).perform([.speed])
        }
        #expect(error?.mend?.contains("--output") == true)
    }

    @Test func dataOfOtherElementsAreLeftOut() async throws {
        let folder = try TemporaryFolder()
        let cell = try Cell(a: 4, b: 4, c: 4)
        let sodium = Structure(cell: cell, species: [try Species(symbol: "Na", file: nil)], positions: [.zero])
        let frame = ExtendedXYZ.Frame(structure: sodium, energy: -1, forces: [.zero])
        try LabelledSystem(name: "na", frames: [frame]).write(to: folder.path + "/data/na")
        let page = try await Self.run(Self.settings(folder.path + "/r", data: [folder.path + "/data"])).perform([
            .accuracy
        ])
        #expect(page.sections[0].introduction.contains("elements that the model lacks"))
    }

    @Test func missingDataFolderIsNamed() async throws {
        let folder = try TemporaryFolder()
        let error = await #expect(throws: InputError.self) {
            _ = try await Self.run(Self.settings(folder.path + "/r", data: ["/no/such/data"])).perform([.accuracy])
        }
        #expect(error?.file == "/no/such/data")
    }
}
