import Files
import Structures
import Testing

@testable import Calculations
@testable import Validation

/// Experiments that compare crystals, on runs of known answers.
struct ComparisonTests {
    @Test func sizesAreTakenApart() throws {
        let study = Walks.study([
            Walks.plan(["size"], .ordered, .fixed, temperatures: [666], supercell: .init(2, 2, 1)),
            Walks.plan(["size", "disorder"], .ordered, .fixed, temperatures: [666]),
        ])
        let findings = try Walks.findings(study, Size(), Walks.outcomes(study, Size()))
        for atoms in [200, 400] {
            let found = try #require(findings["size/Si/CP2K-PBE/ordered/666K/\(atoms)"]?.estimate)
            #expect(abs(found.value - Walks.expected(666)) < 4 * found.standardError)
        }
        // The small cell does not enter the coefficient of the crystal.
        #expect(try study.diffusionRuns(for: "disorder").count == 1)
    }

    @Test func functionalsArePaired() throws {
        let study = Walks.study([
            Walks.plan(
                ["functional"], .ordered, .fixed, temperatures: [500, 666], levels: ["CP2K-PBE", "CP2K-PBEsol"])
        ])
        let outcomes = try Walks.outcomes(study, FunctionalComparison())
        let findings = try Walks.findings(study, FunctionalComparison(), outcomes)
        #expect(findings["diffusion/Si/CP2K-PBEsol/ordered/fixed/500K"]?.estimate != nil)
        #expect(try FunctionalComparison.pairs(FunctionalComparison().points(of: study, outcomes)).count == 2)
    }

    @Test func disorderIsARatio() throws {
        let study = Walks.study([
            Walks.plan(["disorder"], .ordered, .expanded, temperatures: [500, 666]),
            Walks.plan(["disorder"], .disordered, .expanded, temperatures: [500, 666]),
        ])
        let findings = try Walks.findings(study, Disorder(), Walks.outcomes(study, Disorder()))
        let ratio = try #require(findings["disorder/Si/CP2K-PBE/expanded/500K/ratio"]?.estimate)
        #expect(abs(ratio.value - 1) < 4 * ratio.standardError && ratio.standardError < 0.5)
        #expect(findings["activation/Si/CP2K-PBE/ordered/expanded"] != nil)
        #expect(findings["activation/Si/CP2K-PBE/disordered/expanded"] == nil, "that is found where Fig. 13 is")
    }

    @Test func radialDistributionsAreComparedAtTheLowestTemperature() throws {
        let study = Walks.study([
            Walks.plan(["rdf"], .ordered, .expanded, temperatures: [500, 666]),
            Walks.plan(["rdf"], .disordered, .expanded, temperatures: [500, 666]),
        ])
        let outcomes = try Walks.outcomes(study, RadialDistributions()) { run, record in
            let height: Float = run.crystal.arrangement.isOrdered ? 1 : 1.1
            record.radial = ["Li", "Si", "P", "S"].map { (partner: String) in
                let curve = PackedArray([Float](repeating: partner == "P" ? height : 1, count: 160))
                return RadialAverage(first: "Li", second: partner, binWidth: 0.05, halves: [curve, curve])
            }
        }
        let findings = try Walks.findings(study, RadialDistributions(), outcomes)
        #expect(abs(try #require(findings["rdf/Si/CP2K-PBE/Li-P"]?.estimate).value - 0.1) < 1e-5)
        #expect(try #require(findings["rdf/Si/CP2K-PBE/Li-S"]?.estimate).value == 0)
        #expect(findings["rdf/Si/CP2K-PBE/Li-P"]?.keys.count == 2)
        // Of the pair that agrees least: 0.1 of 2.1 is not shared.
        #expect(abs(try #require(findings["rdf/Si/CP2K-PBE/overlap"]?.estimate).value - 2 / 2.1) < 1e-5)
    }

    @Test func stepsAndModelsStandBesideEachOther() throws {
        var short = Walks.plan(["timestep"], .ordered, .expanded, temperatures: [666])
        var long = short
        (short.timestep, long.timestep) = (0.002, 0.004)
        var each = Walks.plan(["models"], .ordered, .expanded, temperatures: [666])
        each.everyModel = true
        let study = Walks.study([short, long, each])
        let steps = try Walks.findings(study, TimeStep(), Walks.outcomes(study, TimeStep()))
        #expect(steps["timestep/Si/CP2K-PBE/666K/4fs/diffusion"]?.estimate != nil)
        #expect(steps["timestep/Si/CP2K-PBE/666K/2fs/drift"]?.estimate?.value == 1)
        let runs = try study.runs(for: "models")
        #expect(runs.map(\.calculation.model) == ["CP2K-PBE 0", "CP2K-PBE 1"])
        #expect(runs[1].calculation.deviationModels == ["CP2K-PBE 0"])
        let models = try Walks.findings(study, ModelError(), Walks.outcomes(study, ModelError()))
        #expect(models["models/Si/CP2K-PBE/ordered/666K/spread"]?.estimate != nil)
    }

    /// Runs that several experiments share are one coefficient, whichever of them is asked for, and a run counts once.
    @Test func sharedRunsMakeOneFinding() throws {
        var longer = Walks.plan(["expansion"], .ordered, .expanded, temperatures: [666, 800])
        longer.picoseconds = 204.7
        let study = Walks.study([
            Walks.plan(["disorder"], .ordered, .expanded, temperatures: [666]), longer,
            Walks.plan(["expansion"], .ordered, .fixed, temperatures: [800]),
        ])
        #expect(try study.diffusionRuns(for: "expansion").count == 3)
        #expect(try study.diffusionRuns(for: "disorder").map(\.calculation.picoseconds) == [204.7])
        var outcomes = try Walks.outcomes(study, Expansion())
        outcomes.merge(try Walks.outcomes(study, Disorder()))
        let all = try Expansion().findings(of: study, from: outcomes) + Disorder().findings(of: study, from: outcomes)
        #expect(throws: Never.self) { try Findings(all) }
    }
}
