import Calculations
import Execution
import Files
import Foundation
import Statistics
import Structures
import Testing

@testable import Validation

struct LocalityTests {
    private static func study(materials: [Material] = [.germanium], draws: Int = 8) -> Study {
        var study = Walks.study([500])
        study.profile.locality = Profile.LocalityPlan(
            materials: materials, supercell: .init(2, 2, 1), sites: 2, displacement: 0.05, draws: draws, amplitude: 0.02
        )
        study.ensembles = [
            Ensemble(
                level: LevelOfTheory(code: "CP2K", functional: .pbe), materials: [.germanium], models: ["m", "n"],
                paths: [])
        ]
        return study
    }

    /// Springs everywhere; `change` breaks what they obey.
    private static func outcomes(
        _ study: Study, withDFT: Bool = true, spring: @escaping (Double) -> Double = { 40 / ($0 * $0 * $0) },
        _ change: (inout DisplacedForces.Content, DisplacedForces) -> Void = { _, _ in }, response: Double = 1
    ) throws -> (Outcomes, Harmonic) {
        var outcomes = Outcomes()
        let crystal = try #require(try Locality().sources(of: study).first).crystal
        let harmonic = Harmonic(try crystal.structure(), spring: spring)
        for calculation in try Locality().needs(of: study) + (withDFT ? Locality().wishes(of: study) : []) {
            if let forces = calculation as? DisplacedForces {
                var content = harmonic.constants(forces)
                if case .cp2k = forces.code { change(&content, forces) }
                outcomes.insert(made(forces, content), from: .here)
            } else if let forces = calculation as? PerturbedForces {
                var content = harmonic.changes(forces)
                if case .cp2k = forces.code { content.changes = content.changes.map { response * $0 } }
                outcomes.insert(made(forces, content), from: .here)
            }
        }
        return (outcomes, harmonic)
    }

    @Test func knownForceConstantsGiveKnownSlopes() throws {
        let study = Self.study()
        let (outcomes, harmonic) = try Self.outcomes(study)
        let findings = try Walks.findings(study, Locality(), outcomes)
        let sites = try Locality.sites(of: try Locality().sources(of: study)[0].crystal, each: 2)
        #expect(sites == [0, 10, 20, 21, 22, 24, 26, 38])
        for (element, own) in [("Li", [0, 10]), ("Ge", [20, 21]), ("P", [22, 24]), ("S", [26, 38])] {
            for radius in Locality.radii {
                let slopes = own.map { harmonic.slope(of: $0, beyond: radius) }
                let expected = (slopes.reduce(0) { $0 + $1 * $1 } / 2).squareRoot()
                for id in ["locality/Ge/\(element)", "locality/Ge/CP2K-PBE/\(element)"] {
                    let finding = try #require(findings["\(id)/\(Locality.label(radius))"])
                    let found = try #require(finding.estimate)
                    #expect(abs(found.value - expected) < 1e-4 * expected, "\(id), \(radius) Å: \(found)")
                    #expect(finding.unit == "meV/Å per Å" && finding.distrust == nil)
                }
                // Two sites: half their distance, from squares.
                let error = abs(slopes[0] * slopes[0] - slopes[1] * slopes[1]) / (4 * expected)
                let found = try #require(findings["locality/Ge/\(element)/\(Locality.label(radius))"]?.estimate)
                #expect(abs(found.standardError - error) < 1e-3 * expected)
            }
            #expect(try #require(findings["locality/Ge/\(element)/sum-rule"]?.estimate).value < 1e-5)
        }
        // Random displacements agree within the error that is stated for them.
        let direct = try #require(findings["locality/Ge/Li/6A/direct"]?.estimate)
        #expect(abs(direct.value - harmonic.slope(of: 0, beyond: 6)) < 3 * direct.standardError)
        #expect(direct.relativeError > 0.08 && direct.relativeError < 0.25)
        let models = try #require(findings["locality/Ge/CP2K-PBE/Li/6A"])
        #expect(models.keys.count == 4 && models.estimate?.standardError == 0)
    }

