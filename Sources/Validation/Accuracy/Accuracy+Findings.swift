import Calculations
import DeepPotential
import Execution
import Reporting
import Statistics

extension Accuracy {
    /// The sum over the systems of a set, or why there is none.
    struct Total {
        var content: FrameErrors.Content?
        var failure: CalculationFailure?
        var keys: [String]
        var origin: Origin

        init(_ outcomes: Outcomes, _ calculations: [FrameErrors]) {
            let found = calculations.map { Found(outcomes, $0) }
            keys = found.map(\.key)
            origin = Origin(of: found.compactMap(\.origin))
            failure = found.compactMap(\.failure).first
            guard failure == nil, var sum = found.first?.content else { return }
            for more in found.dropFirst().compactMap(\.content) { sum.merge(more) }
            content = sum
        }
    }

    /// RMSE of one kind over the models, meV; nil where there are no labels of it.
    static func error(_ content: FrameErrors.Content, _ kind: (TestReport) -> ErrorStatistics) -> Estimate? {
        let statistics = content.reports.map(kind).filter { $0.count > 0 }
        return statistics.isEmpty ? nil : .spread(statistics.map { 1000 * $0.rmse })
    }

    /// Name, unit and kind of what is compared.
    static var quantities: [(name: String, unit: String, kind: (TestReport) -> ErrorStatistics)] {
        [
            ("energy", "meV/atom", \.energyPerAtom), ("force", "meV/Å", \.forces),
            ("virial", "meV/atom", \.virialPerAtom),
        ]
    }

    func findings(of study: Study, from outcomes: Outcomes) -> [Finding] {
        rows(of: study).flatMap { row -> [Finding] in
            let stride = row.whole.first?.stride ?? 1
            let part = stride > 1 ? "only every \(stride)th frame was tested" : nil
            return findings(Total(outcomes, row.whole), row.id, distrust: part)
                + (row.heldOut.isEmpty
                    ? [] : findings(Total(outcomes, row.heldOut), "\(row.id)/heldout", distrust: nil))
        }
    }

    private func findings(_ total: Total, _ id: String, distrust: String?) -> [Finding] {
        Self.quantities.compactMap { name, unit, kind in
            guard let content = total.content else {
                return Finding(
                    "\(id)/\(name)", .obstacle(total.failure?.reason ?? "no frames"), unit: unit, keys: total.keys,
                    origin: total.origin)
            }
            return Self.error(content, kind).map {
                Finding("\(id)/\(name)", $0, unit: unit, keys: total.keys, origin: total.origin, distrust: distrust)
            }
        }
    }
}
