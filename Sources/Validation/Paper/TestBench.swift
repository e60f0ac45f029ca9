import Foundation
import Reporting
import Statistics

/// Holds tests against findings.
struct TestBench {
    let findings: Findings
    let references: ReferenceValues

    /// Why a test stays open.
    struct Obstacle: Error { let text: String }

    /// A named or written number, as far as a test may use it.
    struct Operand {
        var estimate: Estimate
        /// nil for a number without one.
        var unit: String?
        /// nil for what is no finding.
        var origin: Origin?
        var source: Evidence.Comparison.Source
    }

    /// The evidence of a test whose `{M}` and `{CODE}` are replaced: one, or one for each finding of its pattern.
    ///
    /// - Throws: `InputError` for an id that is none.
    func evidence(for test: ClaimTest) throws -> [Evidence] {
        guard let quantity = test.quantity else { return [ranking(test)] }
        let pattern = try FindingPattern(quantity.of)
        guard pattern.wildcards > 0 else { return [single(test, quantity)] }
        if case .exponent(let expected, let tolerance) = test.comparison {
            return [power(test, pattern, expected: expected, tolerance: tolerance)]
        }
        let found = findings.matching(pattern)
        guard !found.isEmpty else {
            return [Evidence(answer: .open, findings: [quantity.of], text: "no finding \(quantity.of)")]
        }
        return try found.map { finding in
            let filling = pattern.match(finding.id)!
            let bound = try test.bound(to: filling)
            return single(bound, bound.quantity!)
        }
    }

    // MARK: - Numbers

    /// - Throws: `Obstacle` when nothing may be decided by it.
    func operand(_ operand: ClaimTest.Operand, _ test: ClaimTest) throws(Obstacle) -> Operand {
        switch operand {
        case .value(let estimate): return Operand(estimate: estimate, unit: test.unit, origin: nil, source: .paper)
        case .named(let name): return try self.operand(named: name, test)
        }
    }

    func operand(named name: String, _ test: ClaimTest) throws(Obstacle) -> Operand {
        if let reference = references[name] {
            return Operand(
                estimate: reference.estimate, unit: reference.unit, origin: nil,
                source: ReferenceValues.isMeasured(name) ? .measured : .paper)
        }
        guard let finding = findings[name] else { throw Obstacle(text: "no finding \(name)") }
        guard let estimate = finding.estimate else {
            throw Obstacle(text: "\(name): \(finding.obstacle ?? "no number")")
        }
        let text = "\(name) = \(Self.text(estimate, finding.unit))"
        if let distrust = finding.distrust { throw Obstacle(text: "\(text) is not trusted: \(distrust)") }
        if let unit = test.unit, unit != finding.unit {
            throw Obstacle(text: "\(text) is not in '\(unit)', the unit of the test")
        }
        guard estimate.value.isFinite, estimate.standardError.isFinite, estimate.standardError >= 0 else {
            throw Obstacle(text: "\(name) is no finite number with an error")
        }
        if !test.isPlain {
            // An error of 0 is that of which nothing is known: it would decide everything.
            guard estimate.standardError > 0 else { throw Obstacle(text: "\(text): its error is not known") }
            if let coarse = Self.tooCoarse(estimate, finding.unit, for: test.precision) {
                throw Obstacle(text: "\(text) \(coarse)")
            }
        }
        return Operand(
            estimate: test.isPlain ? Estimate(estimate.value) : estimate, unit: finding.unit, origin: finding.origin,
            source: .ours)
    }

    private static func tooCoarse(_ estimate: Estimate, _ unit: String, for precision: ClaimTest.Precision?) -> String?
    {
        switch precision {
        case .relative(let limit) where !(estimate.relativeError <= limit):
            "is known to \(NumberText.significant(100 * estimate.relativeError, digits: 2)) %, the test needs "
                + "\(NumberText.significant(100 * limit, digits: 2)) %"
        case .absolute(let limit) where !(estimate.standardError <= limit):
            "is known to \(text(Estimate(estimate.standardError), unit)), the test needs \(text(Estimate(limit), unit))"
        default: nil
        }
    }

    /// Both of one unit, where both have one.
    func checkUnits(_ a: Operand, _ b: Operand) throws(Obstacle) {
        if let mine = a.unit, let other = b.unit, mine != other {
            throw Obstacle(text: "'\(mine)' cannot be compared with '\(other)'")
        }
    }

    static func text(_ estimate: Estimate, _ unit: String?) -> String {
        guard let unit, !unit.isEmpty else { return estimate.text() }
        return "\(estimate.text()) \(unit)"
    }

    /// Where the numbers of these findings come from, trusted or not; nil where there is none.
    func origin(of names: [String]) -> Origin? {
        let origins = names.compactMap { findings[$0] }.filter { $0.estimate != nil }.map(\.origin)
        return origins.isEmpty ? nil : Origin(of: origins)
    }
}
