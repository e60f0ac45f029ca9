import Files
import Foundation
import Statistics
import Structures
import Testing

@testable import Validation

@Suite struct ClaimTests {
    @Test func allClaimsOfThePaperLoad() throws {
        let claims = try ReferenceDataTests.reference.claims()
        #expect(claims.count >= 31)
        #expect(Set(claims.map(\.id)).count == claims.count)
        for claim in claims {
            #expect(!claim.tests.isEmpty && !claim.quotation.isEmpty && !claim.statement.isEmpty, "\(claim.id)")
            #expect(claim.decidedBy.hours > 0 && claim.decidedBy.command.hasPrefix("lgps-bench "), "\(claim.id)")
            #expect(claim.tests.allSatisfy { $0.significance >= 2 }, "\(claim.id)")
        }
        // Those that the program has always had.
        let old = [
            "lattice", "locality", "iterations", "accuracy-energy", "accuracy-force", "speed-nanosecond",
            "speed-linear",
            "convergence-high", "convergence-low", "size", "functional", "expansion", "expansion-diffusion", "disorder",
            "rdf", "experiment-overestimate", "experiment-others",
        ]
        #expect(Set(old).isSubset(of: claims.map(\.id)))
    }

    @Test func figuresOfOneMaterialCountForItOnly() throws {
        for claim in try ReferenceDataTests.reference.claims() {
            if ["Fig. 7a", "Fig. 7b", "Fig. 8", "Fig. 10"].contains(claim.source) {
                #expect(claim.materials == [.silicon], "\(claim.id)")
            }
            if ["Fig. 3", "Fig. 4, Table IV", "Fig. 9"].contains(claim.source) {
                #expect(claim.materials == [.germanium], "\(claim.id)")
            }
        }
    }

    @Test func withoutFindingsNothingIsDecided() throws {
        let reference = ReferenceDataTests.reference
        let claims = try reference.claims()
        let verdicts = try Judgement.verdicts(
            on: claims, findings: try Findings(), references: try reference.values(), families: [.diffusion, .size])
        #expect(verdicts.count == claims.count)
        for verdict in verdicts {
            #expect([.undecided, .notBuilt].contains(verdict.decision), "\(verdict.claim)")
            #expect(verdict.origin == nil && !verdict.reason.isEmpty)
        }
        #expect(verdicts.first { $0.claim == "size" }?.decision == .undecided)
        #expect(verdicts.first { $0.claim == "locality" }?.decision == .notBuilt)
    }

    /// The paper's own numbers, put in the place of ours, decide its claims as the paper should.
    @Test func thePapersOwnNumbers() throws {
        let reference = ReferenceDataTests.reference
        let values = try reference.values()
        let findings = try Material.allCases.map { material in
            let value = try #require(values["paper/diffusion/\(material.rawValue)/300K"])
            let id = "diffusion/\(material.rawValue)/VASP-PBE/disordered/expanded/300K"
            // At the precision that a claim asks for.
            return Made.finding(id, value.estimate.value, 0.1 * value.estimate.value, unit: value.unit)
        }
        let verdicts = try Judgement.verdicts(
            on: try reference.claims(), findings: try Findings(findings), references: values,
            families: Set(FindingFamily.allCases))
        func decision(_ id: String) -> Verdict.Decision? { verdicts.first { $0.claim == id }?.decision }
        #expect(decision("experiment-overestimate") == .reproduced)
        #expect(decision("experiment-others") == .reproduced)
        #expect(decision("experiment-difference") == .reproduced)
        #expect(decision("experiment-order") == .reproduced)
        // 14.9e-12 is not within 5e-12.
        #expect(decision("experiment-uncertainty") == .notReproduced)
    }

