import Calculations
import Execution
import Reporting
import Statistics

extension Speed {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let lines = try lines(of: study, outcomes)
        let paper = try study.reference.speed()
        let plan = study.profile.speed
        return Section(
            name: name, title: title,
            introduction: """
                Time per step of \(study.materials.first?.formula ?? "nothing"), NVT with a Nosé-Hoover chain at 600 K and steps of \
                2 fs, neighbour list included, nothing else running: the median of \(plan.repeats) timings, its error from their \
                spread. The exponent comes from a power law t = c·N^x through all sizes.
                """,
            tables: [table(lines), exponents(lines, findings)],
            figures: lines.contains { !$0.times.isEmpty } ? [figure(lines, findings, paper)] : [],
            remarks: [
                "The paper's point is one NVIDIA V100 with its standard net (\(paper.rows[0].atoms) atoms, 1 ns of 2 fs steps in "
                    + "about 4 h); ours is this machine's processor with the models named below, so the comparison is between "
                    + "what users wait for, not between programs."
            ])
    }

    private func table(_ lines: [Line]) -> Table {
        var table = Table(
            name: "fig06-speed", caption: "Time per step",
            columns: [
                .init("atoms"), .init("threads"), .init("time per step", unit: "ms"), .init("per atom", unit: "µs"),
                .init("1 ns of 2 fs steps", unit: "h"),
            ])
        for line in lines {
            for point in line.points {
                guard let content = point.content else { continue }
                let time = content.estimate
                table.append([
                    .integer(content.atoms), .integer(line.threads), .measured(time, origin: point.origin),
                    .number(1000 * time.value / Double(content.atoms), digits: 3),
                    .number(Self.nanosecond * time.value / 3.6e6, digits: 3),
                ])
            }
        }
        return table
    }

    private func exponents(_ lines: [Line], _ findings: Findings) -> Table {
        var table = Table(
            name: "fig06-exponent", caption: "Scaling with the number of atoms",
            columns: [.init("threads"), .init("exponent x")])
        for line in lines {
            table.append([
                .integer(line.threads),
                findings["speed/\(line.threads)-threads/exponent"].map { .finding($0) } ?? .text("too few sizes"),
            ])
        }
        return table
    }

    private func figure(
        _ lines: [Line], _ findings: Findings, _ paper: ReferenceData.Rows<ReferenceData.SpeedRow>
    ) -> Figure {
        let looks: [(Colour, Series.Marker)] = [(.blue, .circle), (.orange, .square), (.green, .triangle)]
        var series: [Series] = []
        for (index, line) in lines.enumerated() {
            let (colour, marker) = looks[index % looks.count]
            if let fit = line.fit {
                series.append(
                    Series(
                        "", style: .line, colour: colour,
                        points: line.times.map { .init(x: Double($0.atoms), y: fit.value(at: Double($0.atoms)).value) })
                )
            }
            let exponent = line.fit.map { ", exponent \($0.exponent.text())" } ?? ""
            series.append(
                Series(
                    line.name + exponent, style: .points, colour: colour, marker: marker,
                    points: line.times.map {
                        .init(x: Double($0.atoms), y: $0.time.value, yError: $0.time.standardError)
                    }))
        }
        series.append(
            Series(
                "paper, V100", style: .points, colour: .black, marker: .openDiamond,
                points: paper.rows.map { .init(x: Double($0.atoms), y: $0.millisecondsPerStep) }))
        let sizes = Set(lines.flatMap { $0.times.map(\.atoms) } + paper.rows.map(\.atoms)).sorted()
        return Figure(
            name: "fig06-speed",
            caption:
                "Time per step against the number of atoms, with power laws; the open diamond is the paper's V100.",
            panels: [
                Panel(
                    x: .init(
                        "Number of atoms", scale: .logarithmic, ticks: sizes.map { .init("\($0)", at: Double($0)) }),
                    y: .init("Time per step (ms)", scale: .logarithmic), series: series, legend: .topLeft)
            ])
    }
}
