import Foundation
import Reporting
import Statistics

extension TestBench {
    /// The quantity of a test: a number, or the logarithm of a ratio.
    private struct Measured {
        /// As it is shown.
        var shown: Operand
        /// As it is compared: ln of `shown` where `isLogarithm`.
        var compared: Estimate
        var isLogarithm: Bool
    }

    /// A test without open places in its ids.
    func single(_ test: ClaimTest, _ quantity: ClaimTest.Quantity) -> Evidence {
        let names = test.names.filter { !ReferenceValues.isReference($0) }
        do throws(Obstacle) {
            let measured = try measure(quantity, test)
            let (answer, text, comparison) = try compare(measured, test)
            return Evidence(
                answer: answer, findings: names, text: "\(Self.title(quantity)) = \(text)", origin: origin(of: names),
                comparison: comparison)
        } catch {
            return Evidence(answer: .open, findings: names, text: error.text, origin: origin(of: names))
        }
    }

    private func measure(_ quantity: ClaimTest.Quantity, _ test: ClaimTest) throws(Obstacle) -> Measured {
        let first = try operand(named: quantity.of, test)
        if let over = quantity.over {
            let second = try operand(over, test)
            try checkUnits(first, second)
            let (a, b) = (first.estimate, second.estimate)
            guard a.value > 0, b.value > 0 else {
                throw Obstacle(text: "\(Self.title(quantity)) is no ratio of positive numbers")
            }
            return Measured(
                shown: Operand(estimate: a.ratio(over: b), unit: nil, origin: first.origin, source: .ours),
                compared: a.logarithm(over: b), isLogarithm: true)
        }
        guard let minus = quantity.minus else {
            return Measured(shown: first, compared: first.estimate, isLogarithm: false)
        }
        let second = try operand(minus, test)
        try checkUnits(first, second)
        let difference = Estimate(
            first.estimate.value - second.estimate.value,
            error: hypot(first.estimate.standardError, second.estimate.standardError))
        return Measured(
            shown: Operand(estimate: difference, unit: first.unit, origin: first.origin, source: .ours),
            compared: difference, isLogarithm: false)
    }

    private func compare(
        _ measured: Measured, _ test: ClaimTest
    ) throws(Obstacle) -> (Evidence.Answer, String, Evidence.Comparison?) {
        let shown = Self.text(measured.shown.estimate, measured.shown.unit)
        let z = test.significance
        func against(_ operand: ClaimTest.Operand) throws(Obstacle) -> (Gap, String, Evidence.Comparison) {
            let other = try self.operand(operand, test)
            if !measured.isLogarithm { try checkUnits(measured.shown, other) }
            var expected = other.estimate
            if measured.isLogarithm {
                guard expected.value > 0 else {
                    throw Obstacle(text: "a ratio cannot be compared with \(expected.value)")
                }
                expected = Estimate(log(expected.value), error: expected.relativeError)
            }
            let gap = Gap(
                value: measured.compared.value - expected.value,
                error: hypot(measured.compared.standardError, expected.standardError), z: z)
            return (
                gap, "\(shown) against \(Self.text(other.estimate, measured.shown.unit)): \(gap.text)",
                .init(ours: measured.shown.estimate, expected: other.estimate, source: other.source)
            )
        }
        switch test.comparison {
        case .agrees(let operand, let tolerance):
            let (gap, text, comparison) = try against(operand)
            guard let tolerance else { return (gap.isInsignificant ? .passes : .fails, text, comparison) }
            return (
                gap.isWithin(tolerance), "\(text), tolerance \(NumberText.significant(tolerance, digits: 2))",
                comparison
            )
        case .differs(let operand, let tolerance):
            let (gap, text, comparison) = try against(operand)
            if !gap.isInsignificant { return (.passes, text, comparison) }
            return (gap.isWithin(tolerance) == .passes ? .fails : .open, text, comparison)
        case .exceeds(let operand):
            let (gap, text, comparison) = try against(operand)
            return (gap.isAbove ? .passes : gap.isBelow ? .fails : .open, text, comparison)
        case .below(let operand):
            let (gap, text, comparison) = try against(operand)
            return (gap.isBelow ? .passes : gap.isAbove ? .fails : .open, text, comparison)
        case .atLeast(let operand):
            let (gap, text, comparison) = try against(operand)
            return (gap.isBelow ? .fails : .passes, text, comparison)
        case .atMost(let operand):
            let (gap, text, comparison) = try against(operand)
            return (gap.isAbove ? .fails : .passes, text, comparison)
        case .lies(let range):
            let ends = Self.ends(range, isLogarithm: measured.isLogarithm)
            let reach = z * measured.compared.standardError
            let fits =
                measured.compared.value + reach >= ends.lowerBound && measured.compared.value - reach <= ends.upperBound
            return (
                fits ? .passes : .fails, "\(shown) against \(Self.text(range))", Self.comparison(measured.shown, range)
            )
        case .ratio(let range):
            let ends = Self.ends(range, isLogarithm: true)
            let reach = z * measured.compared.standardError
            let (low, high) = (measured.compared.value - reach, measured.compared.value + reach)
            let answer: Evidence.Answer =
                if low >= ends.lowerBound && high <= ends.upperBound {
                    .passes
                } else if high < ends.lowerBound || low > ends.upperBound {
                    .fails
                } else {
                    .open
                }
            return (answer, "\(shown) against \(Self.text(range))", Self.comparison(measured.shown, range))
        case .exponent(let expected, let tolerance):
            let gap = Gap(value: measured.compared.value - expected, error: measured.compared.standardError, z: z)
            return (
                gap.isWithin(tolerance),
                "\(shown) against \(NumberText.significant(expected, digits: 2)) ± \(tolerance)",
                .init(ours: measured.shown.estimate, expected: Estimate(expected, error: tolerance), source: .paper)
            )
        case .ranking: preconditionFailure("a ranking has no quantity")
        }
    }

