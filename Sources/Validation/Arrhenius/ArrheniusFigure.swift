import Reporting
import Statistics
import Structures

/// Fig. 13 of one material: D against 1/T, beside the paper and NMR.
struct ArrheniusFigure {
    let study: Study
    let material: Material
    let lines: [DiffusionLine]

    init(_ study: Study, _ material: Material, _ lines: [DiffusionLine]) {
        self.study = study
        self.material = material
        self.lines = lines
    }

    private func inverse(_ temperature: Double) -> Double { InverseTemperature.position(temperature) }

    private var temperatures: [Double] { lines.flatMap { $0.points.map(\.temperature) } }
    private var hottest: Double { max(1000, temperatures.max() ?? 1000) }

    /// The first line has the material's colour, others follow.
    private static let colours: [Colour] = [.blue, .orange, .green, .vermilion, .skyBlue]

    /// - Throws: `InputError` when the reference data are damaged.
    var figure: Figure {
        get throws {
            var series: [Series] = []
            for (index, line) in lines.enumerated() {
                let colour = index == 0 ? Colour.material(material.rawValue) : Self.colours[index % Self.colours.count]
                series += self.series(line, colour, isFirst: index == 0)
            }
            let values = try study.reference.values()
            for (name, title, colour, marker) in [
                ("paper", "paper, DP-PBE", Colour.black, Series.Marker.openDiamond),
                ("measured", "NMR", .vermilion, .square),
            ] {
                guard let value = values["\(name)/diffusion/\(material.rawValue)/300K"]?.estimate else { continue }
                series.append(
                    Series(
                        title, style: .points, colour: colour, marker: marker,
                        points: [.init(x: inverse(300), y: value.value, yError: value.standardError)]))
            }
            return Figure(
                name: "fig13-arrhenius-\(material.rawValue)",
                caption: """
                    Diffusion coefficient of Li in \(material.formula) against temperature. The shaded band is one standard \
                    deviation of the fit. NMR and the paper's DP-PBE at 300 K: \
                    \(try study.reference.measuredDiffusion().citation).
                    """,
                panels: [
                    Panel(
                        x: .init("1000/T (K⁻¹)", range: inverse(hottest) - 0.15...inverse(300) + 0.25),
                        y: .init("D (m²/s)", scale: .logarithmic), series: series, legend: .topRight, top: ticks,
                        topLabel: "T (K)")
                ], panelSize: .init(width: 460, height: 370))
        }
    }

    private func series(_ line: DiffusionLine, _ colour: Colour, isFirst: Bool) -> [Series] {
        var series: [Series] = []
        let planned = line.points[0].runs[0].planned
        let name = "\(planned.level.name), \(planned.arrangement.rawValue), \(planned.cell.rawValue)"
        if let fit = line.fit {
            let grid = stride(from: inverse(hottest) - 0.05, through: inverse(300) + 0.1, by: 0.05)
            let points = grid.map { x in
                let value = fit.diffusion(at: 1000 / x)
                return Series.Point(x: x, y: value.value, yError: min(value.standardError, 0.95 * value.value))
            }
            if isFirst { series.append(Series("", style: .band, colour: colour, points: points)) }
            series.append(
                Series(
                    "Arrhenius fit, \(fit.activationEnergy.text()) eV", style: .line, colour: colour, points: points))
        }
        series.append(
            Series(
                name, style: .points, colour: colour,
                points: line.points.compactMap(\.overInverseTemperature)))
        let open = line.points.filter { $0.diffusion == nil }.compactMap { point in
            point.apparent.map { Series.Point(x: inverse(point.temperature), y: $0) }
        }
        series.append(
            Series(
                open.isEmpty ? "" : "not diffusive yet (MSD/6t)", style: .points, colour: colour, marker: .openCircle,
                points: open))
        return series
    }

    /// Temperatures above the plot, with 300 K always among them.
    private var ticks: [Panel.Tick] { InverseTemperature.ticks(temperatures + [300]) }
}
