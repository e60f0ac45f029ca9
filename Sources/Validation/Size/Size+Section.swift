import Execution
import Reporting
import Statistics

extension Size {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let points = try points(of: study, outcomes).sorted {
            (Self.series($0.runs[0].planned), Self.atoms($0.runs[0].planned))
                < (Self.series($1.runs[0].planned), Self.atoms($1.runs[0].planned))
        }
        return Section(
            name: name, title: title,
            introduction: """
                The same crystal in cells of 50 to 1600 atoms. The paper finds that 200 atoms overestimate D of Li₁₀SiP₂S₁₂ 10 to \
                100 times, and 400 still at 300 K. \(DiffusionText.protocols(study.plans(for: name)))
                """,
            tables: [table(points, findings)], figures: points.isEmpty ? [] : [figure(points)])
    }

    private func table(_ points: [DiffusionPoint], _ findings: Findings) -> Table {
        var table = Table(
            name: "fig07b-size", caption: "Diffusion coefficient against the number of atoms",
            columns: [
                .init("crystal"), .init("atoms"), .init("runs"), .init("production", unit: "ps"),
                .init("D", unit: "m²/s"),
                .init("over that of the largest cell"),
            ])
        for point in points {
            let run = point.runs[0].planned
            let largest = points.last { Self.series($0.runs[0].planned) == Self.series(run) }
            let ratio = point.diffusion.flatMap { here in largest?.diffusion.map { here.ratio(over: $0) } }
            let isLargest = largest.map { Self.atoms($0.runs[0].planned) == Self.atoms(run) } ?? true
            table.append([
                .text(Self.series(run)), .integer(Self.atoms(run)), .integer(point.runs.count),
                .number(point.picoseconds, digits: 3),
                findings["size/\(Self.label(run))"].map { .finding($0) } ?? .empty,
                isLargest ? .empty : ratio.map { .measured($0) } ?? .empty,
            ])
        }
        return table
    }

    private func figure(_ points: [DiffusionPoint]) -> Figure {
        let series = points.map { Self.series($0.runs[0].planned) }.distinct.map { name in
            let own = points.filter { Self.series($0.runs[0].planned) == name }
            return Series(
                name, style: .linePoints, colour: .temperature(own[0].temperature),
                points: own.compactMap { point in
                    point.diffusion.map {
                        .init(
                            x: Double(Self.atoms(point.runs[0].planned)), y: $0.value, yError: $0.standardError)
                    }
                })
        }
        let sizes = Set(points.map { Self.atoms($0.runs[0].planned) }).sorted()
        return Figure(
            name: "fig07b-size",
            caption: "Diffusion coefficient of Li against the number of atoms in the simulated cell.",
            panels: [
                Panel(
                    x: .init(
                        "Atoms", scale: .logarithmic, range: 0.7 * Double(sizes[0])...1.5 * Double(sizes.last!),
                        ticks: sizes.map { .init("\($0)", at: Double($0)) }),
                    y: .init("D (m²/s)", scale: .logarithmic), series: series, legend: .topRight)
            ])
    }
}
