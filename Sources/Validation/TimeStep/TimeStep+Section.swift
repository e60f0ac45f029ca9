import Execution
import Reporting
import Statistics

extension TimeStep {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let points = try points(of: study, outcomes)
        var table = Table(
            name: "timestep", caption: "Diffusion, drift and structure with longer steps",
            columns: [
                .init("crystal"), .init("step", unit: "fs"), .init("runs"), .init("D", unit: "m²/s"),
                .init("over that of the shortest"), .init("drift", unit: "meV/atom/ns"), .init("d, Li-S"),
            ])
        for point in points {
            let shortest = points.first { $0.series == point.series }
            let ratio = point.diffusion.diffusion.flatMap { here in
                shortest?.diffusion.diffusion.map { here.ratio(over: $0) }
            }
            func cell(_ name: String) -> Table.Cell {
                findings["\(point.label)/\(name)"].map { .finding($0) } ?? .empty
            }
            table.append([
                .text(point.series), .number(point.step, digits: 2), .integer(point.diffusion.runs.count),
                cell("diffusion"),
                shortest?.step == point.step ? .empty : ratio.map { .measured($0) } ?? .empty, cell("drift"),
                cell("rdf"),
            ])
        }
        return Section(
            name: name, title: title,
            introduction: """
                The paper's steps are of 2 fs; longer ones would buy longer runs. d is the area between the Li-S radial \
                distributions over that of the shortest step (as in Fig. 12). \(DiffusionText.protocols(study.plans(for: name)))
                """,
            tables: [table])
    }
}
