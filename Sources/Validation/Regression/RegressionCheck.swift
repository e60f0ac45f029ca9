import Files
import Statistics

/// One kind of number that must not move unseen: it measures them afresh, from what is committed.
///
/// A new one is a file in `Checks/`, a line in `RegressionChecks.all`, and `lgps-bench check --update --only NAME`.
protocol RegressionCheck: Sendable {
    /// Its file in `reference-data/baselines`, and the first component of its ids.
    var name: String { get }
    /// What is measured, in a sentence or two.
    var about: String { get }
    /// Why its tolerances are what they are, by name.
    var reasons: [String: String] { get }

    /// The numbers, each with the tolerance that a new baseline is given.
    ///
    /// - Throws: `InputError` for what is missing or damaged among the reference data; `Interrupted`.
    func measure(_ bench: RegressionBench) throws -> [Baseline]

    /// Which file of the reference data in `folder` is missing where a baseline is not measured any more; nil when none is.
    func absence(of id: String, in folder: String) -> String?
}

extension RegressionCheck {
    func absence(of id: String, in folder: String) -> String? { nil }
}

/// All checks, in the order in which they are done and told.
enum RegressionChecks {
    static let all: [any RegressionCheck] = [
        FittedLaws(), StoredTrajectory(), ShippedFindings(), ShippedVerdicts(), EvaluatorAgreement(), ShortTraining(),
        ShortDynamics(), SpeedRatios(), ModelErrors(),
    ]

    /// - Throws: `InputError` when there is no check of one of these names.
    static func named(_ names: [String]) throws -> [any RegressionCheck] {
        for name in names where !all.contains(where: { $0.name == name }) {
            throw InputError(
                place: "--only", problem: "there is no check '\(name)'",
                mend: "choose from \(all.map(\.name).joined(separator: ", "))")
        }
        return names.isEmpty ? all : all.filter { names.contains($0.name) }
    }
}

extension Baseline {
    /// What a check found.
    static func number(
        _ id: String, _ value: Double, unit: String = "", tolerance: Double, _ reason: String,
        counts: Direction = .either
    ) -> Baseline {
        Baseline(id, .number(value), unit: unit, tolerance: tolerance, reason: reason, counts: counts)
    }

    /// A number that may move by a part of itself.
    static func number(
        _ id: String, _ value: Double, unit: String = "", relative: Double, _ reason: String
    ) -> Baseline {
        // Zero has no parts: then the least that numbers of this program are told with.
        let tolerance = value == 0 || !value.isFinite ? relative : relative * abs(value)
        return number(id, value, unit: unit, tolerance: tolerance, reason)
    }

    /// A number and its error, `ID` and `ID/error`.
    static func estimate(
        _ id: String, _ estimate: Estimate, unit: String = "", relative: Double, _ reason: String
    ) -> [Baseline] {
        [
            number(id, estimate.value, unit: unit, relative: relative, reason),
            number("\(id)/error", estimate.standardError, unit: unit, relative: relative, reason),
        ]
    }
}
