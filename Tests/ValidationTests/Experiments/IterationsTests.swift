import Execution
import Files
import Foundation
import Statistics
import Structures
import Testing

@testable import Calculations
@testable import ConcurrentLearning
@testable import Validation

struct IterationsTests {
    /// Iterations with these shares of accurate frames, in 48 trajectories of 51 frames.
    private static func record(_ shares: [Double], error: Double? = 0.1, typeMap: [String] = ["Li", "Ge", "P", "S"])
        -> LearningRecord
    {
        var labels = 0
        let iterations = shares.enumerated().map { index, share in
            let trajectories = (0..<48).map { task in
                // Trajectories differ by nothing but rounding.
                let accurate =
                    Int((share * 51 * Double(task + 1)).rounded()) - Int((share * 51 * Double(task)).rounded())
                return TrajectoryRecord(
                    system: 0, task: task, temperature: task < 24 ? 300 : 700, accurate: accurate,
                    candidate: 51 - accurate, failed: 0)
            }
            var deviation = DeviationHistogram()
            // A quarter of the frames are below 0.1 eV/Å.
            for frame in 0..<400 { deviation.add(frame % 4 == 0 ? 0.055 : 0.155) }
            labels += 36
            return IterationRecord(
                index: index, job: 0, conditions: "nvt, 300, 700 K", models: [], copiedFrom: nil, trainingFrames: 100,
                holdOut: error.map { [HoldOutErrors(energy: 0.001, forces: $0)] }, systems: [],
                trajectories: trajectories,
                temperatures: [300.0, 700].map {
                    TemperatureRecord(
                        temperature: $0, accurate: 0, candidate: 0, failed: 0, deviation: deviation, trustLow: 0.12,
                        trustHigh: 0.25, chosen: 0)
                },
                labelling: nil, labels: labels, times: [:], advice: [])
        }
        return LearningRecord(
            typeMap: typeMap, selection: .random, seed: 1, initialFrames: 40, iterations: iterations, end: nil)
    }

    private static func study(_ shares: [Double]) -> Study {
        var study = Walks.study([500])
        study.learning = [
            LearningRun(
                material: .germanium, level: LevelOfTheory(code: "VASP", functional: .pbe), labels: "a teacher",
                origin: .shipped, record: record(shares))
        ]
        return study
    }

    @Test func sharesHaveErrors() throws {
        let study = Self.study([0.16, 0.82, 0.96, 0.987, 1])
        let findings = try Walks.findings(study, Iterations(), Outcomes())
        for (number, share) in [(1, 0.16), (2, 0.82), (3, 0.96), (4, 0.987)] {
            let found = try #require(findings["iterations/Ge/VASP-PBE/accurate/\(number)"]?.estimate)
            #expect(abs(found.value - share) < 1e-3)
            // Trajectories that are all the same scatter less than independent frames, which then count.
            let binomial = (share * (1 - share) / (48 * 51)).squareRoot()
            #expect(abs(found.standardError - binomial) < 0.02 * binomial + 1e-4)
        }
        let last = try #require(findings["iterations/Ge/VASP-PBE/accurate"])
        #expect(last.estimate?.value == 1 && (last.estimate?.standardError ?? 0) > 0.005 && last.origin == .shipped)
        #expect(findings["iterations/Ge/VASP-PBE/labels/5"]?.estimate?.value == 180)
        #expect(abs(try #require(findings["iterations/Ge/VASP-PBE/below-error/1"]?.estimate).value - 0.25) < 1e-9)
        #expect(findings["iterations/Ge/VASP-PBE/candidate/1"]?.estimate.map { abs($0.value - 0.84) < 1e-3 } == true)
    }

    @Test func claimsAreDecided() throws {
        func decisions(_ shares: [Double]) throws -> [String: Verdict.Decision] {
            let study = Self.study(shares)
            let claims = try study.reference.claims().filter { $0.id.hasPrefix("iterations") }
            #expect(claims.count == 2)
            let verdicts = try Judgement.verdicts(
                on: claims, findings: Walks.findings(study, Iterations(), Outcomes()),
                references: study.reference.values(), families: [.iterations])
            return Dictionary(uniqueKeysWithValues: verdicts.map { ($0.claim, $0.decision) })
        }
        #expect(
            try decisions([0.16, 0.82, 0.96, 0.985, 0.998]) == [
                "iterations": .reproduced, "iterations-first": .reproduced,
            ])
        #expect(
            try decisions([0.82, 0.16, 0.5, 0.6]) == ["iterations": .notReproduced, "iterations-first": .notReproduced])
        #expect(try decisions([0.16, 0.82])["iterations-first"] == .undecided)
    }

    @Test func runsAreReadAndRefused() throws {
        let folder = try TemporaryFolder()
        func given(_ name: String, _ record: LearningRecord) throws -> String {
            try Folder.make("\(folder.path)/\(name)")
            try JSONText.write(record, to: "\(folder.path)/\(name)/learning.json")
            return "\(folder.path)/\(name)"
        }
        let reference = ReferenceDataTests.reference
        let own = try given("own", Self.record([0.5]))
        let runs = try LearningRun.all(given: ["CP2K-PBEsol=\(own)"], reference: reference)
        #expect(runs.first?.id == "iterations/Ge/CP2K-PBEsol" && runs.first?.origin == .here)
        #expect(try LearningRun.all(given: [own], reference: reference).first?.id == "iterations/Ge/own-PBE")
        let both = try given("both", Self.record([0.5], typeMap: ["Li", "Ge", "Sn", "P", "S"]))
        for (options, problem) in [
            ([own, own], "two runs"), ([both], "2 materials"), (["VASP=\(own)"], "level"),
            ([folder.path + "/none"], "learning.json"),
        ] {
            let error = #expect(throws: InputError.self) { try LearningRun.all(given: options, reference: reference) }
            #expect(error?.description.contains(problem) == true, "\(String(describing: error))")
        }
    }

    @Test func withoutARunThereIsAReason() throws {
        let study = Walks.study([500])
        let findings = try Findings(Iterations().findings(of: study, from: Outcomes()))
        #expect(findings.all.count == 1 && findings.all[0].obstacle?.contains("dpgen") == true)
        let section = try Iterations().section(of: study, outcomes: Outcomes(), findings: findings)
        #expect(section.tables.isEmpty && section.remarks[0].contains("iterations/Ge/CP2K-PBE/accurate"))
    }
}
