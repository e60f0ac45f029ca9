import ConcurrentLearning
import Execution
import Reporting
import Structures

extension Iterations {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let runs = runs(of: study)
        let reasons = findings.family(FindingFamily.iterations.rawValue).compactMap { finding in
            finding.obstacle.map { "\(finding.id): \($0)." }
        }
        return Section(
            name: name, title: title,
            introduction: """
                Models that are trained on what is labelled explore; frames on which they disagree are labelled next, until (almost) \
                all are accurate. The paper's accurate share goes from 16.1 % in the first iteration to 98.7 % in the fourth and \
                99.0 % in the last.
                """,
            tables: runs.isEmpty ? [] : [table(runs, findings)], figures: runs.flatMap(Self.figures),
            remarks: runs.isEmpty
                ? reasons
                : reasons + runs.map { "\($0.id): labels by \($0.labels)." } + [
                    "Errors take the frames of one trajectory as alike as they are found to be.",
                    "Trust levels are the protocol's; the last column says what they mean for the models at hand: the share of frames "
                        + "on which the models disagree by less than their error on the hold-out.",
                ])
    }

    private func table(_ runs: [LearningRun], _ findings: Findings) -> Table {
        var table = Table(
            name: "table4-iterations", caption: "Frames by the models' largest deviation of a force (Table IV)",
            columns: [
                .init("run"), .init("iteration"), .init("exploration"), .init("frames"), .init("independent frames"),
                .init("accurate"), .init("candidate"), .init("failed"), .init("labels so far"),
                .init("force error", unit: "meV/Å"), .init("deviation below it"),
            ])
        for run in runs {
            for step in Self.steps(run) {
                func cell(_ name: String) -> Table.Cell {
                    findings["\(run.id)/\(name)/\(step.number)"].map { .finding($0) } ?? .empty
                }
                table.append(
                    [
                        .text("\(run.material.rawValue)/\(run.level.name)"), .integer(step.number),
                        .text(step.record.conditions),
                        .integer(step.record.trajectories.reduce(0) { $0 + $1.frames }),
                        step.share(\.accurate).map { .number($0.effectiveFrames, digits: 3) } ?? .empty,
                    ] + Self.levels.map { cell($0.name) } + [
                        .integer(step.record.labels),
                        step.error.map { .number(1000 * $0, digits: 3) } ?? .empty, cell("below-error"),
                    ])
            }
        }
        return table
    }

    private static func figures(_ run: LearningRun) -> [Figure] {
        let drawn = LearningFigures(run.record)
        let name = "\(run.material.rawValue)-\(run.level.name)"
        return [shares(run, name)]
            + [drawn.deviations, drawn.errors].compactMap { $0 }.map { figure in
                var figure = figure
                figure.name += "-\(name)"
                return figure
            }
    }

    private static func shares(_ run: LearningRun, _ name: String) -> Figure {
        let colours: [Colour] = [.green, .orange, .vermilion]
        let series = zip(levels, colours).map { level, colour in
            Series(
                level.name, style: .linePoints, colour: colour,
                points: steps(run).compactMap { step in
                    step.share(level.path).map {
                        .init(
                            x: Double(step.number), y: 100 * $0.estimate.value,
                            yError: 100 * $0.estimate.standardError)
                    }
                })
        }
        return Figure(
            name: "table4-shares-\(name)",
            caption:
                "Shares of frames that are accurate, candidates or failed, by iteration (Table IV); \(run.labels).",
            panels: [
                Panel(x: .init("Iteration", tickStep: 1), y: .init("Share of the frames (%)"), series: series)
            ])
    }
}
