import Foundation
import Reporting
import Statistics
import Structures

/// Fig. 13: diffusion coefficients against temperature, beside experiment.
struct ExperimentStudy {
    var context: PartContext

    private static let roomTemperature = 300.0

    func section(_ outcome: DiffusionCampaign.Outcome) throws -> Section {
        let (campaign, results) = (outcome.plan, outcome.results)
        let points = ArrheniusPoint.group(results)
        let fit = try Self.fit(points)
        return Section(
            name: Part.experiment.rawValue, title: "Diffusion against temperature, beside experiment (Fig. 13)",
            introduction: """
                \(DiffusionText.protocolText(context)). The coefficient comes from the slope of the mean square \
                displacement of Li (framework drift removed) by generalised least squares, from where the motion is found \
                to be diffusive; its error is the largest of that of the fit, of the spread over ions and of blocks. \
                Temperatures that are not diffusive yet do not enter the Arrhenius fit.
                """,
            tables: [table(points)] + (try fit.map { [try summary($0)] } ?? []),
            figures: [try figure(points, fit: fit)],
            claims: try claims(points, fit: fit),
            remarks: remarks(points, fit: fit) + DiffusionText.scaleRemark(campaign))
    }

    /// The Arrhenius law through the diffusive points, errors enlarged where they scatter more; nil with fewer than two.
    static func fit(_ points: [ArrheniusPoint]) throws -> ArrheniusFit? {
        let diffusive = points.compactMap { point in point.diffusion.map { (point.temperature, $0) } }
        guard diffusive.count >= 2 else { return nil }
        return try ArrheniusFit(
            temperatures: diffusive.map(\.0), diffusion: diffusive.map(\.1.value),
            errors: diffusive.map(\.1.standardError)
        ).enlargedToScatter
    }

    // MARK: - Tables

    private func table(_ points: [ArrheniusPoint]) -> Table {
        var table = Table(
            name: "fig13-diffusion", caption: "Diffusion coefficients of Li",
            columns: [
                .init("T", unit: "K"), .init("runs"), .init("production", unit: "ps"), .init("mean T", unit: "K"),
                .init("D", unit: "m²/s"), .init("D along a, b", unit: "m²/s"), .init("D along c", unit: "m²/s"),
                .init("drift", unit: "meV/atom/ps"), .init("remark"),
            ])
        for point in points {
            let production = point.replicas.map(\.final.picoseconds).reduce(0, +)
            let drift = point.replicas.map(\.drift).max { abs($0) < abs($1) } ?? 0
            var row: [Table.Cell] = [
                .number(point.temperature, digits: 3), .integer(point.replicas.count), .number(production, digits: 3),
                .measured(point.replicas[0].temperature),
            ]
            if let diffusion = point.diffusion, let axes = point.axes {
                let plane = Estimate(
                    value: 0.5 * (axes[0].value + axes[1].value),
                    standardError: 0.5
                        * (axes[0].standardError * axes[0].standardError
                        + axes[1].standardError * axes[1].standardError).squareRoot())
                row += [
                    .measured(diffusion), .measured(plane), .measured(axes[2]),
                ]
            } else {
                row += [.empty, .empty, .empty]
            }
            row += [.number(drift, digits: 2), .text(point.obstacle.map(DiffusionText.reason) ?? "")]
            table.append(row)
        }
        return table
    }

    private func summary(_ fit: ArrheniusFit) throws -> Table {
        let room = fit.diffusion(at: Self.roomTemperature)
        let cell = try CrystalAt.ordered(context.material, cell: try context.cell(), supercell: .init(1, 1, 1))
        let conductivity = NernstEinstein.conductivity(
            diffusion: room, ions: cell.species.count { $0 == .lithium }, volume: cell.cell.volume,
            temperature: Self.roomTemperature)
        let paper = try row(context.reference.paperDiffusion())
        let measured = try row(context.reference.measuredDiffusion())
        var table = Table(
            name: "fig13-arrhenius", caption: "Arrhenius fit and its extrapolation to 300 K",
            columns: [
                .init("quantity"), .init("unit"), .init("this work"), .init("paper, DP-PBE"), .init("experiment"),
            ])
        table.append([
            .text("activation energy"), .text("eV"), .measured(fit.activationEnergy), .empty, .empty,
        ])
        table.append([
            .text("D(300 K)"), .text("m²/s"), .measured(room),
            paper.map { .measured(Estimate($0.diffusion, error: $0.error)) } ?? .empty,
            measured.map { .measured(Estimate($0.diffusion, error: $0.error)) } ?? .empty,
        ])
        table.append([
            .text("conductivity(300 K), Haven ratio 1"), .text("mS/cm"), .measured(conductivity), .empty,
            .empty,
        ])
        table.append([
            .text("χ²/ν of the fit"), .text(""), fit.quality.reducedChiSquared.map { .number($0, digits: 2) } ?? .empty,
            .empty, .empty,
        ])
        return table
    }

    private func row(_ rows: ReferenceData.Rows<ReferenceData.DiffusionRow>) -> ReferenceData.DiffusionRow? {
        rows.rows.first { $0.material == context.material.rawValue }
    }

    // MARK: - Figure

