import Execution
import Files
import Reporting

/// The pages of a study.
struct StudyReport {
    var study: Study
    var sections: [Section]
    var verdicts: [Verdict]
    var findings: Findings
    var manifest: Manifest
    /// About damaged outcomes.
    var remarks: [String]
    var failures: [CalculationFailure]

    /// Writes every section, `summary.md`, `summary.html` and `manifest.json`.
    ///
    /// - Throws: `InputError` when a file cannot be written.
    func write(to output: String, gnuplot: String) async throws -> SummaryPage {
        var message: String?
        for section in sections {
            let reason = try await section.write(to: output, gnuplot: gnuplot)
            message = message ?? reason
        }
        var sections = sections
        if let troubles { sections.append(troubles) }
        let names = study.materials.map(\.formula).joined(separator: ", ")
        let page = SummaryPage(
            title: "\(names): report of the \(study.profile.name) profile", verdicts: verdicts.map(\.row),
            order: Verdict.Decision.allCases.map(\.word), forest: ForestPlot.figure(of: verdicts), sections: sections,
            manifest: manifest, figureMessage: message)
        try manifest.write(to: output)
        try await page.write(to: output, gnuplot: gnuplot)
        return page
    }

    /// What went wrong; nil when nothing did.
    private var troubles: Section? {
        guard !failures.isEmpty || !remarks.isEmpty else { return nil }
        var table = Table(
            name: "failures", caption: "Calculations without an outcome",
            columns: [.init("calculation"), .init("reason"), .init("key")])
        for failure in failures {
            table.append([.text(failure.title), .text(failure.reason), .text(String(failure.key.prefix(12)))])
        }
        return Section(
            name: "failures", title: "What could not be computed", introduction: "",
            tables: failures.isEmpty ? [] : [table],
            remarks: remarks)
    }
}
