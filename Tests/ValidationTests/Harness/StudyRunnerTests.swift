import Files
import Foundation
import Parallel
import Reporting
import Testing

@testable import Validation

/// The main job, end to end.
@Suite(.serialized) struct StudyRunnerTests {
    @Test func everythingIsWrittenAndDrawnAgain() async throws {
        let folder = try TemporaryFolder()
        let data = try TinyStudy.ownData(in: folder.path + "/data")
        let report = try await TinyStudy.runner(in: folder, data: ["VASP-PBE=\(data)"]).run()
        #expect(report.failures.isEmpty, "\(report.failures)")
        let claims = try ReferenceDataTests.reference.claims()
        #expect(report.verdicts.map(\.claim) == claims.map(\.id), "every claim of the paper has its verdict, once")
        for name in [
            "summary.md", "summary.html", "manifest.json", "findings.json", "verdicts.json",
            "accuracy/table5-accuracy.csv",
            "speed/fig06-speed.csv", "convergence/fig07a-convergence.csv", "experiment/fig13-diffusion.csv",
            "lattice/table2-lattice.csv",
        ] {
            #expect(folder.has("report/" + name), "\(name)")
        }
        // The model tested on its own predictions: within the fast evaluator's tolerance, 2 meV/Å.
        let force = try #require(report.findings["accuracy/Ge/VASP-PBE/force"]?.estimate)
        #expect(force.value < 2)
        let manifest = try JSONText.read(Manifest.self, from: folder.path + "/report/manifest.json")
        #expect(manifest.seed == 3 && manifest.models[0].sha256.count == 64)

        // Nothing is computed twice: the same findings from the store, timings included.
        let findings = try folder.text("report/findings.json")
        let outcomes = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/store/outcomes")
        let again = try await TinyStudy.runner(in: folder, output: "again", data: ["VASP-PBE=\(data)"]).run()
        #expect(try folder.text("again/findings.json") == findings)
        #expect(again.failures.isEmpty)
        let after = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/store/outcomes")
        #expect(Set(after) == Set(outcomes))
    }

    @Test func threadsDoNotMatter() async throws {
        let dynamics: [any Experiment] = [Arrhenius(), Convergence()]
        let (one, two) = (try TemporaryFolder(), try TemporaryFolder())
        _ = try await TinyStudy.runner(in: one, experiments: dynamics, cores: 1).run()
        _ = try await TinyStudy.runner(in: two, experiments: dynamics, cores: 2).run()
        #expect(try one.text("report/findings.json") == two.text("report/findings.json"))
    }

    @Test func damagedOutcomeIsComputedAgainWithARemark() async throws {
        let folder = try TemporaryFolder()
        let dynamics: [any Experiment] = [Arrhenius()]
        _ = try await TinyStudy.runner(in: folder, experiments: dynamics).run()
        let findings = try folder.text("report/findings.json")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder.path + "/store/outcomes").first)
        let path = folder.path + "/store/outcomes/" + name
        try Data(try Data(contentsOf: URL(fileURLWithPath: path)).prefix(500)).write(to: URL(fileURLWithPath: path))
        let report = try await TinyStudy.runner(in: folder, output: "again", experiments: dynamics).run()
        #expect(try folder.text("again/findings.json") == findings)
        #expect(report.page.markdown.contains(name.prefix(12)), "the report says which outcome was damaged")
    }

    @Test func planTellsWhatIsThere() async throws {
        let folder = try TemporaryFolder()
        let dynamics: [any Experiment] = [Arrhenius()]
        let before = try TinyStudy.runner(in: folder, experiments: dynamics).plan()
        #expect(before.rows.map(\.presence) == [.missing, .missing] && before.secondsLeft > 0)
        #expect(!folder.has("store"), "a plan writes nothing")
        _ = try await TinyStudy.runner(in: folder, experiments: dynamics).run()
        let after = try TinyStudy.runner(in: folder, experiments: dynamics).plan()
        #expect(after.rows.map(\.presence) == [.here, .here] && after.secondsLeft == 0)
    }

    @Test func stopIsHeardAtOnce() async throws {
        let folder = try TemporaryFolder()
        let stop = StopFlag()
        stop.raise()
        await #expect(throws: Interrupted.self) {
            try await TinyStudy.runner(in: folder, experiments: [Arrhenius()], stop: stop).run()
        }
        #expect(!folder.has("report/summary.md"))
    }

    /// A failure is told on the page, and leaves the rest alone.
    @Test func explodedRunIsAFailureOfItsOwn() async throws {
        let folder = try TemporaryFolder()
        let hot = TinyStudy.profile.replacing("[900, 1000]", with: "[900], \"timestep\": 0.02")
            .replacing("\"sampleInterval\": 0.01", with: "\"sampleInterval\": 0.04")
        let report = try await TinyStudy.runner(in: folder, experiments: [Arrhenius(), Lattice()], profile: hot).run()
        #expect(report.failures.count == 1)
        #expect(report.findings["diffusion/Ge/VASP-PBE/disordered/expanded/900K"]?.obstacle != nil)
        #expect(report.findings["lattice/Ge/CP2K-PBE/volume"]?.estimate != nil)
        #expect(report.page.markdown.contains("What could not be computed"))
    }
}
