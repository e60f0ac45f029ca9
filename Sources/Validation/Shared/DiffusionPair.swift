import Reporting
import Statistics

/// Two crystals that differ in one respect, at one temperature.
struct DiffusionPair {
    var first: DiffusionPoint
    var second: DiffusionPoint

    /// Of the second over the first; nil where one of them is not diffusive.
    var ratio: Estimate? { first.diffusion.flatMap { first in second.diffusion.map { $0.ratio(over: first) } } }
    /// Its logarithm.
    var logarithm: Estimate? {
        first.diffusion.flatMap { first in second.diffusion.map { $0.logarithm(over: first) } }
    }

    /// A number that comes from both, or why there is none.
    func finding(_ id: String, _ estimate: Estimate?, unit: String) -> Finding {
        let both = [first, second]
        return Finding(
            id, estimate.map { .value($0) } ?? .obstacle(both.compactMap(\.obstacle).first ?? "no run"), unit: unit,
            keys: both.flatMap(\.keys), origin: Origin(of: both.map(\.origin)),
            distrust: both.compactMap(\.distrust).first)
    }

    /// Every point that is one of the first kind, with the one that bears the label of its run changed.
    ///
    /// - Parameters:
    ///   - isFirst: asked of a point's first run.
    ///   - change: makes it a run of the second kind.
    static func all(
        _ points: [DiffusionPoint], where isFirst: (PlannedRun) -> Bool, second change: (inout PlannedRun) -> Void
    ) -> [DiffusionPair] {
        points.filter { isFirst($0.runs[0].planned) }.compactMap { first in
            var run = first.runs[0].planned
            change(&run)
            return points.first { $0.label == run.label }.map { DiffusionPair(first: first, second: $0) }
        }
    }
}
