import Execution
import Reporting
import Statistics
import Structures

extension FunctionalComparison {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let points = try points(of: study, outcomes)
        return Section(
            name: name, title: title,
            introduction: """
                Models that learnt from PBE and from PBEsol labels of the same frames, in the same cell: what is left of the \
                functional when its lattice constant is taken away. The paper shows Li₁₀SiP₂S₁₂ and finds similar coefficients. \
                \(DiffusionText.protocols(study.plans(for: name)))
                """,
            tables: [table(points, findings)], figures: study.materials.compactMap { figure($0, points) })
    }

    private func table(_ points: [DiffusionPoint], _ findings: Findings) -> Table {
        var table = Table(
            name: "fig08-functional", caption: "Diffusion coefficients by the models of two functionals",
            columns: [
                .init("crystal"), .init("T", unit: "K"), .init("D, PBE", unit: "m²/s"),
                .init("D, PBEsol", unit: "m²/s"),
                .init("PBEsol over PBE"),
            ])
        for pair in Self.pairs(points) {
            table.append([
                .text(pair.first.series), .number(pair.first.temperature, digits: 3),
                findings["diffusion/\(pair.first.label)"].map { .finding($0) } ?? .empty,
                findings["diffusion/\(pair.second.label)"].map { .finding($0) } ?? .empty,
                pair.ratio.map { .measured($0) } ?? .empty,
            ])
        }
        return table
    }

    private func figure(_ material: Material, _ points: [DiffusionPoint]) -> Figure? {
        let own = points.filter { $0.material == material }
        guard !own.isEmpty else { return nil }
        let looks: [(Colour, Series.Marker)] = [(.blue, .circle), (.vermilion, .square), (.green, .triangle)]
        let series = own.map(\.series).distinct.enumerated().map { index, name in
            let (colour, marker) = looks[index % looks.count]
            return Series(
                own.first { $0.series == name }?.runs[0].planned.level.name ?? name, style: .linePoints, colour: colour,
                marker: marker,
                points: own.filter { $0.series == name }.sorted { $0.temperature < $1.temperature }.compactMap {
                    point in
                    point.diffusion.map {
                        .init(x: 1000 / point.temperature, y: $0.value, yError: $0.standardError)
                    }
                })
        }
        return Figure(
            name: "fig08-functional-\(material.rawValue)",
            caption:
                "Diffusion coefficient of Li in \(material.formula) at the measured cell, by models of two functionals.",
            panels: [
                Panel(
                    x: .init("1000/T (K⁻¹)"), y: .init("D (m²/s)", scale: .logarithmic), series: series,
                    legend: .topRight,
                    top: InverseTemperature.ticks(own.map(\.temperature)),
                    topLabel: "T (K)")
            ])
    }
}
