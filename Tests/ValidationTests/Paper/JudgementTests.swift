import Files
import Foundation
import Reporting
import Statistics
import Structures
import Testing

@testable import Validation

@Suite struct JudgementTests {
    static let id = "activation/Ge/VASP-PBE/ordered/fixed"
    static let other = "activation/Ge/VASP-PBE/disordered/fixed"

    /// One finding against a number: value and error, and what becomes of the claim.
    @Test(arguments: [
        (#""kind": "agrees", "with": 10, "precision": {"relative": 0.2}"#, 11.0, 1.0, Verdict.Decision.reproduced),
        (#""kind": "agrees", "with": 10, "precision": {"relative": 0.2}"#, 13, 1, .notReproduced),
        (#""kind": "agrees", "with": {"value": 10, "error": 2}, "precision": {"relative": 0.2}"#, 13, 1, .reproduced),
        (#""kind": "agrees", "with": 10, "precision": {"relative": 0.2}, "significance": 4"#, 13, 1, .reproduced),
        (#""kind": "agrees", "with": 10, "precision": {"relative": 0.2}"#, 20, 5, .undecided),
        (#""kind": "agrees", "with": 10, "tolerance": 3, "precision": {"relative": 0.2}"#, 10.5, 1, .reproduced),
        (#""kind": "agrees", "with": 10, "tolerance": 3, "precision": {"relative": 0.2}"#, 12, 1, .undecided),
        (#""kind": "agrees", "with": 10, "tolerance": 3, "precision": {"relative": 0.2}"#, 16, 1, .notReproduced),
        (#""kind": "agrees", "within": [5, 9], "precision": {"absolute": 1}"#, 10, 1, .reproduced),
        (#""kind": "agrees", "within": [5, 9], "precision": {"absolute": 1}"#, 12, 1, .notReproduced),
        (#""kind": "agrees", "within": [5, null], "precision": {"absolute": 1}"#, 1000, 1, .reproduced),
        (#""kind": "agrees", "within": [5, 9], "precision": {"absolute": 0.9}"#, 7, 1, .undecided),
        (#""kind": "differs", "from": 0, "tolerance": 3, "precision": {"absolute": 1}"#, -2, 1, .undecided),
        (#""kind": "differs", "from": 0, "tolerance": 3, "precision": {"absolute": 1}"#, -3, 1, .reproduced),
        (#""kind": "differs", "from": 0, "tolerance": 3, "precision": {"absolute": 1}"#, 0.5, 1, .notReproduced),
        (#""kind": "exceeds", "than": 10, "precision": {"relative": 0.2}"#, 12, 1, .reproduced),
        (#""kind": "exceeds", "than": 10, "precision": {"relative": 0.2}"#, 11, 1, .undecided),
        (#""kind": "exceeds", "than": 10, "precision": {"relative": 0.2}"#, 8, 1, .notReproduced),
        (#""kind": "below", "than": 10, "precision": {"relative": 0.2}"#, 8, 1, .reproduced),
        (#""kind": "below", "than": 10, "precision": {"relative": 0.2}"#, 12, 1, .notReproduced),
        (#""kind": "below", "than": 10, "precision": {"relative": 0.2}"#, 9, 1, .undecided),
        (#""kind": "atMost", "than": 10, "precision": {"relative": 0.2}"#, 11, 1, .reproduced),
        (#""kind": "atMost", "than": 10, "precision": {"relative": 0.2}"#, 13, 1, .notReproduced),
        (#""kind": "atLeast", "than": 10, "precision": {"relative": 0.2}"#, 9, 1, .reproduced),
        (#""kind": "atLeast", "than": 10, "precision": {"relative": 0.2}"#, 7, 1, .notReproduced),
        (
            #""kind": "exponent", "expected": 1, "tolerance": 0.2, "precision": {"absolute": 0.1}"#, 1.05, 0.05,
            .reproduced
        ),
        (
            #""kind": "exponent", "expected": 1, "tolerance": 0.2, "precision": {"absolute": 0.1}"#, 1.15, 0.05,
            .undecided
        ),
        (
            #""kind": "exponent", "expected": 1, "tolerance": 0.2, "precision": {"absolute": 0.1}"#, 2, 0.05,
            .notReproduced
        ),
        (#""kind": "below", "than": 0.15, "plain": true"#, 0.12, 0, .reproduced),
        (#""kind": "below", "than": 0.15, "plain": true"#, 0.3, 0, .notReproduced),
    ])
    func aNumberAgainstANumber(test: String, value: Double, error: Double, decision: Verdict.Decision) throws {
        let claim = try Made.claim(#"{"of": "\#(Self.id)", \#(test)}"#)
        let verdict = try Made.verdict(claim, [Made.finding(Self.id, value, error)])
        #expect(verdict.decision == decision, "\(verdict.reason)")
        #expect(verdict.origin == .here)
    }

    /// a over b, with relative errors of 5 %: σ of the logarithm is 0.07.
    @Test(arguments: [
        (#""kind": "ratio", "within": [0.667, 1.5]"#, 1.1, Verdict.Decision.reproduced),
        (#""kind": "ratio", "within": [0.667, 1.5]"#, 1.4, .undecided),
        (#""kind": "ratio", "within": [0.667, 1.5]"#, 1.8, .notReproduced),
        (#""kind": "ratio", "within": [0.667, 1.5]"#, 0.5, .notReproduced),
        (#""kind": "ratio", "within": [null, 1]"#, 0.8, .reproduced),
        (#""kind": "agrees", "within": [2, 4]"#, 1.8, .reproduced),
        (#""kind": "agrees", "within": [2, 4]"#, 1.5, .notReproduced),
        (#""kind": "exceeds", "than": 1"#, 1.2, .reproduced),
        (#""kind": "exceeds", "than": 1"#, 1.1, .undecided),
        (#""kind": "below", "than": 1"#, 1.2, .notReproduced),
    ])
    func ratios(test: String, ratio: Double, decision: Verdict.Decision) throws {
        let claim = try Made.claim(
            #"{"of": "\#(Self.id)", "over": "\#(Self.other)", "precision": {"relative": 0.1}, \#(test)}"#)
        let findings = [
            Made.finding(Self.id, 3 * ratio, 0.15 * ratio), Made.finding(Self.other, 3, 0.15, origin: .shipped),
        ]
        let verdict = try Made.verdict(claim, findings)
        #expect(verdict.decision == decision, "\(verdict.reason)")
        #expect(verdict.origin == .mixed)
    }

    @Test(arguments: [
        ([9.0, 8, 5, 1], Verdict.Decision.reproduced), ([9, 8, 7.5, 1], .undecided), ([9, 4, 8, 1], .notReproduced),
        // Neighbours are too close to tell, yet the last is above the first.
        ([3, 3, 4.3, 5.5], .notReproduced),
    ])
    func rankings(values: [Double], decision: Verdict.Decision) throws {
        let ids = ["Li", "P", "S", "Ge"].map { "locality/Ge/\($0)/6A" }
        let groups = #"[["\#(ids[0])", "\#(ids[1])"], ["\#(ids[2])"], ["\#(ids[3])"]]"#
        let claim = try Made.claim(#"{"kind": "ranking", "descending": \#(groups), "precision": {"absolute": 1}}"#)
        let findings = zip(ids, values).map { Made.finding($0, $1, 0.5) }
        #expect(try Made.verdict(claim, findings).decision == decision)
    }

    @Test func differencesAreOfOneUnit() throws {
        let claim = try Made.claim(
            #"{"kind": "agrees", "of": "\#(Self.id)", "minus": "measured/x", "within": [5, 15], "precision": {"relative": 0.2}}"#
        )
        let references = ReferenceValues(["measured/x": .init(estimate: Estimate(4, error: 2), unit: "eV")])
        func decision(_ value: Double, _ unit: String) throws -> Verdict.Decision {
            try Made.verdict(claim, [Made.finding(Self.id, value, 1, unit: unit)], references: references).decision
        }
        #expect(try decision(16, "eV") == .reproduced)
        #expect(try decision(30, "eV") == .notReproduced)
        #expect(try decision(16, "meV") == .undecided)
    }

    @Test func powersAreFittedOverAPattern() throws {
        let claim = try Made.claim(
            #"{"kind": "exponent", "of": "speed/2-threads/*", "expected": 1, "tolerance": 0.15, "precision": {"relative": 0.05}}"#
        )
        func decision(_ power: Double) throws -> Verdict.Decision {
            try Made.verdict(
                claim,
                [50.0, 400, 900, 1600].map {
                    Made.finding("speed/2-threads/\(Int($0))-atoms", pow($0, power), 0.02 * pow($0, power))
                }
            ).decision
        }
        #expect(try decision(1.02) == .reproduced)
        #expect(try decision(1.5) == .notReproduced)
        let two = try Made.verdict(claim, [50.0, 400].map { Made.finding("speed/2-threads/\(Int($0))-atoms", $0, 1) })
        #expect(two.decision == .undecided && two.reason.contains("needs three"))
    }

    @Test func everyFindingOfAPatternMustPass() throws {
        let claim = try Made.claim(
            """
            {"kind": "below", "of": "activation/Ge/VASP-PBE/*/fixed", "over": "activation/Ge/VASP-PBE/*/expanded", "than": 1,
             "precision": {"relative": 0.1}}
            """)
        var findings = [Made.finding("activation/Ge/VASP-PBE/ordered/fixed", 1, 0.02)]
        #expect(try Made.verdict(claim, findings).decision == .undecided)
        findings.append(Made.finding("activation/Ge/VASP-PBE/ordered/expanded", 2, 0.02))
        #expect(try Made.verdict(claim, findings).decision == .reproduced)
        findings.append(Made.finding("activation/Ge/VASP-PBE/disordered/fixed", 3, 0.02))
        #expect(try Made.verdict(claim, findings).decision == .undecided)
        findings.append(Made.finding("activation/Ge/VASP-PBE/disordered/expanded", 2, 0.02))
        #expect(try Made.verdict(claim, findings).decision == .notReproduced)
    }
}
