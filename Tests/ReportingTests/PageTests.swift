import Files
import Foundation
import Parallel
import Structures
import Testing

@testable import Reporting

@Suite struct PageTests {
    static let manifest = Manifest(
        commandLine: ["lgps-bench", "all"], profile: "quick", material: "Ge", seed: 7, threads: 2,
        models: [.init(path: "model.dp", sha256: String(repeating: "ab", count: 32))], data: [], commit: nil,
        machine: Machine(processor: "test", cores: 2, memoryGiB: 4, system: "Linux"), versions: ["gsl": "2.7"],
        started: Date(timeIntervalSince1970: 0), finished: Date(timeIntervalSince1970: 60),
        parts: [
            .init(name: "accuracy", wallSeconds: 10, cpuSeconds: 20),
            .init(name: "speed", wallSeconds: 50, cpuSeconds: 60, details: ["ms/step": "4.1"]),
        ])

    static let section = Section(
        name: "accuracy", title: "Accuracy", introduction: "Errors.", tables: [TableTests.table],
        figures: [FigureTests.figure],
        remarks: ["Interim model."])

    static let page = SummaryPage(
        title: "Report <1>",
        verdicts: [
            .init(source: "Fig. 12", statement: "RDF", sign: "–", word: "not computed yet", reason: "later"),
            .init(
                source: "Table V", statement: "82 meV/Å", sign: "✘", word: "not reproduced", reason: "118 | meV/Å",
                origin: .shipped),
            .init(
                source: "Fig. 6", statement: "linear", sign: "?", word: "undecided", reason: "no finding `speed/*/x`",
                remedy: "`lgps-bench speed`, about 1 h"),
        ], order: ["reproduced", "not reproduced", "undecided"],
        forest: FigureTests.figure, sections: [Self.section], manifest: Self.manifest)

    @Test func summaryJoinsVerdictsSectionsAndProvenance() {
        let page = Self.page.markdown
        for expected in [
            "Of 3 claims of the paper: 1 not reproduced, 1 undecided, 1 not computed yet.",
            "[Verdicts](#verdicts) · [Accuracy](#accuracy) · [Where this comes from](#where-this-comes-from)",
            "### ✘ Not reproduced (1)\n\n| Paper | Claim | Why | Computed |",
            "| Table V | 82 meV/Å | 118 \\| meV/Å | shipped |",
            "| Fig. 6 | linear | no finding `speed/*/x` | `lgps-bench speed`, about 1 h |",
            "| Fig. 12 | RDF | later |", "![all-styles](all-styles.png)",
            "<summary>1 models and 0 systems of labelled data</summary>\n\n- model: `model.dp`, SHA-256 `abababab",
            "![all-styles](accuracy/all-styles.png)",
            "[table5.csv](accuracy/table5.csv)", "- Interim model.", "in 1 min 00 s on test (2 threads)",
            "speed: 50 s wall, 1 min 00 s CPU (ms/step 4.1)",
        ] {
            #expect(page.contains(expected), "\(expected)")
        }
    }

    @Test func sectionWithoutGnuplotSaysSo() async throws {
        let folder = try TemporaryFolder()
        let message = try await Self.section.write(to: folder.path, gnuplot: "no-such-gnuplot")
        #expect(message != nil)
        let page = try folder.text("accuracy/report.md")
        #expect(page.contains("not drawn") && !page.contains(".png"))
        #expect(folder.has("accuracy/table5.csv"))
    }

    @Test func manifestIsReadBack() throws {
        let folder = try TemporaryFolder()
        try Self.manifest.write(to: folder.path)
        #expect(try JSONText.read(Manifest.self, from: folder.path + "/manifest.json") == Self.manifest)
        #expect(try folder.text("manifest.json").contains("\"started\" : \"1970-01-01T00:00:00Z\""))
    }

    @Test func faultyJSONNamesTheKey() throws {
        let folder = try TemporaryFolder()
        try "{\"columns\":[]}".write(to: folder.url.appending(path: "t.json"), atomically: true, encoding: .utf8)
        let error = #expect(throws: InputError.self) { try JSONText.read(Table.self, from: folder.path + "/t.json") }
        #expect(["caption", "name"].contains(error?.place) && error?.problem == "this key is missing")
    }

    @Test func unwritableOutputIsToldBeforeAnyWork() throws {
        // A file where the folder should be: fails for every user, root too.
        let folder = try TemporaryFolder()
        try "x".write(to: folder.url.appending(path: "taken"), atomically: true, encoding: .utf8)
        for path in ["\(folder.path)/taken", "\(folder.path)/taken/below", "/proc/nowhere"] {
            let error = #expect(throws: InputError.self) { try Folder.prepare(path) }
            #expect(error?.file == path && error?.mend?.hasPrefix("choose another") == true)
        }
        try Folder.prepare("\(folder.path)/new/deep")
        #expect(folder.names == ["new", "taken"])
    }

    @Test func commitAndVersions() async throws {
        let folder = try TemporaryFolder()
        #expect(await InstalledProgram.commit(of: folder.path) == nil)
        #expect(await InstalledProgram.firstLine("no-such-program", []) == nil)
        #expect(await InstalledProgram.firstLine("sh", ["-c", "echo one; echo two"]) == "one")
    }
}
