import Calculations
import Execution
import Reporting
import Statistics
import Structures

extension Arrhenius {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let lines = try lines(of: study, outcomes)
        return Section(
            name: name, title: title,
            introduction: """
                The coefficient comes from the slope of the mean square displacement of Li, framework drift removed, over lags \
                where the motion is found to be diffusive. Temperatures that are not diffusive yet do not enter the Arrhenius fit. \
                \(DiffusionText.protocols(study.plans(for: name)))
                """,
            tables: [table(lines, findings), try summary(study, lines, findings)],
            figures: try study.materials.compactMap { material in
                let own = lines.filter { $0.points[0].material == material }
                return own.isEmpty ? nil : try ArrheniusFigure(study, material, own).figure
            },
            remarks: remarks(lines))
    }

    private func table(_ lines: [DiffusionLine], _ findings: Findings) -> Table {
        var table = Table(
            name: "fig13-diffusion", caption: "Diffusion coefficients of Li",
            columns: [
                .init("crystal"), .init("T", unit: "K"), .init("runs"), .init("production", unit: "ps"),
                .init("mean T", unit: "K"), .init("D", unit: "m²/s"), .init("D along a, b", unit: "m²/s"),
                .init("D along c", unit: "m²/s"), .init("drift", unit: "meV/atom/ps"),
            ])
        for line in lines {
            for point in line.points {
                let records = point.runs.compactMap(\.found.content)
                let drift = records.map(\.thermodynamics.drift).max { abs($0) < abs($1) }
                let kelvins = try? records.first?.thermodynamics.average(\.temperature)
                table.append(
                    [
                        .text(point.series), .number(point.temperature, digits: 3), .integer(point.runs.count),
                        .number(point.picoseconds, digits: 3), kelvins.map { .measured($0) } ?? .empty,
                    ]
                        + ["diffusion", "diffusion-ab", "diffusion-c"].map { family in
                            findings["\(family)/\(point.label)"].map { .finding($0) } ?? .empty
                        }
                        + [drift.map { .number($0, digits: 2) } ?? .empty])
            }
        }
        return table
    }

    private func summary(_ study: Study, _ lines: [DiffusionLine], _ findings: Findings) throws -> Table {
        let values = try study.reference.values()
        var table = Table(
            name: "fig13-arrhenius", caption: "Arrhenius fits and their extrapolation to 300 K",
            columns: [
                .init("crystal"), .init("activation energy", unit: "eV"), .init("χ²/ν"),
                .init("D(300 K), extrapolated", unit: "m²/s"),
                .init("conductivity(300 K), Haven ratio 1", unit: "mS/cm"),
                .init("D(300 K), paper", unit: "m²/s"), .init("D(300 K), NMR", unit: "m²/s"),
            ])
        for line in lines {
            guard let fit = line.fit else { continue }
            let material = line.points[0].material
            let cell = try study.measuredCell(material)
            let conductivity = NernstEinstein.conductivity(
                diffusion: fit.diffusion(at: DiffusionLine.roomTemperature), ions: 20, volume: cell.volume,
                temperature: DiffusionLine.roomTemperature)
            func reference(_ whose: String) -> Table.Cell {
                values["\(whose)/diffusion/\(material.rawValue)/300K"].map { .measured($0.estimate) } ?? .empty
            }
            table.append([
                .text(line.series), findings["activation/\(line.series)"].map { .finding($0) } ?? .empty,
                fit.quality.reducedChiSquared.map { .number($0, digits: 2) } ?? .empty,
                findings["extrapolated/\(line.series)/300K"].map { .finding($0) } ?? .empty, .measured(conductivity),
                reference("paper"), reference("measured"),
            ])
        }
        return table
    }

    private func remarks(_ lines: [DiffusionLine]) -> [String] {
        var remarks: [String] = []
        for line in lines {
            if line.fit == nil {
                remarks.append(
                    "\(line.series): fewer than two temperatures are diffusive yet, so there is no Arrhenius fit.")
            }
            if let ratio = line.fit?.quality.reducedChiSquared, ratio > 1 {
                remarks.append(
                    "\(line.series): the points scatter by more than their errors (χ²/ν = "
                        + "\(NumberText.significant(ratio, digits: 2))); the errors of the fit are enlarged accordingly."
                )
            }
        }
        if lines.contains(where: { $0.points[0].runs[0].planned.arrangement == .disordered }) {
            remarks.append(
                "All temperatures of a disordered crystal share their arrangements of M and P; the paper averages over 30."
            )
        }
        return remarks
    }
}
