import Reporting

extension RegressionHistory {
    private static let colours: [Colour] = [.blue, .orange, .green, .vermilion, .purple, .skyBlue]
    private static let markers: [Series.Marker] = [.circle, .square, .triangle, .diamond, .openCircle, .openSquare]

    /// Errors of forces and ratios of speed by commit, in the order in which these were added; nil without rows.
    public func figure(name: String = "history") -> Figure? {
        guard !rows.isEmpty else { return nil }
        var commits: [String] = []
        for row in rows where !commits.contains(row.commit) { commits.append(row.commit) }
        let panels = [
            panel("(a)", "accuracy/", suffix: "/force", "error of forces (meV/Å)", commits),
            panel("(b)", "speed/", suffix: "", "times the reference evaluator", commits),
        ]
        let shown = panels.compactMap { $0 }
        guard !shown.isEmpty else { return nil }
        return Figure(
            name: name,
            caption:
                "Accuracy of the committed models on the committed frames (mean over an ensemble and its materials), and how many "
                + "times faster than the reference evaluator, measured in the same run, the fast one is, by commit. Speeds are of "
                + "the processor that a row of history.csv names.",
            panels: shown, columns: 1, panelSize: .init(width: 560, height: 300))
    }

    private func panel(
        _ tag: String, _ prefix: String, suffix: String, _ label: String, _ commits: [String]
    ) -> Panel? {
        let ids = Set(rows.map(\.id).filter { $0.hasPrefix(prefix) && $0.hasSuffix(suffix) }).sorted()
        guard !ids.isEmpty else { return nil }
        let series = ids.enumerated().map { index, id in
            let title = id.dropFirst(prefix.count).dropLast(suffix.count)
            return Series(
                String(title), style: .linePoints, colour: Self.colours[index % Self.colours.count],
                marker: Self.markers[index % Self.markers.count],
                points: rows.filter { $0.id == id }.map { row in
                    Series.Point(x: Double(commits.firstIndex(of: row.commit)!), y: row.value)
                })
        }
        // At most a dozen commits are named.
        let step = max(1, (commits.count + 11) / 12)
        let ticks = stride(from: 0, to: commits.count, by: step).map {
            Panel.Tick(String(commits[$0].prefix(7)), at: Double($0))
        }
        let largest = series.flatMap(\.points).map(\.y).max() ?? 1
        return Panel(
            tag: tag, x: .init("commit", range: -0.5...(Double(commits.count) - 0.5) * 1.6 + 1, ticks: ticks),
            y: .init(label, range: 0...1.15 * largest), series: series)
    }
}
