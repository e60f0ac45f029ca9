import Files
import Foundation
import Structures

/// `summary.md`: the verdicts first, then every section, then where it all comes from.
public struct SummaryPage: Sendable {
    public var title: String
    /// In the order of the paper.
    public var verdicts: [VerdictRow]
    /// A figure of the verdicts, which stands beside the page; nil for none.
    public var forest: Figure?
    public var sections: [Section]
    public var manifest: Manifest
    /// Why there are no drawings, when there are none.
    public var figureMessage: String?

    public init(
        title: String, verdicts: [VerdictRow], forest: Figure? = nil, sections: [Section], manifest: Manifest,
        figureMessage: String? = nil
    ) {
        self.title = title
        self.verdicts = verdicts
        self.forest = forest
        self.sections = sections
        self.manifest = manifest
        self.figureMessage = figureMessage
    }

    public var markdown: String {
        var parts = ["# \(title)", head, verdictTable]
        if let forest, figureMessage == nil {
            parts += ["![\(forest.name)](\(forest.name).png)", "*\(forest.caption)*"]
        }
        if let figureMessage { parts.append("**No figures:** \(figureMessage).") }
        parts += sections.map {
            $0.markdown(heading: 2, figureFolder: "\($0.name)/", figureMessage: figureMessage)
                .trimmingCharacters(in: .newlines)
        }
        parts.append(provenance)
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// Writes `summary.md` into `folder`, and the figure of the verdicts unless there is a reason for no drawings.
    public func write(to folder: String, gnuplot: String = "gnuplot") async throws {
        if let forest, figureMessage == nil { _ = try await Gnuplot.draw(forest, in: folder, program: gnuplot) }
        try AtomicFile.write(markdown, to: "\(folder)/summary.md")
    }

    private var head: String {
        var words: [String] = []
        for verdict in verdicts where !words.contains(verdict.word) { words.append(verdict.word) }
        let counts = words.map { word in "\(verdicts.count { $0.word == word }) \(word)" }
        return """
            Huang et al., *J. Chem. Phys.* **154**, 094703 (2021), checked with profile `\(manifest.profile)` in \
            \(DurationText.of(seconds: manifest.wallSeconds)) on \(manifest.machine.processor) \
            (\(manifest.threads) threads). Of \(verdicts.count) claims of the paper: \
            \(counts.joined(separator: ", ")).
            """
    }

    private var verdictTable: String {
        var table = MarkdownTable([
            .init("", .centre), .init("Paper"), .init("Claim"), .init("Verdict"), .init("Why"), .init("Computed"),
        ])
        for row in verdicts {
            table.append([row.sign, row.source, row.statement, row.word, row.reason, row.origin?.rawValue ?? "–"])
        }
        return "## Verdicts\n\n" + table.text
    }

    private var provenance: String {
        var lines = ["## Where this comes from", "", "Everything is in [manifest.json](manifest.json); in short:", ""]
        lines.append("- command: `\(manifest.commandLine.joined(separator: " "))`")
        lines.append(
            "- source: \(manifest.commit.map { "commit `\($0)`" } ?? "not in a git checkout"), seed \(manifest.seed)")
        for model in manifest.models {
            lines.append("- model: `\(model.path)`, SHA-256 `\(model.sha256.prefix(16))…`")
        }
        for data in manifest.data {
            lines.append("- labelled data: `\(data.path)`, SHA-256 `\(data.sha256.prefix(16))…`")
        }
        let machine = manifest.machine
        lines.append(
            "- machine: \(machine.processor), \(machine.cores) cores, \(machine.memoryGiB) GiB, \(machine.system)")
        for part in manifest.parts {
            let details = part.details.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            let tail = details.isEmpty ? "" : " (\(details.joined(separator: "; ")))"
            lines.append(
                "- \(part.name): \(DurationText.of(seconds: part.wallSeconds)) wall, "
                    + "\(DurationText.of(seconds: part.cpuSeconds)) CPU\(tail)")
        }
        return lines.joined(separator: "\n")
    }
}
