import Execution
import Reporting
import Statistics
import Structures

extension Transport {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let points = try points(of: study, outcomes).sorted {
            ($0.series, $0.temperature) < ($1.series, $1.temperature)
        }
        var figures: [Figure] = []
        figures += try study.materials.compactMap { try ConductivityFigure.figure(study, $0, points) }
        if let figure = havenFigure(points) { figures.append(figure) }
        if let figure = try siteFigure(points) { figures.append(figure) }
        return Section(
            name: name, title: title,
            introduction: """
                The conductivity comes from the displacement of all ions together; its ratio to what single ions would give is \
                1/H, H being the Haven ratio. Ions are counted at the nearest of the sites Li1 to Li4 of the disordered crystal \
                (Hori et al. 2015), and have jumped when they come within 0.7 Å of another.
                """,
            tables: [table(points, findings), sites(points, findings), try ConductivityFigure.table(study)],
            figures: figures)
    }

    private func table(_ points: [DiffusionPoint], _ findings: Findings) -> Table {
        var table = Table(
            name: "transport", caption: "Collective motion and anisotropy",
            columns: [
                .init("crystal"), .init("T", unit: "K"), .init("D", unit: "m²/s"),
                .init("D along c over that in the plane"),
                .init("Haven ratio"), .init("conductivity", unit: "mS/cm"),
            ])
        for point in points {
            let anisotropy = point.axes.flatMap { axes in point.plane.map { axes[2].ratio(over: $0) } }
            table.append([
                .text(point.series), .number(point.temperature, digits: 3),
                point.diffusion.map { .measured($0, origin: point.origin) } ?? .text(point.obstacle ?? ""),
                anisotropy.map { .measured($0) } ?? .empty,
                findings["haven/\(point.label)"].map { .finding($0) } ?? .empty,
                findings["conductivity/\(point.label)"].map { .finding($0) } ?? .empty,
            ])
        }
        return table
    }

    private func sites(_ points: [DiffusionPoint], _ findings: Findings) -> Table {
        var table = Table(
            name: "sites", caption: "Ions per site, and jumps between sites",
            columns: [
                .init("crystal"), .init("T", unit: "K"), .init("Li1 (16h)"), .init("Li2 (4d)"), .init("Li3 (8f)"),
                .init("Li4 (4c)"), .init("jumps per ion", unit: "1/ps"), .init("of them back"),
                .init("D over uncorrelated jumps, in the plane"), .init("along c"),
            ])
        for point in points where findings["sites/\(point.label)/Li1"] != nil {
            let ids =
                LithiumSites.Kind.allCases.map { "sites/\(point.label)/\($0.name)" }
                + ["rate", "returning", "correlation-ab", "correlation-c"].map { "jumps/\(point.label)/\($0)" }
            table.append(
                [.text(point.series), .number(point.temperature, digits: 3)]
                    + ids.map { findings[$0].map { .finding($0) } ?? .empty })
        }
        return table
    }

    private static let colours: [Colour] = [.blue, .orange, .green, .vermilion, .skyBlue, .purple, .black]

    private func havenFigure(_ points: [DiffusionPoint]) -> Figure? {
        let series = points.map(\.series).distinct.enumerated().map { index, name in
            Series(
                name, style: .linePoints, colour: Self.colours[index % Self.colours.count],
                points: points.filter { $0.series == name }.compactMap { point in
                    point.havenRatio.map { .init(x: point.temperature, y: $0.value, yError: $0.standardError) }
                })
        }.filter { !$0.points.isEmpty }
        guard !series.isEmpty else { return nil }
        return Figure(
            name: "haven", caption: "Haven ratio against temperature; 1 for ions that know nothing of each other.",
            panels: [Panel(x: .init("T (K)"), y: .init("Haven ratio"), series: series, legend: .topRight)])
    }

    private func siteFigure(_ points: [DiffusionPoint]) throws -> Figure? {
        let panels = try points.map(\.series).distinct.compactMap { name -> Panel? in
            let own = points.filter { $0.series == name }
            let series = try LithiumSites.Kind.allCases.map { kind in
                Series(
                    kind.name, style: .linePoints, colour: Self.colours[kind.rawValue],
                    points: try own.compactMap { point in
                        try point.occupation(kind).map {
                            .init(x: point.temperature, y: $0.value, yError: $0.standardError)
                        }
                    })
            }
            guard series.contains(where: { !$0.points.isEmpty }) else { return nil }
            return Panel(
                tag: name, x: .init("T (K)"), y: .init("Ions per site", range: 0...1.2), series: series,
                legend: .topRight)
        }
        return panels.isEmpty
            ? nil
            : Figure(
                name: "sites", caption: "Occupation of the sites of Li against temperature.", panels: panels,
                columns: min(2, panels.count), panelSize: .init(width: 340, height: 260))
    }
}
