import Execution
import Reporting
import Statistics
import Structures

extension Disorder {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let points = try points(of: study, outcomes)
        return Section(
            name: name, title: title,
            introduction: """
                M and P share the 4d sites; in the ordered crystal they keep to their own columns. The paper finds D of \
                Li₁₀GeP₂S₁₂ and Li₁₀SiP₂S₁₂ 2 to 4 times larger with disorder at low temperature, that of Li₁₀SnP₂S₁₂ smaller. \
                \(DiffusionText.protocols(study.plans(for: name)))
                """,
            tables: [table(points, findings)], figures: study.materials.compactMap { figure($0, points) },
            remarks: [
                "The spread between arrangements is what is left of the scatter of ln D when the runs' own errors are taken off."
            ])
    }

    private func table(_ points: [DiffusionPoint], _ findings: Findings) -> Table {
        var table = Table(
            name: "fig11-disorder", caption: "Diffusion coefficients of ordered and disordered crystals",
            columns: [
                .init("crystal"), .init("arrangements"), .init("D, ordered", unit: "m²/s"),
                .init("D, disordered", unit: "m²/s"), .init("disordered over ordered"),
                .init("spread of ln D between arrangements"),
            ])
        for pair in Self.pairs(points) {
            let label = Self.label(pair)
            func cell(_ id: String) -> Table.Cell { findings[id].map { .finding($0) } ?? .empty }
            table.append([
                .text(label), .integer(pair.second.runs.count), cell("diffusion/\(pair.first.label)"),
                cell("diffusion/\(pair.second.label)"), cell("disorder/\(label)/ratio"),
                cell("disorder/\(label)/spread"),
            ])
        }
        return table
    }

    private func figure(_ material: Material, _ points: [DiffusionPoint]) -> Figure? {
        let own = points.filter { $0.material == material }
        guard !own.isEmpty else { return nil }
        func line(_ arrangement: DynamicsPlan.Arrangement) -> [DiffusionPoint] {
            own.filter { $0.runs[0].planned.arrangement == arrangement }.sorted { $0.temperature < $1.temperature }
        }
        let (ordered, disordered) = (line(.ordered), line(.disordered))
        let single = disordered.filter { $0.runs.count > 1 }.flatMap { point in
            point.runs.compactMap { $0.result?.estimate.map { point.overInverseTemperature(Estimate($0.value)) } }
        }
        return Figure(
            name: "fig11-disorder-\(material.rawValue)",
            caption: """
                Diffusion coefficient of Li in ordered and disordered \(material.formula). Open circles: single arrangements.
                """,
            panels: [
                Panel(
                    x: .init("1000/T (K⁻¹)"), y: .init("D (m²/s)", scale: .logarithmic),
                    series: [
                        Series(
                            "ordered", style: .linePoints, colour: .vermilion, marker: .square,
                            points: ordered.compactMap(\.overInverseTemperature)),
                        Series(
                            "disordered", style: .linePoints, colour: .blue,
                            points: disordered.compactMap(\.overInverseTemperature)),
                        Series("", style: .points, colour: .skyBlue, marker: .openCircle, points: single),
                    ], legend: .topRight,
                    top: InverseTemperature.ticks(own.map(\.temperature)),
                    topLabel: "T (K)")
            ])
    }
}
