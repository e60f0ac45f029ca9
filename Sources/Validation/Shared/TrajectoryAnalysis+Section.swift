import MolecularDynamics
import Reporting
import Statistics
import Structures

extension TrajectoryAnalysis {
    /// The page with tables and figure.
    public func section(_ result: Result) -> Section {
        let (curve, diffusion, conductivity) = (result.curve, result.diffusion, result.conductivity)
        let length = NumberText.significant(Double(curve.frameCount - 1) * curve.frameInterval, digits: 4)
        let drift = result.hasFramework ? "framework drift removed, " : ""
        return Section(
            name: "diffusion", title: "Diffusion of \(mobile) in \(path)",
            introduction: """
                \(curve.atomCount) \(mobile) ions over \(length) ps; mean square displacement over all windows, \
                \(drift)paths continued in fractional coordinates.
                """,
            tables: [summary(diffusion, conductivity, result.charge), table(curve)],
            figures: [figure(curve, diffusion)],
            remarks: result.remarks)
    }

    private func summary(_ diffusion: DiffusionResult, _ conductivity: Estimate?, _ charge: Double?) -> Table {
        var table = Table(
            name: "diffusion", caption: "Diffusion coefficient",
            columns: [.init("quantity"), .init("unit"), .init("value")])
        switch diffusion {
        case .notDiffusiveYet(let reason):
            table.append([.text("D"), .text("m²/s"), .text(DiffusionText.reason(reason))])
        case .diffusive(let estimate):
            table.append([.text("D"), .text("m²/s"), .measured(estimate.diffusion)])
            for (axis, value) in zip(["x", "y", "z"], estimate.axes) {
                table.append([.text("D along \(axis)"), .text("m²/s"), .measured(value)])
            }
            table.append([.text("fitted from"), .text("ps"), .number(estimate.regime.start, digits: 3)])
            table.append([.text("fitted to"), .text("ps"), .number(estimate.regime.end, digits: 3)])
            table.append([.text("exponent of the MSD"), .text(""), .measured(estimate.regime.exponent)])
            if let conductivity {
                table.append([
                    .text("conductivity, Haven ratio 1, charge \(NumberText.significant(charge ?? 1, digits: 2))"),
                    .text("mS/cm"), .measured(conductivity),
                ])
            }
        }
        return table
    }

    private func table(_ curve: MeanSquaredDisplacement) -> Table {
        var table = Table(
            name: "msd", caption: "Mean square displacement",
            columns: [.init("lag", unit: "ps"), .init("total", unit: "Å²")]
                + ["x", "y", "z"].map { .init($0, unit: "Å²") })
        for (time, axes) in zip(curve.times, curve.axes) {
            table.append(
                [.number(time, digits: 4), .number(axes.sum(), digits: 4)]
                    + (0..<3).map { .number(axes[$0], digits: 4) })
        }
        return table
    }

    private func figure(_ curve: MeanSquaredDisplacement, _ diffusion: DiffusionResult) -> Figure {
        let looks: [(String, Colour)] = [("x", .skyBlue), ("y", .orange), ("z", .green)]
        func line(_ value: (Int) -> Double) -> [Series.Point] {
            curve.lags.indices.compactMap { value($0) > 0 ? .init(x: curve.times[$0], y: value($0)) : nil }
        }
        var series = [Series("total", style: .line, colour: .black, points: line { curve.axes[$0].sum() })]
        for (axis, look) in looks.enumerated() {
            series.append(Series(look.0, style: .line, colour: look.1, points: line { curve.axes[$0][axis] }))
        }
        if let estimate = diffusion.estimate {
            let rate = 6 * estimate.value / PhysicalConstants.diffusionToSI
            series.append(
                Series(
                    "fit, D = \(estimate.diffusion.text()) m²/s", style: .dashedLine, colour: .vermilion,
                    points: [estimate.regime.start, estimate.regime.end].map {
                        .init(x: $0, y: estimate.intercept + rate * $0)
                    }))
        }
        return Figure(
            name: "msd", caption: "Mean square displacement of \(mobile) against time.",
            panels: [
                Panel(
                    x: .init("Lag (ps)", scale: .logarithmic), y: .init("MSD (Å²)", scale: .logarithmic),
                    series: series,
                    legend: .bottomRight)
            ])
    }
}
