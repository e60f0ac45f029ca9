import Calculations
import Execution
import Reporting
import Statistics

/// Whether runs that were computed here agree with their shipped outcomes.
struct Agreement {
    struct Row {
        var run: PlannedRun
        var here: DiffusionEstimate
        var shipped: DiffusionEstimate

        /// The difference in its own standard errors. Both runs sample the same crystal from the same start; where processors
        /// round differently they are as good as independent.
        var deviation: Double {
            let (a, b) = (here.diffusion, shipped.diffusion)
            return (a.value - b.value)
                / (a.standardError * a.standardError + b.standardError * b.standardError).squareRoot()
        }
    }

    var rows: [Row]

    /// - Throws: `InputError` when displacements are not finite.
    init(study: Study, outcomes: Outcomes, shipped: OutcomeStore) throws {
        let runs = try Set(study.profile.dynamics.flatMap(\.experiments)).sorted().flatMap { try study.runs(for: $0) }
        var seen: Set<String> = []
        rows = try runs.compactMap { run in
            let found = Found(outcomes, run.calculation)
            // A damaged shipped outcome is spoken of where it is asked for.
            guard found.origin == .here, seen.insert(found.key).inserted, let here = found.content,
                let there = try? shipped.outcome(of: run.calculation)?.content,
                let own = try DiffusionEstimator().estimate(here.displacements).estimate,
                let other = try DiffusionEstimator().estimate(there.displacements).estimate
            else { return nil }
            return Row(run: run, here: own, shipped: other)
        }
    }

    /// nil when nothing was computed here that is shipped.
    var section: Section? {
        guard !rows.isEmpty else { return nil }
        var table = Table(
            name: "agreement", caption: "Runs computed here beside their shipped outcomes",
            columns: [
                .init("crystal"), .init("T", unit: "K"), .init("D, here", unit: "m²/s"),
                .init("D, shipped", unit: "m²/s"),
                .init("difference in its errors"),
            ])
        for row in rows {
            table.append([
                .text(row.run.series), .number(row.run.temperature, digits: 3),
                .measured(row.here.diffusion, origin: .here), .measured(row.shipped.diffusion, origin: .shipped),
                .number(row.deviation, digits: 2),
            ])
        }
        let far = rows.count { abs($0.deviation) > 3 }
        return Section(
            name: "agreement", title: "Computed here and shipped",
            introduction: far == 0
                ? "All of them agree within three standard errors."
                : "**\(far) of \(rows.count) differ by more than three standard errors.**",
            tables: [table])
    }
}
