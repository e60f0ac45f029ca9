import Calculations
import Execution
import Reporting
import Statistics

extension Convergence {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let points = try DiffusionPoint.group(study.runs(for: name), outcomes).sorted {
            ($0.series, $0.temperature) < ($1.series, $1.temperature)
        }
        let series = Set(points.map(\.series)).sorted()
        return Section(
            name: name, title: title,
            introduction: """
                The coefficient estimated from the first part of each trajectory, of growing length, each time as if there were \
                no more. The paper shows Li₁₀SiP₂S₁₂, 100 ps to 10 ns. \(DiffusionText.protocols(study.plans(for: name)))
                """,
            tables: [try table(points)],
            figures: try series.map { name in try figure(points.filter { $0.series == name }) },
            remarks: [
                "Parts of one trajectory share their beginning, so neighbouring points of a line are not independent."
            ])
    }

    private func table(_ points: [DiffusionPoint]) throws -> Table {
        var table = Table(
            name: "fig07a-convergence", caption: "Diffusion coefficient from the first part of each trajectory",
            columns: [
                .init("crystal"), .init("T", unit: "K"), .init("run"), .init("length", unit: "ps"),
                .init("D", unit: "m²/s"),
                .init("remark"),
            ])
        for point in points {
            for (index, run) in point.runs.enumerated() {
                for part in try Self.parts(of: run) {
                    table.append([
                        .text(point.series), .number(point.temperature, digits: 3), .integer(index),
                        .number(part.picoseconds, digits: 3),
                        part.result.estimate.map { .measured($0.diffusion, origin: run.found.origin) } ?? .empty,
                        .text(part.result.reason.map(DiffusionText.reason) ?? ""),
                    ])
                }
                if let failure = run.found.failure {
                    table.append([
                        .text(point.series), .number(point.temperature, digits: 3), .integer(index), .empty, .empty,
                        .text(failure.reason),
                    ])
                }
            }
        }
        return table
    }

    private func figure(_ points: [DiffusionPoint]) throws -> Figure {
        var series: [Series] = []
        // The hottest first, as the lines lie in the figure.
        for point in points.reversed() {
            for (index, run) in point.runs.enumerated() {
                let parts = try Self.parts(of: run)
                let diffusive = parts.compactMap { part in
                    part.result.estimate.map {
                        Series.Point(x: part.picoseconds, y: $0.value, yError: $0.standardError)
                    }
                }
                let others = parts.filter { $0.result.estimate == nil }
                let name = "\(NumberText.significant(point.temperature, digits: 3)) K"
                series.append(
                    Series(
                        index == 0 ? name : "", style: .linePoints, colour: .temperature(point.temperature),
                        points: diffusive))
                series.append(
                    Series(
                        diffusive.isEmpty && index == 0 ? "\(name), not diffusive yet" : "", style: .points,
                        colour: .temperature(point.temperature), marker: .openCircle,
                        points: others.map { .init(x: $0.picoseconds, y: $0.apparent) }))
            }
        }
        return Figure(
            name: "fig07a-\(points[0].series.replacing("/", with: "-"))",
            caption: """
                \(points[0].series): diffusion coefficient of Li from the first part of each trajectory. Open circles: MSD/6t \
                where the motion is not diffusive yet, an upper bound rather than a coefficient.
                """,
            panels: [
                Panel(
                    x: .init("Length of the trajectory (ps)", scale: .logarithmic),
                    y: .init("D (m²/s)", scale: .logarithmic), series: series, legend: .bottomLeft)
            ])
    }
}