    private static func ends(_ range: ClaimTest.Range, isLogarithm: Bool) -> ClosedRange<Double> {
        let ends = [range.lower ?? -.infinity, range.upper ?? .infinity]
        guard isLogarithm else { return ends[0]...ends[1] }
        return log(max(ends[0], 0))...log(ends[1])
    }

    private static func comparison(_ shown: Operand, _ range: ClaimTest.Range) -> Evidence.Comparison? {
        guard let lower = range.lower, let upper = range.upper else { return nil }
        return .init(
            ours: shown.estimate, expected: Estimate((lower + upper) / 2, error: (upper - lower) / 2), source: .paper)
    }

    private static func text(_ range: ClaimTest.Range) -> String {
        let (lower, upper) = (range.lower, range.upper)
        func number(_ value: Double) -> String { NumberText.significant(value, digits: 3) }
        switch (lower, upper) {
        case (let lower?, let upper?): return "\(number(lower)) to \(number(upper))"
        case (let lower?, nil): return "\(number(lower)) or more"
        case (nil, let upper?): return "\(number(upper)) or less"
        case (nil, nil): return "anything"
        }
    }

    private static func title(_ quantity: ClaimTest.Quantity) -> String {
        func name(_ operand: ClaimTest.Operand) -> String {
            switch operand {
            case .named(let name): name
            case .value(let estimate): estimate.text()
            }
        }
        if let over = quantity.over { return "\(quantity.of) over \(name(over))" }
        if let minus = quantity.minus { return "\(quantity.of) − \(name(minus))" }
        return quantity.of
    }
}

/// How far a number is from another.
struct Gap {
    /// The number less the other.
    var value: Double
    /// The standard error of `value`.
    var error: Double
    /// How many of them count.
    var z: Double

    var isAbove: Bool { value > 0 && value >= z * error }
    var isBelow: Bool { value < 0 && -value >= z * error }
    var isInsignificant: Bool { abs(value) <= z * error }

    /// Whether the two are equivalent.
    func isWithin(_ tolerance: Double) -> Evidence.Answer {
        if abs(value) + z * error <= tolerance { return .passes }
        return abs(value) - z * error > tolerance ? .fails : .open
    }

    /// `3.1 standard errors above`.
    var text: String {
        guard error > 0 else { return value == 0 ? "equal" : value > 0 ? "above" : "below" }
        let count = NumberText.significant(abs(value) / error, digits: 2)
        return "\(count) standard errors \(value >= 0 ? "above" : "below")"
    }
}
