import Calculations
import Execution
import Reporting
import Statistics

extension RadialDistributions {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let comparisons = try comparisons(of: study, outcomes)
        return Section(
            name: name, title: title,
            introduction: """
                d is the area between the radial distributions of the disordered and the ordered crystal within \
                \(Int(RadialDifference.range)) Å, over that under the ordered one's: 0 where disorder changes nothing. The paper \
                finds Li-Li and Li-S unchanged, Li-P slightly and Li-Sn clearly changed. \(DiffusionText.protocols(study.plans(for: name)))
                """,
            tables: [table(comparisons, findings), try overlaps(study, outcomes, comparisons)],
            figures: comparisons.compactMap(figure),
            remarks: [
                "The sign of the difference at each distance comes from one half of the runs and its size from the other, so that "
                    + "noise alone gives 0 and may give less."
            ])
    }

    private func table(_ comparisons: [Comparison], _ findings: Findings) -> Table {
        var table = Table(
            name: "fig12-rdf", caption: "How much disorder of M and P changes the radial distributions around Li",
            columns: [
                .init("crystal"), .init("T", unit: "K"), .init("runs, ordered"), .init("runs, disordered"),
                .init("d, Li-Li"), .init("d, Li-M"), .init("d, Li-P"), .init("d, Li-S"),
            ])
        for comparison in comparisons {
            table.append(
                [
                    .text(comparison.series), .number(comparison.run.temperature, digits: 3),
                    .integer(comparison.ordered.count), .integer(comparison.disordered.count),
                ]
                    + Self.partners(comparison.run).map {
                        findings["rdf/\(comparison.series)/Li-\($0)"].map { .finding($0) } ?? .empty
                    })
        }
        return table
    }

    /// Of ordered and disordered crystals, and of models of several levels in one crystal.
    private func overlaps(_ study: Study, _ outcomes: Outcomes, _ comparisons: [Comparison]) throws -> Table {
        var table = Table(
            name: "rdf-overlap", caption: "Overlap of radial distributions, all pairs (as ml-peg scores potentials)",
            columns: [.init("crystal"), .init("T", unit: "K"), .init("compared"), .init("pair"), .init("overlap")])
        func append(_ overlap: RadialOverlap, _ crystal: String, _ run: PlannedRun, _ compared: String) {
            for pair in overlap.pairs {
                table.append([
                    .text(crystal), .number(run.temperature, digits: 3), .text(compared), .text(pair.name),
                    .measured(pair.overlap),
                ])
            }
        }
        for comparison in comparisons {
            guard let overlap = comparison.overlap else { continue }
            append(overlap, comparison.series, comparison.run, "ordered, disordered")
        }
        // Where that experiment's runs are there, too.
        let runs = try study.runs(for: FunctionalComparison().name)
        func records(_ run: PlannedRun) -> [DynamicsRecord] {
            runs.filter { $0.label == run.label }.compactMap { Found(outcomes, $0.calculation).content }
        }
        for (place, run) in runs.enumerated() {
            func isSame(_ other: PlannedRun) -> Bool {
                other.material == run.material && other.arrangement == run.arrangement && other.cell == run.cell
                    && other.temperature == run.temperature
            }
            guard let first = runs.first(where: isSame), first.level != run.level,
                !runs[..<place].contains(where: { $0.label == run.label }),
                let overlap = RadialOverlap(records(first), records(run))
            else { continue }
            append(
                overlap, "\(run.material.rawValue)/\(run.arrangement.rawValue)", run,
                "\(first.level.name), \(run.level.name)")
        }
        return table
    }

    private func figure(_ comparison: Comparison) -> Figure? {
        guard !comparison.differences.isEmpty else { return nil }
        let panels = comparison.differences.map { partner, difference in
            func line(_ curve: [Double]) -> [Series.Point] {
                zip(difference.radii, curve).filter { $0.0 <= 8 }.map { .init(x: $0, y: $1) }
            }
            let gap = zip(zip(difference.first, difference.second), difference.errors).map { ($0.0 - $0.1, $1) }
            return Panel(
                tag: "Li-\(partner)", x: .init("r (Å)", range: 1...8), y: .init("g(r)"),
                series: [
                    Series("ordered", style: .line, colour: .vermilion, points: line(difference.second)),
                    Series("disordered", style: .line, colour: .blue, points: line(difference.first)),
                    Series(
                        "difference, ±2 standard errors", style: .band, colour: .green,
                        points: zip(difference.radii, gap).map { .init(x: $0, y: $1.0, yError: 2 * $1.1) }),
                ], legend: .topRight)
        }
        return Figure(
            name: "fig12-\(comparison.series.replacing("/", with: "-"))",
            caption: """
                \(comparison.series), \(PlannedRun.kelvins(comparison.run.temperature)): radial distributions around Li in the \
                ordered and the disordered crystal.
                """,
            panels: panels, columns: 2, panelSize: .init(width: 340, height: 260))
    }
}
