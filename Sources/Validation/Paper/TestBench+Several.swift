import Foundation
import Reporting
import Statistics

extension TestBench {
    /// Each of a group above each of the next.
    func ranking(_ test: ClaimTest) -> Evidence {
        guard case .ranking(let groups) = test.comparison else { preconditionFailure("not a ranking") }
        let names = groups.flatMap { $0 }
        func evidence(_ answer: Evidence.Answer, _ text: String) -> Evidence {
            Evidence(answer: answer, findings: names, text: text, origin: origin(of: names))
        }
        do throws(Obstacle) {
            var operands: [[Operand]] = []
            for group in groups {
                var members: [Operand] = []
                for name in group { members.append(try operand(named: name, test)) }
                operands.append(members)
            }
            for operand in operands.joined() { try checkUnits(operands[0][0], operand) }
            var isDecided = true
            var isReversed = false
            for upper in operands.indices {
                // A group far down that is above one far up reverses the order too.
                for lower in operands.indices where lower > upper {
                    for a in operands[upper] {
                        for b in operands[lower] {
                            let gap = Gap(
                                value: a.estimate.value - b.estimate.value,
                                error: hypot(a.estimate.standardError, b.estimate.standardError), z: test.significance)
                            isReversed = isReversed || gap.isBelow
                            isDecided = isDecided && (gap.isAbove || lower > upper + 1)
                        }
                    }
                }
            }
            let text = zip(groups, operands).map { names, operands in
                zip(names, operands).map { "\($0) = \(Self.text($1.estimate, $1.unit))" }.joined(separator: ", ")
            }.joined(separator: " > ")
            if isReversed { return evidence(.fails, "not so: \(text)") }
            return evidence(isDecided ? .passes : .open, isDecided ? text : "too close to rank: \(text)")
        } catch {
            return evidence(.open, error.text)
        }
    }

    /// The power with which findings grow with the number that `*` stands for in their ids (`300-atoms`: 300), by a
    /// weighted straight line through their logarithms.
    func power(_ test: ClaimTest, _ pattern: FindingPattern, expected: Double, tolerance: Double) -> Evidence {
        let found = findings.matching(pattern)
        let names = found.isEmpty ? [pattern.description] : found.map(\.id)
        func evidence(_ answer: Evidence.Answer, _ text: String, _ ours: Estimate? = nil) -> Evidence {
            Evidence(
                answer: answer, findings: names, text: text, origin: origin(of: names),
                comparison: ours.map {
                    .init(ours: $0, expected: Estimate(expected, error: tolerance), source: .paper)
                })
        }
        do throws(Obstacle) {
            var points: [(x: Double, y: Double, error: Double)] = []
            for finding in found {
                let y = try operand(named: finding.id, test).estimate
                let digits = pattern.match(finding.id)![0].prefix { $0.isNumber || $0 == "." }
                guard let x = Double(digits), x > 0, y.value > 0 else {
                    throw Obstacle(text: "\(finding.id) has no logarithm")
                }
                points.append((x, y.value, y.standardError))
            }
            guard let slope = Self.exponent(points) else {
                throw Obstacle(text: "\(points.count) findings \(pattern), an exponent needs three")
            }
            let gap = Gap(value: slope.value - expected, error: slope.standardError, z: test.significance)
            return evidence(
                gap.isWithin(tolerance),
                "\(pattern) grows with power \(slope.text()) against "
                    + "\(NumberText.significant(expected, digits: 2)) ± \(NumberText.significant(tolerance, digits: 2))",
                slope)
        } catch {
            return evidence(.open, error.text)
        }
    }

    /// By weighted least squares where all points have errors; nil for fewer than three points.
    private static func exponent(_ points: [(x: Double, y: Double, error: Double)]) -> Estimate? {
        guard points.count > 2 else { return nil }
        let (x, y, errors) = (points.map(\.x), points.map(\.y), points.map(\.error))
        let fit =
            errors.allSatisfy { $0 > 0 }
            ? try? PowerLawFit(x: x, y: y, errors: errors) : try? PowerLawFit(x: x, y: y)
        return fit?.exponent
    }
}

extension ClaimTest {
    /// The test with each `*` replaced by what stands in its place.
    func bound(to filling: [String]) throws -> ClaimTest {
        let patterns = try Dictionary(
            Set(names.filter { $0.contains("*") }).map {
                ($0, try FindingPattern($0).filled(with: filling).description)
            },
            uniquingKeysWith: { first, _ in first })
        return renamed { patterns[$0] ?? $0 }
    }
}