    /// 68 % of the direct estimates within one error.
    @Test func errorOfRandomDisplacementsHolds() throws {
        let harmonic = Harmonic(try LGPSPrototype.ordered().supercell(2, 2, 1))
        let crystal = Crystal(
            material: .germanium, cell: CellLengths(a: 8.787646, b: 8.787646, c: 12.657546), supercell: .init(2, 2, 1))
        let code = LabelCode.model("m")
        let displaced = DisplacedForces(of: [0], in: crystal, by: code)
        var outcomes = Outcomes()
        outcomes.insert(made(displaced, harmonic.constants(displaced)), from: .here)
        let seeds = 300
        let covered = try (0..<seeds).count { seed in
            let check = PerturbedForces(
                of: 0, in: crystal, by: code, beyond: 6, amplitude: 0.02, draws: 16, seed: UInt64(seed))
            var all = outcomes
            all.insert(made(check, harmonic.changes(check)), from: .here)
            let source = Locality.Source(
                material: .germanium, crystal: crystal, level: LevelOfTheory(code: "CP2K", functional: .pbe),
                isModel: true, parts: [displaced], check: check)
            let found = try #require(try LocalityMeasurement(source, all, .computed).check)
            return abs(found.deviation) < 1
        }
        // ±3 standard deviations of 300 draws.
        #expect((0.6...0.76).contains(Double(covered) / Double(seeds)), "\(covered) of \(seeds)")
    }

    @Test func brokenLawsAreSeen() throws {
        let study = Self.study()
        func distrust(
            response: Double = 1, _ change: (inout DisplacedForces.Content, DisplacedForces) -> Void = { _, _ in }
        ) throws -> String? {
            let (outcomes, _) = try Self.outcomes(study, change, response: response)
            return try #require(Walks.findings(study, Locality(), outcomes)["locality/Ge/Li/6A"]).distrust
        }
        #expect(try distrust() == nil)
        // A force that nothing answers.
        #expect(
            try distrust { content, forces in
                if forces.sites == [20] { content.constants.values[3 * 150] += 2 }
            }?.contains("sum to") == true)
        // One on atom 20 from 22 without its counterpart, taken from the site's own.
        #expect(
            try distrust { content, forces in
                guard forces.sites == [22] else { return }
                content.constants.values[3 * 20 + 1] += 3
                content.constants.values[3 * 22 + 1] -= 3
            }?.contains("Φ_ij and Φ_ji differ") == true)
        #expect(try distrust(response: 2)?.contains("random displacements give") == true)
    }

    @Test func claimsAreDecided() throws {
        let study = Self.study()
        let claims = try study.reference.claims().filter { $0.id.hasPrefix("locality") }
        #expect(claims.map(\.id) == ["locality", "locality-elements"])
        func decisions(_ spring: @escaping (Double) -> Double, withDFT: Bool = true) throws -> [Verdict.Decision] {
            let (outcomes, _) = try Self.outcomes(study, withDFT: withDFT, spring: spring)
            let findings = try Walks.findings(study, Locality(), outcomes)
            return try Judgement.verdicts(
                on: claims, findings: findings, references: study.reference.values(), families: [.locality]
            ).map(\.decision)
        }
        // 10 eV/Å² at 6 Å are thousands of meV/Å per Å, and a thousandth of these is nothing.
        #expect(try decisions { 60 / $0 }[0] == .notReproduced)
        #expect(try decisions { 1e-3 / $0 }[0] == .notReproduced)
        #expect(try decisions { 20 / ($0 * $0 * $0) }[0] == .reproduced)
        // Models decide nothing about DFT.
        #expect(try decisions({ 20 / ($0 * $0 * $0) }, withDFT: false) == [.undecided, .undecided])
    }

    @Test func whatIsNotThereHasAReason() throws {
        var study = Self.study(draws: 0)
        let (outcomes, _) = try Self.outcomes(study, withDFT: false)
        #expect(
            try Walks.findings(study, Locality(), outcomes)["locality/Ge/P/6A"]?.obstacle?.contains("--cp2k") == true)
        #expect(try Walks.findings(study, Locality(), outcomes)["locality/Ge/P/7A"] == nil)
        study.labelling = LabellingPolicy(isAskedFor: true) {
            throw InputError(problem: "CP2K is not installed")
        }
        #expect(
            try Walks.findings(study, Locality(), outcomes)["locality/Ge/P/6A"]?.obstacle?.contains("not installed")
                == true)
        study.materials = [.silicon]
        let section = try Locality().section(of: study, outcomes: outcomes, findings: Findings())
        #expect(try Locality().needs(of: study).isEmpty && section.tables.isEmpty)
    }
}
