import ArgumentParser
import Files
import Foundation
import Parallel
import Reporting
import Validation

/// `lgps-bench check`: has any number moved that should not?
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure accuracy numbers and speed ratios afresh and compare them with their baselines.",
        discussion: """
            Checks: \(Regression.names.joined(separator: ", ")). Every baseline (reference-data/baselines) has a tolerance and its \
            reason; what has moved farther is told in units of its tolerance, and the exit code is 1. Two minutes on two cores. \
            Nothing depends on --seed.
            """)

    @OptionGroup var common: CommonOptions

    @Option(
        help: ArgumentHelp(
            "Models, data and baselines in the place of the project's reference-data.", valueName: "DIR"))
    var referenceData: String?

    @Option(help: ArgumentHelp("Make this check only; may be repeated.", valueName: "CHECK"))
    var only: [String] = []

    @Flag(help: "Write what has moved into the baselines, and the change in words into CHANGES.md beside them.")
    var update = false

    @Option(help: ArgumentHelp("With --update: why the numbers have changed, in a sentence.", valueName: "TEXT"))
    var because: String?

    @Option(
        help: ArgumentHelp(
            "Add accuracy and speed ratios to this CSV file and draw its figure beside it (reports/history.csv).",
            valueName: "FILE"))
    var history: String?

    func validate() throws {
        if because != nil, !update { throw ValidationError("--because belongs to --update") }
    }

    func run() async throws {
        StopSignal.install(resumeHint: "nothing has been changed")
        let reference = try referenceData.map { try ReferenceData(folder: $0) } ?? .locate()
        let regression = try Regression(
            reference, only: only, threads: common.threadCount, meter: common.progress, stop: .signals)
        var past =
            try history.flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
            .map { try RegressionHistory(contentsOf: $0) } ?? RegressionHistory()
        let update = update
        // Before anything is written, which would count as modified.
        let commit = await InstalledProgram.commit(of: reference.packageFolder)
        let report = try await onOwnThread { try update ? regression.update() : regression.run() }
        if common.json { try common.printJSON(report) }
        if update {
            try BaselineChanges.add(
                report, because: because, commit: commit, to: "\(reference.folder)/baselines/CHANGES.md")
            if !common.json {
                common.say(report.words.isEmpty ? "No baseline has changed." : report.words.joined(separator: "\n"))
            }
        } else if !common.json {
            common.say(report.text)
        }
        if let history {
            past.add(report, commit: commit ?? "unknown", processor: Machine.current.processor)
            try past.write(to: history)
            try await draw(past, beside: history)
        }
        if update ? !report.obstacles.isEmpty : !report.passes { throw ExitCode(1) }
    }

    private func draw(_ past: RegressionHistory, beside path: String) async throws {
        let url = URL(fileURLWithPath: path)
        let name = url.deletingPathExtension().lastPathComponent
        guard let figure = past.figure(name: name) else { return }
        if case .missing(let message) = try await Gnuplot.draw(figure, in: url.deletingLastPathComponent().path) {
            FileHandle.standardError.write(Data("\(message)\n".utf8))
        }
    }
}
