import Files
import Foundation
import Reporting
import Statistics
import Structures

@testable import Validation

/// Short forms of claims and findings.
enum Made {
    static let run = Claim.DecidingRun(command: "lgps-bench lattice", hours: 2)

    static func claim(
        _ tests: String, id: String = "c", materials: [Material] = [.germanium], codes: [String] = ["VASP"]
    ) throws -> Claim {
        let tests = try JSONText.decode([ClaimTest].self, from: Data("[\(tests)]".utf8), file: nil)
        return Claim(
            id: id, source: "Fig. 1", quotation: "q", statement: "s", materials: materials, codes: codes, tests: tests,
            decidedBy: run)
    }

    static func finding(
        _ id: String, _ value: Double, _ error: Double, unit: String = "", origin: Origin = .here,
        distrust: String? = nil
    ) -> Finding {
        Finding(id, Estimate(value, error: error), unit: unit, keys: ["k"], origin: origin, distrust: distrust)
    }

    static func verdict(
        _ claim: Claim, _ findings: [Finding], references: ReferenceValues = .init(),
        families: Set<FindingFamily> = Set(FindingFamily.allCases)
    ) throws -> Verdict {
        try Judgement.verdicts(
            on: [claim], findings: try Findings(findings), references: references, families: families)[0]
    }
}
