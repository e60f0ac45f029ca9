import Calculations
import Execution
import Reporting
import Statistics

extension Arrangements {
    /// The energies of one comparison.
    struct Measured {
        var comparison: Comparison
        /// By model (eV per atom); empty where one is missing.
        var models: [[Double]]
        /// nil where one is missing.
        var labels: [Double]?
        var keys: [String]
        var origin: Origin
        /// Why there are no energies of models, and of labels.
        var obstacle: String?
        var labelObstacle: String?

        init(_ comparison: Comparison, _ outcomes: Outcomes, _ labelling: LabellingPolicy) {
            self.comparison = comparison
            let found = comparison.models.map { $0.map { Found(outcomes, $0) } }
            let labelled = (comparison.labels ?? []).map { Found(outcomes, $0) }
            obstacle = found.joined().compactMap(\.failure).first?.reason
            labelObstacle =
                comparison.labels == nil
                ? "this program does not run \(comparison.level.code)"
                : labelled.compactMap { $0.obstacle(labelling) }.first
            models = obstacle == nil ? found.map { $0.compactMap { $0.content?.energy } } : []
            labels = labelObstacle == nil ? labelled.compactMap { $0.content?.energy } : nil
            keys = found.joined().map(\.key) + labelled.map(\.key)
            origin = Origin(of: (found.joined() + labelled).compactMap(\.origin))
        }

        /// A number that each model gives against the labels: the first model's with its own error, and nothing of the others'
        /// scatter where there is one model only.
        func mean(_ value: (ArrangementEnergies) -> Estimate) -> Estimate? {
            guard let labels, obstacle == nil else { return nil }
            let values = models.map { value(ArrangementEnergies($0, labels)) }
            return values.isEmpty ? nil : .mean(ofCorrelated: values)
        }

        /// The spread of the models' energies of one cell, over all cells (meV per atom); nil for one model.
        var disagreement: Estimate? {
            guard obstacle == nil, models.count > 1 else { return nil }
            let relative = models.map(ArrangementEnergies.relative)
            let cells = relative[0].indices
            let squares = cells.map { cell in
                let mean = relative.reduce(0) { $0 + $1[cell] } / Double(models.count)
                return relative.reduce(0) { $0 + ($1[cell] - mean) * ($1[cell] - mean) } / Double(models.count - 1)
            }
            let value = (squares.reduce(0, +) / Double(cells.count - 1)).squareRoot()
            return Estimate(value, error: value / (2 * Double((cells.count - 1) * (models.count - 1))).squareRoot())
        }
    }

    func measured(of study: Study, _ outcomes: Outcomes) throws -> [Measured] {
        try comparisons(of: study).map { Measured($0, outcomes, study.labelling) }
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try measured(of: study, outcomes).flatMap { measured -> [Finding] in
            func finding(_ name: String, _ estimate: Estimate?, _ obstacle: String?, unit: String) -> Finding {
                Finding(
                    "\(measured.comparison.id)/\(name)",
                    estimate.map { .value($0) } ?? .obstacle(measured.obstacle ?? obstacle ?? "one model only"),
                    unit: unit,
                    keys: measured.keys, origin: measured.origin)
            }
            let reason = measured.labelObstacle
            return [
                finding("disagreement", measured.disagreement, nil, unit: "meV/atom"),
                finding(
                    "spread", measured.labels.map { ArrangementEnergies.spread(ArrangementEnergies.relative($0)) },
                    reason,
                    unit: "meV/atom"),
                finding("error", measured.mean(\.difference), reason, unit: "meV/atom"),
                finding("rank", measured.mean(\.rankCorrelation), reason, unit: ""),
            ]
        }
    }
}

extension Estimate {
    /// The mean of numbers that share their data, and so their errors: these do not shrink with their number.
    static func mean(ofCorrelated estimates: [Estimate]) -> Estimate {
        let count = Double(estimates.count)
        return Estimate(
            estimates.reduce(0) { $0 + $1.value } / count, error: estimates.reduce(0) { $0 + $1.standardError } / count)
    }
}
