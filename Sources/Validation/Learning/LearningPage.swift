import Calculations
import ConcurrentLearning
import Foundation
import Reporting

/// The page of a concurrent-learning loop, drawn from its record: the paper's Table IV and Fig. 4, errors on the hold-out,
/// labels and hours.
public struct LearningPage {
    let record: LearningRecord

    public init(_ record: LearningRecord) { self.record = record }

    public var section: Section {
        var figures = [LearningFigures(record).deviations]
        if let errors = LearningFigures(record).errors { figures.append(errors) }
        let advice = record.iterations.flatMap { iteration in
            iteration.advice.map { "Iteration \(iteration.index): \($0)." }
        }
        return Section(
            name: "learning", title: "Concurrent learning", introduction: introduction,
            tables: [levels, errors, times], figures: figures, remarks: advice)
    }

    private var introduction: String {
        let labels = record.iterations.last?.labels ?? 0
        let end = record.end.map { "It ended: \($0.message)." } ?? "It goes on."
        return """
            A loop of training, exploration, selection (`\(record.selection.rawValue)`, seed \(record.seed)) and labelling, begun \
            with \(record.initialFrames) labelled frames; \(labels) labels were bought. \(end)
            """
    }

    /// Table IV.
    private var levels: Table {
        var table = Table(
            name: "table4-iterations",
            caption: "Frames by the models' largest deviation of a force (the paper's Table IV)",
            columns: [
                .init("iteration"), .init("exploration"), .init("frames"), .init("accurate", unit: "%"),
                .init("candidate", unit: "%"), .init("failed", unit: "%"), .init("labels bought"),
                .init("labels that failed"), .init("labels so far"),
            ])
        for iteration in record.iterations where iteration.job != nil {
            let counts = iteration.systems.reduce((0, 0, 0)) {
                ($0.0 + $1.accurate, $0.1 + $1.candidate, $0.2 + $1.failed)
            }
            let total = counts.0 + counts.1 + counts.2
            func share(_ count: Int) -> Table.Cell {
                total == 0 ? .empty : .number(100 * Double(count) / Double(total), digits: 4)
            }
            table.append([
                .integer(iteration.index), .text(iteration.conditions), .integer(total), share(counts.0),
                share(counts.1), share(counts.2), .integer(iteration.labelling?.labelled ?? 0),
                .integer(iteration.labelling?.failures ?? 0), .integer(iteration.labels),
            ])
        }
        return table
    }

    private var errors: Table {
        var table = Table(
            name: "hold-out", caption: "Errors on the hold-out (root mean squares; mean and spread of the models)",
            columns: [
                .init("iteration"), .init("frames trained on"), .init("forces", unit: "meV/Å"),
                .init("spread of forces", unit: "meV/Å"), .init("energy", unit: "meV/atom"),
            ])
        for iteration in record.iterations {
            let forces = (iteration.holdOut ?? []).map { 1000 * $0.forces }
            let energies = (iteration.holdOut ?? []).map { 1000 * $0.energy }
            table.append([
                .integer(iteration.index), .integer(iteration.trainingFrames),
                forces.isEmpty ? .empty : .number(Self.mean(forces), digits: 3),
                forces.count < 2 ? .empty : .number(Self.spread(forces), digits: 2),
                energies.isEmpty ? .empty : .number(Self.mean(energies), digits: 3),
            ])
        }
        return table
    }

    private var times: Table {
        var table = Table(
            name: "hours", caption: "What the stages took",
            columns: [.init("iteration")]
                + Stage.allCases.flatMap { stage in
                    [Table.Column("\(stage.rawValue) calculations"), Table.Column("\(stage.rawValue)", unit: "core h")]
                })
        for iteration in record.iterations {
            table.append(
                [.integer(iteration.index)]
                    + Stage.allCases.flatMap { stage -> [Table.Cell] in
                        guard let time = iteration.times[stage] else { return [.empty, .empty] }
                        return [.integer(time.calculations), .number(time.coreSeconds / 3600, digits: 3)]
                    })
        }
        return table
    }

    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

    /// The sample standard deviation.
    static func spread(_ values: [Double]) -> Double {
        let mean = mean(values)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, values.count - 1))).squareRoot()
    }
}
