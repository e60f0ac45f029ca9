import Files
import Foundation
import Structures

/// `summary.md`: the verdicts first, then every section, then where it all comes from.
public struct SummaryPage: Sendable {
    public var title: String
    public var sections: [Section]
    /// Parts of the paper that no section of this run speaks about.
    public var otherClaims: [Claim]
    public var manifest: Manifest
    /// Why there are no drawings, when there are none.
    public var figureMessage: String?

    public init(
        title: String, sections: [Section], otherClaims: [Claim], manifest: Manifest, figureMessage: String? = nil
    ) {
        self.title = title
        self.sections = sections
        self.otherClaims = otherClaims
        self.manifest = manifest
        self.figureMessage = figureMessage
    }

    public var claims: [Claim] { sections.flatMap(\.claims) + otherClaims }

    public var markdown: String {
        var parts = ["# \(title)", head, verdicts]
        if let figureMessage { parts.append("**No figures:** \(figureMessage).") }
        parts += sections.map {
            $0.markdown(heading: 2, figureFolder: "\($0.name)/", figureMessage: figureMessage)
                .trimmingCharacters(in: .newlines)
        }
        parts.append(provenance)
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// Writes `summary.md` into `folder`.
    public func write(to folder: String) throws {
        try AtomicFile.write(markdown, to: "\(folder)/summary.md")
    }

    private var head: String {
        let counts = Claim.Verdict.allCases.compactMap { verdict -> String? in
            let count = claims.count { $0.verdict == verdict }
            return count == 0 ? nil : "\(count) \(verdict.text)"
        }
        return """
            Huang et al., *J. Chem. Phys.* **154**, 094703 (2021), checked with profile `\(manifest.profile)` in \
            \(DurationText.of(seconds: manifest.wallSeconds)) on \(manifest.machine.processor) \
            (\(manifest.threads) threads). Of the paper's claims: \(counts.joined(separator: ", ")).
            """
    }

    private var verdicts: String {
        var lines = [
            "## Verdicts", "", "| | Paper | Claim | Verdict | Why |", "| :---: | :--- | :--- | :--- | :--- |",
        ]
        for claim in claims {
            let cells = [claim.verdict.sign, claim.source, claim.statement, claim.verdict.text, claim.reason]
            lines.append("| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
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