    private func figure(_ points: [ArrheniusPoint], fit: ArrheniusFit?) throws -> Figure {
        let colour = Colour.material(context.material.rawValue)
        let inverse = { (temperature: Double) in 1000 / temperature }
        let temperatures = points.map(\.temperature)
        let hottest = max(1000, temperatures.max() ?? 1000)
        var series: [Series] = []
        if let fit {
            let grid = stride(from: inverse(hottest) - 0.05, through: inverse(Self.roomTemperature) + 0.1, by: 0.05)
            let line = grid.map { x in
                let value = fit.diffusion(at: 1000 / x)
                return Series.Point(x: x, y: value.value, yError: min(value.standardError, 0.95 * value.value))
            }
            series.append(Series("", style: .band, colour: colour, points: line))
            let energy = fit.activationEnergy.text()
            series.append(
                Series("Arrhenius fit, \(energy) eV", style: .line, colour: colour, points: line))
        }
        series.append(
            Series(
                "this work", style: .points, colour: colour,
                points: points.compactMap { point in
                    point.diffusion.map {
                        .init(x: inverse(point.temperature), y: $0.value, yError: $0.standardError)
                    }
                }))
        series.append(
            Series(
                points.contains { $0.diffusion == nil } ? "not diffusive yet (MSD/6t)" : "", style: .points,
                colour: colour, marker: .openCircle,
                points: points.filter { $0.diffusion == nil }.map { .init(x: inverse($0.temperature), y: $0.apparent) })
        )
        func reference(_ title: String, _ row: ReferenceData.DiffusionRow?, _ colour: Colour, _ marker: Series.Marker) {
            guard let row else { return }
            series.append(
                Series(
                    title, style: .points, colour: colour, marker: marker,
                    points: [.init(x: inverse(row.temperature), y: row.diffusion, yError: row.error)]))
        }
        reference("paper, DP-PBE", try row(context.reference.paperDiffusion()), .black, .openDiamond)
        reference("NMR", try row(context.reference.measuredDiffusion()), .vermilion, .square)
        return Figure(
            name: "fig13-arrhenius",
            caption: """
                Diffusion coefficient of Li in \(context.material.formula) against temperature. The shaded band is one \
                standard deviation of the fit. NMR and the paper's DP-PBE at 300 K: \
                \(try context.reference.measuredDiffusion().citation).
                """,
            panels: [
                Panel(
                    x: .init("1000/T (K⁻¹)", range: inverse(hottest) - 0.15...inverse(Self.roomTemperature) + 0.25),
                    y: .init("D (m²/s)", scale: .logarithmic), series: series, legend: .topRight,
                    top: ticks(temperatures), topLabel: "T (K)")
            ], panelSize: .init(width: 460, height: 370))
    }

    /// Temperatures above the plot, with 300 K always among them.
    private func ticks(_ temperatures: [Double]) -> [Panel.Tick] {
        Set(temperatures + [Self.roomTemperature]).sorted().map {
            Panel.Tick(NumberText.significant($0, digits: 3), at: 1000 / $0)
        }
    }

    // MARK: - Claims

    private func claims(_ points: [ArrheniusPoint], fit: ArrheniusFit?) throws -> [Claim] {
        [
            try claim(points, fit: fit),
            try context.claim(
                "experiment-others", .notRun,
                "this run is for \(context.material.formula); use --material for the others"),
        ]
    }

    private func claim(_ points: [ArrheniusPoint], fit: ArrheniusFit?) throws -> Claim {
        let id = "experiment-overestimate"
        guard context.material == .germanium else {
            return try context.claim(id, .notRun, "this run is for \(context.material.formula)")
        }
        guard let paper = try row(context.reference.paperDiffusion()),
            let measured = try row(context.reference.measuredDiffusion())
        else { return try context.claim(id, .notRun, "reference data lack \(context.material.rawValue)") }
        if let direct = points.first(where: { $0.temperature == Self.roomTemperature })?.diffusion {
            let distance = { (value: Double, error: Double) in
                abs(direct.value - value) / (error * error + direct.standardError * direct.standardError).squareRoot()
            }
            let isPapers = distance(paper.diffusion, paper.error) < 2
            let isAbove = direct.value > measured.diffusion && distance(measured.diffusion, measured.error) > 2
            let isTold = direct.relativeError < 0.5
            return try context.claim(
                id, isPapers && isAbove ? .reproduced : (isTold ? .notReproduced : .notDecidable),
                "D(300 K) is \(direct.text()) m²/s")
        }
        guard let fit else {
            return try context.claim(id, .notDecidable, "fewer than two temperatures are diffusive yet")
        }
        let room = fit.diffusion(at: Self.roomTemperature)
        return try context.claim(
            id, .notDecidable,
            "300 K was not simulated; extrapolation from \(Int(points.filter { $0.diffusion != nil }.map(\.temperature).min()!)) K "
                + "and above gives \(room.text()) m²/s, and the paper warns of such extrapolations")
    }

    private func remarks(_ points: [ArrheniusPoint], fit: ArrheniusFit?) -> [String] {
        var remarks: [String] = []
        if fit == nil { remarks.append("Fewer than two temperatures are diffusive yet, so there is no Arrhenius fit.") }
        if let ratio = fit?.quality.reducedChiSquared, ratio > 1 {
            remarks.append(
                "The points scatter by more than their errors (χ²/ν = \(NumberText.significant(ratio, digits: 2))); the errors "
                    + "of the fit are enlarged accordingly.")
        }
        if context.profile.diffusion.isDisordered {
            let count = points.map(\.replicas.count).max() ?? 1
            remarks.append(
                "\(count == 1 ? "One random arrangement" : "\(count) random arrangements") of M and P per temperature; the "
                    + "paper averages over 30.")
        }
        return remarks
    }
}
