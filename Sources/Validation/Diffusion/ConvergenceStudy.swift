import Reporting
import Statistics
import Structures

/// Fig. 7a: diffusion coefficients against the length of the trajectory.
struct ConvergenceStudy {
    var context: PartContext

    func section(_ outcome: DiffusionCampaign.Outcome) throws -> Section {
        let (campaign, results) = (outcome.plan, outcome.results)
        let ascending = results.sorted {
            ($0.replica.temperature, $0.replica.index) < ($1.replica.temperature, $1.replica.index)
        }
        return Section(
            name: Part.convergence.rawValue, title: "Convergence in time (Fig. 7a)",
            introduction: """
                \(DiffusionText.protocolText(context)). The coefficient is estimated from the first part of each \
                trajectory, of growing length, each time with the search for the diffusive regime anew. The paper shows \
                \(Material.silicon.formula), 100 ps to 10 ns.
                """,
            tables: [table(ascending)], figures: [figure(ascending)], claims: try claims(ascending),
            remarks: [
                "Parts of one trajectory share their beginning, so neighbouring points of a line are not independent."
            ] + DiffusionText.scaleRemark(campaign))
    }

    private func table(_ results: [ReplicaResult]) -> Table {
        var table = Table(
            name: "fig07a-convergence", caption: "Diffusion coefficient from the first part of each trajectory",
            columns: [
                .init("T", unit: "K"), .init("run"), .init("length", unit: "ps"), .init("D", unit: "m²/s"),
                .init("exponent of the MSD"), .init("remark"),
            ])
        for result in results {
            for part in result.lengths {
                let head: [Table.Cell] = [
                    .number(result.replica.temperature, digits: 3), .integer(result.replica.index),
                    .number(part.picoseconds, digits: 3),
                ]
                switch part.result {
                case .diffusive(let estimate):
                    table.append(
                        head + [
                            .measured(estimate.diffusion),
                            .measured(estimate.regime.exponent), .text(""),
                        ])
                case .notDiffusiveYet(let reason):
                    table.append(head + [.empty, .empty, .text(DiffusionText.reason(reason))])
                }
            }
        }
        return table
    }

    private func figure(_ results: [ReplicaResult]) -> Figure {
        let longest = results.map(\.final.picoseconds).max() ?? 1
        let shortest = results.flatMap(\.lengths).map(\.picoseconds).min() ?? 1
        var series: [Series] = []
        // The hottest first, as the lines lie in the figure.
        for result in results.reversed() {
            let temperature = result.replica.temperature
            let diffusive = result.lengths.compactMap { part in
                part.result.estimate.map {
                    Series.Point(x: part.picoseconds, y: $0.value, yError: $0.standardError)
                }
            }
            let others = result.lengths.filter { $0.result.estimate == nil }
            let name = "\(NumberText.significant(temperature, digits: 3)) K"
            series.append(
                Series(
                    result.replica.index == 0 ? name : "", style: .linePoints, colour: .temperature(temperature),
                    points: diffusive))
            series.append(
                Series(
                    diffusive.isEmpty && result.replica.index == 0 ? "\(name), not diffusive yet" : "", style: .points,
                    colour: .temperature(temperature), marker: .openCircle,
                    points: others.map { .init(x: $0.picoseconds, y: $0.apparent) }))
        }
        return Figure(
            name: "fig07a-convergence",
            caption: """
                Diffusion coefficient of Li from the first part of each trajectory. Open circles: MSD/6t where the \
                motion is not diffusive yet, an upper bound rather than a coefficient.
                """,
            panels: [
                Panel(
                    x: .init(
                        "Length of the trajectory (ps)", scale: .logarithmic, range: 0.8 * shortest...2.6 * longest),
                    y: .init("D (m²/s)", scale: .logarithmic), series: series, legend: .bottomRight)
            ])
    }

    private func claims(_ results: [ReplicaResult]) throws -> [Claim] {
        let hot = results.filter { $0.replica.temperature > 600 }
        let shortest = hot.map(\.final.picoseconds).min() ?? 0
        let errors = hot.map { result in result.final.result.estimate?.diffusion.relativeError ?? .infinity }
        let worst = errors.max() ?? .infinity
        let high: Claim
        if hot.isEmpty {
            high = try context.claim("convergence-high", .notRun, "no run above 600 K")
        } else if worst < 0.25 {
            high = try context.claim(
                "convergence-high", .reproduced,
                "after \(NumberText.significant(shortest, digits: 3)) ps or more above 600 K, D is known to "
                    + "\(NumberText.significant(100 * worst, digits: 2)) % or better")
        } else {
            high = try context.claim(
                "convergence-high", shortest >= 200 ? .notReproduced : .notDecidable,
                "after \(NumberText.significant(shortest, digits: 3)) ps above 600 K, the largest relative error of D is "
                    + (worst.isFinite
                        ? "\(NumberText.significant(100 * worst, digits: 2)) %" : "unknown (not diffusive yet)"))
        }
        return [high, try low(results)]
    }

    private func low(_ results: [ReplicaResult]) throws -> Claim {
        let cool = results.filter { $0.replica.temperature <= 500 && $0.replica.temperature >= 400 }
        guard !cool.isEmpty, cool.allSatisfy({ $0.final.picoseconds >= 1000 }) else {
            let longest = cool.map(\.final.picoseconds).max()
            return try context.claim(
                "convergence-low", .notRun,
                "needs 1 ns at 400 and 500 K; here "
                    + (longest.map { "\(NumberText.significant($0, digits: 3)) ps at most" } ?? "there is no such run"))
        }
        let errors = cool.map { $0.final.result.estimate?.diffusion.relativeError ?? .infinity }
        let worst = errors.max()!
        return try context.claim(
            "convergence-low", worst < 0.25 ? .reproduced : .notReproduced,
            "after 1 ns at 400 and 500 K the largest relative error of D is "
                + (worst.isFinite
                    ? "\(NumberText.significant(100 * worst, digits: 2)) %" : "unknown (not diffusive yet)"))
    }
}
