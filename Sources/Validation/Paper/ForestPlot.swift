import Foundation
import Reporting
import Statistics

/// All claims with numbers in one figure: what we found, what the paper says and what was measured, each over the paper's value
/// (over the measured one where the paper gives none).
public enum ForestPlot {
    /// - Returns: nil when no claim compares positive numbers.
    public static func figure(of verdicts: [Verdict]) -> Figure? {
        let rows = verdicts.flatMap(rows)
        guard !rows.isEmpty else { return nil }
        // The paper's first claim is on top.
        func y(_ index: Int) -> Double { Double(rows.count - index) }
        func points(_ value: (Row) -> Estimate?) -> [Series.Point] {
            rows.enumerated().compactMap { index, row in
                value(row).map { estimate in
                    let ratio = estimate.scaled(by: 1 / row.base)
                    return .init(x: ratio.value, y: y(index), xError: ratio.standardError)
                }
            }
        }
        func ours(_ answer: Evidence.Answer) -> [Series.Point] { points { $0.answer == answer ? $0.ours : nil } }
        let edges = (y(rows.count - 1) - 0.6)...(y(0) + 0.6)
        let series = [
            Series("paper", style: .points, colour: .grey, marker: .diamond, points: points(\.paper)),
            Series("experiment", style: .points, colour: .black, marker: .openSquare, points: points(\.measured)),
            Series("ours, passes", style: .points, colour: .green, points: ours(.passes)),
            Series("ours, undecided", style: .points, colour: .skyBlue, marker: .openCircle, points: ours(.open)),
            Series("ours, fails", style: .points, colour: .vermilion, marker: .triangle, points: ours(.fails)),
            Series(
                "", style: .dashedLine, colour: .grey,
                points: [edges.lowerBound, edges.upperBound].map { .init(x: 1, y: $0) }),
        ].filter { !$0.points.isEmpty }
        let panel = Panel(
            x: .init("ratio to the paper's value", scale: .logarithmic),
            y: .init("", range: edges, ticks: rows.enumerated().map { .init($1.label, at: y($0)) }),
            series: series, legend: .bottomRight)
        return Figure(
            name: "claims",
            caption:
                "Claims, decided and undecided: ours over the paper's value, with standard errors; the paper's number "
                + "and the measured one, if any, in the same unit. Rows without a number of the paper are over the measured "
                + "one. A range stands for its middle, half its width for its error.",
            panels: [panel], panelSize: .init(width: 700, height: max(200, 80 + 24 * rows.count)))
    }

    /// One finding of one claim, with everything that it is compared with.
    private struct Row {
        var label: String
        var ours: Estimate
        var answer: Evidence.Answer
        var paper: Estimate?
        var measured: Estimate?
        /// What all is divided by.
        var base: Double
    }

    private static func rows(_ verdict: Verdict) -> [Row] {
        // A finding that is compared twice (with the paper, with experiment) is one row.
        var groups: [(findings: [String], evidence: [Evidence])] = []
        for evidence in verdict.evidence {
            guard let comparison = evidence.comparison, comparison.source != .ours, comparison.expected.value > 0,
                comparison.ours.value > 0
            else { continue }
            if let place = groups.firstIndex(where: {
                $0.findings == evidence.findings && $0.evidence[0].comparison?.ours == comparison.ours
            }) {
                groups[place].evidence.append(evidence)
            } else {
                groups.append((evidence.findings, [evidence]))
            }
        }
        return groups.map { group in
            func expected(_ source: Evidence.Comparison.Source) -> Estimate? {
                group.evidence.compactMap(\.comparison).first { $0.source == source }?.expected
            }
            let (paper, measured) = (expected(.paper), expected(.measured))
            let answers = group.evidence.map(\.answer)
            return Row(
                label: label(verdict, group.findings[0], among: groups.map { $0.findings[0] }),
                ours: group.evidence[0].comparison!.ours,
                answer: answers.contains(.fails) ? .fails : answers.contains(.open) ? .open : .passes,
                paper: paper, measured: measured, base: (paper ?? measured)!.value)
        }
    }

    /// The claim and its place in the paper, and what in the finding's id tells it from the claim's other findings.
    private static func label(_ verdict: Verdict, _ finding: String, among all: [String]) -> String {
        let parts = all.map { $0.split(separator: "/") }
        let own = finding.split(separator: "/")
        let telling = own.indices.filter { index in
            parts.contains { !$0.indices.contains(index) || $0[index] != own[index] }
        }
        let name = ([verdict.claim] + telling.map { String(own[$0]) }).joined(separator: " ")
        return "\(name) (\(verdict.source))"
    }
}
