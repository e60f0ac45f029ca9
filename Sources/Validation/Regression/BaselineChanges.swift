import Files
import Foundation

/// `reference-data/baselines/CHANGES.md`: every change of a baseline in words, newest first.
public enum BaselineChanges {
    private static let heading = """
        # Changes of the baselines

        Written by `lgps-bench check --update`, newest first.

        """

    /// Adds an entry; nothing is written where nothing changed.
    ///
    /// - Parameters:
    ///   - because: why, in the words of whoever updates.
    ///   - commit: of the program that found it.
    /// - Throws: `InputError` when the file cannot be written.
    public static func add(_ report: RegressionReport, because: String?, commit: String?, to path: String) throws {
        guard !report.failures.isEmpty else { return }
        let old = FileManager.default.fileExists(atPath: path) ? try InputFile.text(at: path) : heading
        let entries = old.hasPrefix(heading) ? String(old.dropFirst(heading.count)) : old
        let date = Date.now.formatted(.iso8601.year().month().day())
        var lines = ["## \(date), \(commit.map { "commit \($0.prefix(12))" } ?? "no commit")", ""]
        if let because { lines += [because, ""] }
        for check in report.checks where !check.failures.isEmpty { lines += Self.lines(check) }
        try AtomicFile.write(heading + "\n" + lines.joined(separator: "\n") + "\n" + entries, to: path)
    }

    /// Many new or lost numbers are told by their count.
    private static func lines(_ check: RegressionReport.Check) -> [String] {
        func some(_ state: Movement.State, _ what: String) -> [String] {
            let all = check.failures.filter { $0.state == state }
            return all.count > 10 ? ["- \(check.name): \(all.count) numbers \(what)"] : all.map { "- \($0.words)" }
        }
        let moved = check.failures.filter { $0.state == .moved }.map { "- \($0.words)" }
        return moved + some(.new, "are new") + some(.gone, "are not measured any more")
    }
}
