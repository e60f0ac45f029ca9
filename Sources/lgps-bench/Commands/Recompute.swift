import ArgumentParser
import Execution
import Files
import Foundation
import Parallel
import Validation

/// `lgps-bench recompute KEY|FINDING-ID`
struct Recompute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compute a shipped or stored outcome again and compare.",
        discussion:
            "Exit code 1 when a recomputed outcome differs; runs that differ only by rounding are told in errors.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "A key, its first characters, or the id of a finding.") var name: String
    @Option(help: "The report that has the finding.") var output = "output"
    @Option(help: "The store that has the outcome. (default: OUTPUT/store)") var store: String?
    @Option(help: "Where the new outcomes go.") var work = "recompute"

    func run() async throws {
        StopSignal.install(resumeHint: "the same command goes on")
        let findingsFile = "\(output)/findings.json"
        let path = store ?? "\(output)/store"
        let recomputation = Recomputation(
            reference: try ReferenceData.locate(),
            store: FileManager.default.fileExists(atPath: path) ? try Store(existing: path) : nil,
            work: try Store(work), cores: common.threadCount, meter: common.progress, stop: .signals)
        let comparisons = try await recomputation.run(
            name, findings: FileManager.default.fileExists(atPath: findingsFile) ? try Findings.read(findingsFile) : nil
        )
        if common.json { try common.printJSON(comparisons) }
        for comparison in comparisons where !common.json {
            let verdict = comparison.isIdentical ? "identical, bit for bit" : comparison.difference ?? "differs"
            common.say("\(comparison.key.prefix(12)) \(comparison.title): \(verdict)")
        }
        if comparisons.contains(where: { !$0.isIdentical }) { throw ExitCode(1) }
    }
}