    @Test(arguments: [
        (#"{"kind": "exceeds", "of": "weight/Ge/VASP-PBE/a", "than": 1, "precision": {"relative": 0.1}}"#, "no family"),
        (
            #"{"kind": "exceeds", "of": "lattice/Ge/VASP-PBE/b", "than": 1, "precision": {"relative": 0.1}}"#,
            "no id of this"
        ),
        (#"{"kind": "exceeds", "of": "lattice/Ge/PBE/a", "than": 1, "precision": {"relative": 0.1}}"#, "no id of this"),
        (
            #"{"kind": "exceeds", "of": "lattice/Ge//a", "than": 1, "precision": {"relative": 0.1}}"#,
            "no id of a finding"
        ),
        (#"{"kind": "exceeds", "of": "lattice", "than": 1, "precision": {"relative": 0.1}}"#, "no id of a finding"),
        (#"{"kind": "exceeds", "of": "", "than": 1, "precision": {"relative": 0.1}}"#, "no finding is named"),
        (#"{"kind": "exceeds", "of": "lattice/Si/VASP-PBE/a", "than": 1, "precision": {"relative": 0.1}}"#, "material"),
        (
            #"{"kind": "exceeds", "of": "lattice/Ge/VASP-PBE/a", "than": "paper/x", "precision": {"relative": 0.1}}"#,
            "paper/x"
        ),
        (#"{"kind": "exceeds", "of": "lattice/Ge/VASP-PBE/a", "than": 1}"#, "precision"),
        (#"{"kind": "exceeds", "of": "lattice/Ge/VASP-PBE/a", "than": "nan", "precision": {"relative": 0.1}}"#, "than"),
        (
            #"{"kind": "exceeds", "of": "lattice/Ge/VASP-PBE/a", "than": 1, "precision": {"relative": 0.1}, "significance": 1}"#,
            "significance"
        ),
        (
            #"{"kind": "agrees", "of": "lattice/Ge/VASP-PBE/a", "within": [2, 1], "precision": {"relative": 0.1}}"#,
            "within"
        ),
        (
            #"{"kind": "ratio", "of": "lattice/Ge/VASP-PBE/a", "within": [1, 2], "precision": {"relative": 0.1}}"#,
            "over"
        ),
        (
            #"{"kind": "exceeds", "of": "lattice/Ge/VASP-PBE/a", "over": "lattice/Ge/*/a", "than": 1, "precision": {"relative": 0.1}}"#,
            "has 1 *"
        ),
        (
            #"{"kind": "ranking", "descending": [["lattice/Ge/VASP-PBE/a"]], "precision": {"relative": 0.1}}"#,
            "descending"
        ),
    ])
    func faultsNameClaimAndKey(test: String, word: String) throws {
        let error = #expect(throws: InputError.self) {
            let claim = try Made.claim(test, id: "faulty")
            _ = try Made.verdict(claim, [])
        }
        #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
        #expect(
            error?.description.contains("claims.json, claim 'faulty', tests") == true, "\(error?.description ?? "")")
    }

    @Test func claimsWithoutTestsAndTwinsAreRefused() throws {
        let none = #expect(throws: InputError.self) { try Made.verdict(try Made.claim(""), []) }
        #expect(none?.description.contains("without tests") == true)
        let claim = try Made.claim(
            #"{"kind": "exceeds", "of": "lattice/Ge/VASP-PBE/a", "than": 1, "precision": {"relative": 0.1}}"#)
        let twins = #expect(throws: InputError.self) {
            try Judgement.verdicts(
                on: [claim, claim], findings: try Findings(), references: .init(), families: [.lattice])
        }
        #expect(twins?.place == "claim 'c'")
    }

    @Test func unknownAndStrayKeysAreRefused() {
        for (text, word) in [
            (#"{"kind": "exceeds", "of": "a/b", "then": 1}"#, "then"),
            (#"{"kind": "exceeds", "of": "a/b", "than": 1, "tolerance": 2}"#, "tolerance"),
            (#"{"kind": "excels", "of": "a/b"}"#, "kind"),
        ] {
            let error = #expect(throws: InputError.self) { try Made.claim(text) }
            #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
        }
    }
}
