import Execution
import Foundation
import Reporting
import Statistics
import Structures

extension Expansion {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let expansions = try expansions(of: study, outcomes)
        let points = try points(of: study, outcomes)
        var figures = try expansions.map { try cellFigure(study, $0) }
        if let figure = ratioFigure(points) { figures.append(figure) }
        return Section(
            name: name, title: title,
            introduction: """
                Mean cells at zero pressure, a line through those up to \(Int(Self.highestOfFit)) K, and diffusion in the cell \
                measured at 300 K against that in a cell grown by 3.4×10⁻⁵ per K. The paper: 3.2×10⁻⁵ per K with both \
                functionals, beside 3.5×10⁻⁵ measured. \(DiffusionText.protocols(study.plans(for: name)))
                """,
            tables: [cells(expansions), coefficients(study, expansions, findings), ratios(points, findings)],
            figures: figures)
    }

    private func cells(_ expansions: [CellExpansion]) -> Table {
        var table = Table(
            name: "fig09-cells", caption: "Mean unit cells at zero pressure",
            columns: [
                .init("crystal"), .init("T", unit: "K"), .init("a", unit: "Å"), .init("c", unit: "Å"),
                .init("volume", unit: "Å³"),
            ])
        for point in expansions.flatMap(\.points) {
            table.append(
                [.text(point.series), .number(point.temperature, digits: 3)]
                    + [point.a, point.c, point.volume].map { value in
                        value.map { .measured($0, origin: point.origin) } ?? .text(point.obstacle ?? "")
                    })
        }
        return table
    }

    private func coefficients(_ study: Study, _ expansions: [CellExpansion], _ findings: Findings) -> Table {
        var table = Table(
            name: "fig09-expansion", caption: "Linear thermal expansion",
            columns: [
                .init("crystal"), .init("α from the volume", unit: "1/K"), .init("α of a", unit: "1/K"),
                .init("α of c", unit: "1/K"), .init("α of c less that of a, from 700 K", unit: "1/K"), .init("χ²/ν"),
            ])
        for expansion in expansions {
            let series = expansion.points[0].series
            table.append(
                [.text(series)]
                    + ["alpha", "alpha-a", "alpha-c", "anisotropy-above-700K"].map { name in
                        findings["expansion/\(series)/\(name)"].map { .finding($0) } ?? .empty
                    }
                    + [expansion.mean?.line.quality?.reducedChiSquared.map { .number($0, digits: 2) } ?? .empty])
        }
        return table
    }

    private func ratios(_ points: [DiffusionPoint], _ findings: Findings) -> Table {
        var table = Table(
            name: "fig10-expansion-diffusion", caption: "Diffusion in the expanded cell and in that of 300 K",
            columns: [
                .init("crystal"), .init("T", unit: "K"), .init("D, fixed cell", unit: "m²/s"),
                .init("D, expanded cell", unit: "m²/s"), .init("expanded over fixed"), .init("d ln D / d ln V"),
            ])
        for pair in Self.pairs(points) {
            let growth = log(pair.second.cell.volume / pair.first.cell.volume)
            table.append([
                .text(pair.first.series), .number(pair.first.temperature, digits: 3),
                findings["diffusion/\(pair.first.label)"].map { .finding($0) } ?? .empty,
                findings["diffusion/\(pair.second.label)"].map { .finding($0) } ?? .empty,
                pair.ratio.map { .measured($0) } ?? .empty,
                growth > 0 ? pair.logarithm.map { .measured($0.scaled(by: 1 / growth)) } ?? .empty : .empty,
            ])
        }
        return table
    }
}
