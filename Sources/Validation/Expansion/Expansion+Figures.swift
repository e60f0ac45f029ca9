import Reporting
import Statistics
import Structures

extension Expansion {
    /// Fig. 9 of one crystal and model: a and c against temperature, with their fits and the measured cell's growth.
    ///
    /// - Throws: `InputError` when the table of cells lacks the material.
    func cellFigure(_ study: Study, _ expansion: CellExpansion) throws -> Figure {
        let (points, material) = (expansion.points, expansion.points[0].planned.material)
        let measured = try study.measuredCell(material)
        let temperatures = points.map(\.temperature)
        let (coldest, hottest) = (temperatures.min() ?? 300, temperatures.max() ?? 300)
        func panel(
            _ tag: String, _ label: String, _ value: (CellPoint) -> Estimate?, _ fit: ThermalExpansionFit?,
            _ reference: (CellLengths) -> Double
        ) -> Panel {
            var series = [
                Series(
                    "mean cell", style: .points, colour: .material(material.rawValue),
                    points: points.compactMap { point in
                        value(point).map { .init(x: point.temperature, y: $0.value, yError: $0.standardError) }
                    })
            ]
            if let fit {
                series.append(
                    Series(
                        "fit, α = \(fit.coefficient.text()) K⁻¹", style: .line, colour: .material(material.rawValue),
                        points: [coldest, min(hottest, Self.highestOfFit)].map {
                            .init(x: $0, y: fit.line.value(at: $0 - fit.referenceTemperature).value)
                        }))
            }
            series.append(
                Series(
                    "measured at 300 K, grown by 3.4×10⁻⁵ K⁻¹", style: .dashedLine, colour: .black,
                    points: [coldest, hottest].map {
                        .init(x: $0, y: reference(ThermalExpansion.measured.cell(measured, at: $0)))
                    }))
            return Panel(tag: tag, x: .init("T (K)"), y: .init(label), series: series, legend: .topLeft)
        }
        return Figure(
            name: "fig09-\(points[0].series.replacing("/", with: "-"))",
            caption: "\(points[0].series): mean cell at zero pressure against temperature.",
            panels: [
                panel("(a)", "a (Å)", \.a, expansion.a, \.a), panel("(b)", "c (Å)", \.c, expansion.c, \.c),
            ], columns: 2, panelSize: .init(width: 360, height: 300))
    }

    /// Fig. 10: by how much the expanded cell is faster.
    func ratioFigure(_ points: [DiffusionPoint]) -> Figure? {
        let pairs = Self.pairs(points)
        guard !pairs.isEmpty else { return nil }
        let looks: [Colour] = [.blue, .orange, .green, .vermilion, .skyBlue, .purple]
        let series = pairs.map(\.first.series).distinct.enumerated().map { index, name in
            Series(
                name, style: .linePoints, colour: looks[index % looks.count],
                points: pairs.filter { $0.first.series == name }.sorted { $0.first.temperature < $1.first.temperature }
                    .compactMap { pair in
                        pair.ratio.map { .init(x: pair.first.temperature, y: $0.value, yError: $0.standardError) }
                    })
        }
        return Figure(
            name: "fig10-expansion-diffusion",
            caption: "Diffusion coefficient in the expanded cell over that in the cell of 300 K.",
            panels: [
                Panel(x: .init("T (K)"), y: .init("D expanded / D fixed"), series: series, legend: .topLeft)
            ])
    }
}
