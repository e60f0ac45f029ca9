import Execution
import Reporting
import Statistics
import Structures

extension Arrangements {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let measured = try measured(of: study, outcomes)
        guard let plan = study.profile.arrangements, !measured.isEmpty else {
            return Section(name: name, title: title, introduction: "This profile has none of the materials.")
        }
        return Section(
            name: name, title: title,
            introduction: """
                \(plan.count) arrangements of M and P over the 4d sites of \(plan.supercell.atoms) atoms, the ordered one among them, \
                each relaxed by the first model of a level. Energies at these places, each source's mean taken off, say whether \
                models see the small differences between arrangements that errors over all frames hide.
                """,
            tables: [table(measured, findings), energies(measured)], figures: measured.compactMap(Self.figure),
            remarks: [
                "Rank: Kendall's τ, 1 where both sources agree on the order of every pair of cells; its error is that of no order at all."
            ])
    }

    private func table(_ measured: [Measured], _ findings: Findings) -> Table {
        let columns: [(name: String, column: Table.Column)] = [
            ("spread", .init("spread of DFT's energies", unit: "meV/atom")),
            ("error", .init("models against DFT", unit: "meV/atom")), ("rank", .init("rank correlation")),
            ("disagreement", .init("models against each other", unit: "meV/atom")),
        ]
        var table = Table(
            name: "arrangements", caption: "Relative energies of arrangements (standard deviations)",
            columns: [.init("material"), .init("level of theory"), .init("cells")] + columns.map(\.column))
        for row in measured {
            table.append(
                [
                    .text(row.comparison.material.formula), .text(row.comparison.level.name),
                    .integer(row.comparison.models[0].count),
                ] + Table.Cell.findings(columns.map { findings["\(row.comparison.id)/\($0.name)"] }))
        }
        return table
    }

    private func energies(_ measured: [Measured]) -> Table {
        var table = Table(
            name: "arrangement-energies", caption: "Relative energy of each cell",
            columns: [
                .init("material"), .init("level of theory"), .init("cell"), .init("models", unit: "meV/atom"),
                .init("DFT", unit: "meV/atom"),
            ])
        for row in measured where row.obstacle == nil {
            let models = row.models.map(ArrangementEnergies.relative)
            let labels = row.labels.map(ArrangementEnergies.relative)
            for cell in models[0].indices {
                table.append([
                    .text(row.comparison.material.formula), .text(row.comparison.level.name), .integer(cell + 1),
                    .measured(.spread(models.map { $0[cell] }), origin: row.origin),
                    labels.map { .number($0[cell], digits: 3) } ?? .empty,
                ])
            }
        }
        return table
    }

    /// Models against DFT; against the first model where there is no DFT.
    private static func figure(_ row: Measured) -> Figure? {
        guard row.obstacle == nil, row.labels != nil || row.models.count > 1 else { return nil }
        let reference = ArrangementEnergies.relative(row.labels ?? row.models[0])
        let others = (row.labels == nil ? Array(row.models.dropFirst()) : row.models).map(ArrangementEnergies.relative)
        let points = reference.indices.map { cell in
            let mean = Estimate.spread(others.map { $0[cell] })
            return Series.Point(x: reference[cell], y: mean.value, yError: mean.standardError)
        }
        let ends = [reference.min() ?? 0, reference.max() ?? 0]
        let whose = row.labels == nil ? "the first model" : row.comparison.level.name
        return Figure(
            name: "arrangements-\(row.comparison.material.rawValue)-\(row.comparison.level.name)",
            caption: """
                Energies of arrangements of M and P in \(row.comparison.material.formula), each source's mean taken off: \
                \(row.labels == nil ? "the other models" : "models") of \(row.comparison.level.name) against \(whose).
                """,
            panels: [
                Panel(
                    x: .init("\(row.labels == nil ? "First model" : "DFT") (meV/atom)"), y: .init("Models (meV/atom)"),
                    series: [
                        Series("", style: .dashedLine, colour: .grey, points: ends.map { .init(x: $0, y: $0) }),
                        Series(
                            "", style: .points, colour: .material(row.comparison.material.rawValue), points: points),
                    ], legend: .none, isSquare: true)
            ])
    }
}
