import Files
import Foundation
import Structures

/// The report's first page, as `summary.md` for a forge and as `summary.html`, one file that needs no other: the verdicts
/// first, then every section, then where it all comes from.
public struct SummaryPage: Sendable {
    public var title: String
    /// In the order of the paper.
    public var verdicts: [VerdictRow]
    /// The words of the verdicts in the order in which they are told; those that are missing here follow.
    public var order: [String]
    /// A figure of the verdicts, which stands beside the page; nil for none.
    public var forest: Figure?
    public var sections: [Section]
    public var manifest: Manifest
    /// Why there are no drawings, when there are none.
    public var figureMessage: String?

    public init(
        title: String, verdicts: [VerdictRow], order: [String] = [], forest: Figure? = nil, sections: [Section],
        manifest: Manifest, figureMessage: String? = nil
    ) {
        self.title = title
        self.verdicts = verdicts
        self.order = order
        self.forest = forest
        self.sections = sections
        self.manifest = manifest
        self.figureMessage = figureMessage
    }

    /// Writes `summary.md` and `summary.html` into `folder`, where the sections and their drawings are already, and the
    /// figure of the verdicts unless there is a reason for no drawings.
    ///
    /// - Throws: `InputError` when a file cannot be written or a drawing cannot be read.
    public func write(to folder: String, gnuplot: String = "gnuplot") async throws {
        if let forest, figureMessage == nil { _ = try await Gnuplot.draw(forest, in: folder, program: gnuplot) }
        try AtomicFile.write(markdown, to: "\(folder)/summary.md")
        try AtomicFile.write(try html(drawings: folder), to: "\(folder)/summary.html")
    }

    /// The report in a sentence or two, in Markdown.
    var head: String {
        let counts = groups.map { "\($0.rows.count) \($0.word)" }
        return """
            Huang et al., *J. Chem. Phys.* **154**, 094703 (2021), checked with profile `\(manifest.profile)` in \
            \(DurationText.of(seconds: manifest.wallSeconds)) on \(manifest.machine.processor) \
            (\(manifest.threads) threads). Of \(verdicts.count) claims of the paper: \
            \(counts.joined(separator: ", ")).
            """
    }

    var groups: [VerdictGroup] { VerdictGroup.groups(of: verdicts, order: order) }

    static let verdictsTitle = "Verdicts"
    static let provenanceTitle = "Where this comes from"

    /// Machine, source and times, in Markdown.
    var provenance: String {
        let machine = manifest.machine
        var lines = [
            "- command: `\(manifest.commandLine.joined(separator: " "))`",
            "- source: \(manifest.commit.map { "commit `\($0)`" } ?? "not in a git checkout"), seed \(manifest.seed)",
            "- machine: \(machine.processor), \(machine.cores) cores, \(machine.memoryGiB) GiB, \(machine.system)",
        ]
        for part in manifest.parts {
            let details = part.details.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            let tail = details.isEmpty ? "" : " (\(details.joined(separator: "; ")))"
            lines.append(
                "- \(part.name): \(DurationText.of(seconds: part.wallSeconds)) wall, "
                    + "\(DurationText.of(seconds: part.cpuSeconds)) CPU\(tail)")
        }
        return "Everything is in [manifest.json](manifest.json); in short:\n\n" + lines.joined(separator: "\n")
    }

    /// Models and labelled data by their hashes, in Markdown, which are many; nil when there are none.
    var inputs: (title: String, list: String)? {
        let lines =
            manifest.models.map { "- model: `\($0.path)`, SHA-256 `\($0.sha256.prefix(16))…`" }
            + manifest.data.map { "- labelled data: `\($0.path)`, SHA-256 `\($0.sha256.prefix(16))…`" }
        guard !lines.isEmpty else { return nil }
        return (
            "\(manifest.models.count) models and \(manifest.data.count) systems of labelled data",
            lines.joined(separator: "\n")
        )
    }
}
