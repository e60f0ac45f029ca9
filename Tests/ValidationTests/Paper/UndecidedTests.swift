import Reporting
import Statistics
import Structures
import Testing

@testable import Validation

/// What decides nothing, and how the parts of a claim join.
@Suite struct UndecidedTests {
    static let id = JudgementTests.id
    static let other = JudgementTests.other

    @Test func untrustedUnknownAndCoarseFindingsDecideNothing() throws {
        let claim = try Made.claim(
            #"{"kind": "exceeds", "of": "\#(Self.id)", "than": 10, "precision": {"relative": 0.1}, "unit": "eV"}"#)
        func open(_ finding: Finding, _ why: String) throws {
            let verdict = try Made.verdict(claim, [finding])
            #expect(verdict.decision == .undecided)
            #expect(verdict.reason.contains(why), "\(verdict.reason)")
            #expect(verdict.remedy?.contains("`lgps-bench lattice`, about 2.0 h") == true)
        }
        try open(
            Made.finding(Self.id, 50, 1, unit: "eV", distrust: "deviation above the level"), "deviation above the level"
        )
        try open(
            Made.finding(Self.id, 5, 0.1, unit: "eV", distrust: "deviation above the level"),
            "deviation above the level")
        try open(Made.finding(Self.id, 50, 0, unit: "eV"), "error is not known")
        try open(Made.finding(Self.id, 50, 9, unit: "eV"), "known to 18 %, the test needs 10 %")
        try open(Made.finding(Self.id, .nan, 1, unit: "eV"), "no finite number")
        try open(Made.finding(Self.id, 50, .infinity, unit: "eV"), "no finite number")
        try open(Made.finding(Self.id, 50, 1, unit: "meV"), "not in 'eV'")
        try open(Finding(Self.id, .obstacle("not diffusive yet: 0.4 jumps"), unit: "eV", keys: []), "0.4 jumps")
        try open(Made.finding(Self.other, 50, 1, unit: "eV"), "no finding `\(Self.id)`")
    }

    @Test func oneFailingTestRefutesAndOneOpenTestLeavesOpen() throws {
        let above = #"{"kind": "exceeds", "of": "\#(Self.id)", "than": 10, "precision": {"relative": 0.2}}"#
        let second = #"{"kind": "exceeds", "of": "\#(Self.other)", "than": 10, "precision": {"relative": 0.2}}"#
        let claim = try Made.claim("\(above), \(second)")
        let good = Made.finding(Self.id, 20, 1)
        #expect(try Made.verdict(claim, [good]).decision == .undecided)
        #expect(try Made.verdict(claim, [good]).reason.contains("so far passed"))
        #expect(try Made.verdict(claim, [good, Made.finding(Self.other, 20, 1)]).decision == .reproduced)
        #expect(try Made.verdict(claim, [Made.finding(Self.other, 5, 1)]).decision == .notReproduced)
    }

    @Test func materialsAllCountAndCodesAreNotMixed() throws {
        let claim = try Made.claim(
            """
            {"kind": "exceeds", "of": "activation/{M}/{CODE}-PBE/ordered/fixed", "than": 1, "precision": {"relative": 0.2}}
            """, materials: [.germanium, .silicon], codes: ["VASP", "CP2K"])
        func finding(_ material: String, _ code: String, _ value: Double) -> Finding {
            Made.finding("activation/\(material)/\(code)-PBE/ordered/fixed", value, 0.1)
        }
        // Ge of one code and Si of the other decide nothing together.
        let mixed = try Made.verdict(claim, [finding("Ge", "VASP", 2), finding("Si", "CP2K", 2)])
        #expect(mixed.decision == .undecided && mixed.code == "VASP")
        let own = try Made.verdict(
            claim, [finding("Ge", "VASP", 2), finding("Si", "CP2K", 2), finding("Ge", "CP2K", 2)])
        #expect(own.decision == .reproduced && own.code == "CP2K")
        // Sn does not count.
        #expect(try Made.verdict(claim, [finding("Sn", "VASP", 0.1)]).decision == .undecided)
    }

    @Test func familiesThatNobodyMakesAreToldApart() throws {
        let claim = try Made.claim(
            #"{"kind": "exceeds", "of": "haven/Ge/VASP-PBE/ordered/fixed/500K", "than": 1, "precision": {"relative": 0.2}}"#
        )
        let verdict = try Made.verdict(claim, [], families: [.diffusion])
        #expect(
            verdict.decision == .notBuilt && verdict.missingFamilies == ["haven"] && verdict.reason.contains("haven"))
        #expect(try Made.verdict(claim, [], families: [.haven]).decision == .undecided)
    }

    @Test func orderOfFindingsDoesNotMatter() throws {
        let reference = ReferenceDataTests.reference
        let claims = try reference.claims()
        let values = try reference.values()
        var random = RandomStream(seed: 3, name: "findings")
        var findings: [Finding] = []
        for id in Set(claims.flatMap { claim in claim.codes.flatMap { claim.tests(code: $0).flatMap(\.names) } })
            .sorted()
        where !id.contains("*") && !ReferenceValues.isReference(id) {
            let value = 20e-12 * (0.5 + random.uniform())
            findings.append(Made.finding(id, value, 0.05 * value, unit: "m²/s"))
        }
        let families = Set(FindingFamily.allCases)
        func verdicts(_ findings: [Finding]) throws -> [Verdict] {
            try Judgement.verdicts(on: claims, findings: try Findings(findings), references: values, families: families)
        }
        let first = try verdicts(findings)
        #expect(Set(first.map(\.decision)).count > 1)
        for _ in 0..<5 {
            random.shuffle(&findings)
            #expect(try verdicts(findings) == first)
        }
    }

    /// A command that is not there yet is not told to anyone.
    @Test func experimentsToComeAreSaidToBeMissing() throws {
        #expect(Claim.DecidingRun(command: "lgps-bench lattice", hours: 1).isPossible)
        #expect(!Claim.DecidingRun(command: "lgps-bench no-such-thing", hours: 1).isPossible)
    }
}
