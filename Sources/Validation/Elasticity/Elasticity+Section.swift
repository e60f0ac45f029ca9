import Execution
import Reporting
import Statistics
import Structures

extension Elasticity {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let rows = try rows(of: study)
        guard let plan = study.profile.elastic, !rows.isEmpty else {
            return Section(name: name, title: title, introduction: "This profile has none of the materials.")
        }
        return Section(
            name: name, title: title,
            introduction: """
                Stresses of the relaxed ordered crystal of 50 atoms under strains of ±\(NumberText.exact(100 * plan.strain)) % in each \
                of six directions; mean ± standard deviation of the models, at 0 K. With the ions going with the cell, model and DFT \
                are compared at the same atoms; with the ions at rest, the constants are those of the crystal.
                """,
            tables: [table(rows, findings)], figures: figure(rows, findings).map { [$0] } ?? [],
            remarks: [
                "Bulk and shear modulus after Voigt, Reuss and Hill. C11, C13 and C44 are means over a and b, which are alike."
            ])
    }

    private func table(_ rows: [Row], _ findings: Findings) -> Table {
        let names = ["bulk", "shear"] + Self.constants.map(\.name)
        var table = Table(
            name: "elastic", caption: "Elastic constants",
            columns: [.init("material"), .init("level of theory"), .init("by")] + names.map { .init($0, unit: "GPa") })
        for row in rows {
            table.append(
                [.text(row.material.formula), .text(row.level.name), .text(row.kind.words)]
                    + Table.Cell.findings(names.map { findings["\(row.id)/\($0)"] }))
        }
        return table
    }

    /// Bulk moduli of the materials.
    private func figure(_ rows: [Row], _ findings: Findings) -> Figure? {
        let materials = rows.map(\.material).distinct
        let levels = rows.map(\.level).distinct
        let colours: [Colour] = [.blue, .orange, .green, .vermilion, .purple]
        let markers: [Kind: Series.Marker] = [.relaxed: .circle, .clamped: .openCircle, .labelled: .openSquare]
        var series: [Series] = []
        for (place, level) in levels.enumerated() {
            // Levels beside each other.
            let shift = 0.12 * (Double(place) - 0.5 * Double(levels.count - 1))
            for kind in Kind.allCases {
                var points: [Series.Point] = []
                for row in rows where row.level == level && row.kind == kind {
                    guard let bulk = findings["\(row.id)/bulk"]?.estimate else { continue }
                    let x = Double(materials.firstIndex(of: row.material) ?? 0) + shift
                    points.append(.init(x: x, y: bulk.value, yError: bulk.standardError))
                }
                guard !points.isEmpty else { continue }
                series.append(
                    Series(
                        "\(level.name), \(kind.words)", style: .points, colour: colours[place % colours.count],
                        marker: markers[kind] ?? .circle, points: points))
            }
        }
        guard !series.isEmpty else { return nil }
        return Figure(
            name: "elastic", caption: "Bulk modulus at 0 K.",
            panels: [
                Panel(
                    x: .init(
                        "M", range: -0.5...Double(materials.count) - 0.5,
                        ticks: materials.enumerated().map { .init($1.rawValue, at: Double($0)) }),
                    y: .init("Bulk modulus (GPa)"), series: series, legend: .topRight)
            ])
    }
}
