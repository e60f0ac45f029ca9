import Execution
import Reporting
import Statistics

extension ModelError {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        var table = Table(
            name: "models", caption: "Diffusion coefficients by each model of the ensemble, in the same crystal",
            columns: [.init("crystal"), .init("model"), .init("D", unit: "m²/s"), .init("remark")])
        var spreads = Table(
            name: "model-spread", caption: "Standard deviation of ln D between models, the runs' own errors taken off",
            columns: [.init("crystal"), .init("models"), .init("spread of ln D")])
        for point in try points(of: study, outcomes) {
            let series = Self.series(point.runs[0].planned)
            for run in point.runs {
                table.append([
                    .text(series), .integer(run.planned.model),
                    run.result?.estimate.map { .measured($0.diffusion, origin: run.found.origin) } ?? .empty,
                    .text(run.found.failure?.reason ?? run.result?.reason.map(DiffusionText.reason) ?? ""),
                ])
            }
            spreads.append([
                .text(series), .integer(point.runs.count),
                findings["models/\(series)/spread"].map { .finding($0) } ?? .empty,
            ])
        }
        return Section(
            name: name, title: title,
            introduction: """
                The models of an ensemble learnt from the same labels and differ in their first random weights. What D differs \
                by is the least that is to be expected of the models' error. \(DiffusionText.protocols(study.plans(for: name)))
                """,
            tables: [spreads, table])
    }
}
