import Calculations
import Execution
import Reporting
import Statistics

/// The outcome of one calculation as an experiment sees it: the content, or why there is none.
struct Found<C: Calculation>: Sendable {
    var calculation: C
    var key: String
    var origin: Origin?
    var result: Result<Outcome<C>, CalculationFailure>
    /// Whether it was computed, or looked for.
    var isAsked: Bool

    init(_ outcomes: Outcomes, _ calculation: C) {
        self.calculation = calculation
        key = calculation.key
        result = outcomes[calculation]
        origin = outcomes.origin(of: calculation).map { Origin($0) }
        isAsked = outcomes.contains(key)
    }

    var content: C.Content? { try? result.get().content }
    var provenance: Provenance? { try? result.get().provenance }
    var failure: CalculationFailure? { if case .failure(let failure) = result { failure } else { nil } }

    /// Why there is no content: the failure, or that nobody has asked for labels; nil where there is one.
    func obstacle(_ labelling: LabellingPolicy) -> String? {
        failure.map { isAsked ? $0.reason : labelling.reason ?? $0.reason }
    }
}

/// A number that each model of an ensemble gives: its mean with the standard deviation of the models (of one model's
/// number, as the paper's tables have it), or why there is none.
struct EnsembleMean: Sendable {
    var result: Finding.Result
    var keys: [String]
    var origins: [Origin]

    static func of<C: Calculation>(_ found: [Found<C>], _ value: (C.Content) -> Double) -> EnsembleMean {
        let (keys, origins) = (found.map(\.key), found.compactMap(\.origin))
        if let failure = found.compactMap(\.failure).first {
            return EnsembleMean(result: .obstacle(failure.reason), keys: keys, origins: origins)
        }
        return EnsembleMean(
            result: .value(.spread(found.compactMap(\.content).map(value))), keys: keys, origins: origins)
    }

    func map(_ change: (Estimate) -> Estimate) -> EnsembleMean {
        guard case .value(let estimate) = result else { return self }
        return EnsembleMean(result: .value(change(estimate)), keys: keys, origins: origins)
    }

    func finding(_ id: String, unit: String, distrust: String? = nil) -> Finding {
        Finding(id, result, unit: unit, keys: keys, origin: Origin(of: origins), distrust: distrust)
    }
}

extension Estimate {
    /// The mean of several models' numbers and their standard deviation; no error for one.
    static func spread(_ values: [Double]) -> Estimate {
        let mean = values.reduce(0, +) / Double(values.count)
        guard values.count > 1 else { return Estimate(mean) }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return Estimate(mean, error: (squares / Double(values.count - 1)).squareRoot())
    }
}
