import Execution
import Reporting
import Statistics
import Structures

extension Disorder {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let points = try points(of: study, outcomes)
        let plans = study.profile.dynamics.filter { $0.experiments.contains(name) }
        return Section(
            name: name, title: title,
            introduction: """
                M and P share the 4d sites; in the ordered crystal they keep to their own columns. The paper finds D of \
                Li₁₀GeP₂S₁₂ and Li₁₀SiP₂S₁₂ 2 to 4 times larger with disorder at low temperature, that of Li₁₀SnP₂S₁₂ smaller. \
                \(DiffusionText.protocols(plans))
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
            func cell(_ id: String) -> Table.Cell { findings[id].map { .finding($0) } ?? .empty }
            table.append([
                .text(pair.label), .integer(pair.disordered.runs.count), cell("diffusion/\(pair.ordered.label)"),
                cell("diffusion/\(pair.disordered.label)"), cell("disorder/\(pair.label)/ratio"),
                cell("disorder/\(pair.label)/spread"),
            ])
        }
        return table
    }

    private func figure(_ material: Material, _ points: [DiffusionPoint]) -> Figure? {
        let own = points.filter { $0.material == material }
        guard !own.isEmpty else { return nil }
        func drawn(_ point: DiffusionPoint, _ estimate: Estimate) -> Series.Point {
            .init(x: 1000 / point.temperature, y: estimate.value, yError: estimate.standardError)
        }
        func line(_ arrangement: DynamicsPlan.Arrangement) -> [DiffusionPoint] {
            own.filter { $0.runs[0].planned.arrangement == arrangement }.sorted { $0.temperature < $1.temperature }
        }
        let (ordered, disordered) = (line(.ordered), line(.disordered))
        let single = disordered.filter { $0.runs.count > 1 }.flatMap { point in
            point.runs.compactMap { run in run.result?.estimate.map { drawn(point, Estimate($0.value)) } }
        }
        let temperatures = Set(own.map(\.temperature)).sorted()
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
                            points: ordered.compactMap { point in point.diffusion.map { drawn(point, $0) } }),
                        Series(
                            "disordered", style: .linePoints, colour: .blue,
                            points: disordered.compactMap { point in point.diffusion.map { drawn(point, $0) } }),
                        Series("", style: .points, colour: .skyBlue, marker: .openCircle, points: single),
                    ], legend: .topRight,
                    top: temperatures.map { .init(NumberText.significant($0, digits: 3), at: 1000 / $0) },
                    topLabel: "T (K)")
            ])
    }
}
