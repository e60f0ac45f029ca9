import Calculations
import Execution
import Reporting
import Statistics
import Testing

@testable import Calculations
@testable import Validation

/// Findings and pages on diffusion, from random walks of known D.
@Suite struct DiffusionFindingsTests {
    private static let series = "Ge/VASP-PBE/disordered/expanded"

    private static func findings(_ study: Study, _ outcomes: Outcomes) throws -> Findings {
        try Findings(Arrhenius().findings(of: study, from: outcomes))
    }

    @Test func arrheniusLawIsRecovered() throws {
        let study = Walks.study([1000, 800, 666, 500])
        let findings = try Self.findings(study, Walks.outcomes(study))
        let energy = try #require(findings["activation/\(Self.series)"]?.estimate)
        // Three standard errors: fails once in 400 seeds, and the seed is fixed.
        #expect(abs(energy.value - Walks.energy) < 3 * energy.standardError)
        #expect(energy.standardError < 0.03)
        for temperature in [1000.0, 800, 666, 500] {
            let found = try #require(findings["diffusion/\(Self.series)/\(Int(temperature))K"])
            let estimate = try #require(found.estimate)
            #expect(abs(estimate.value - Walks.expected(temperature)) < 3.5 * estimate.standardError)
            #expect(found.unit == "m²/s" && found.origin == .here && found.keys.count == 1)
        }
        let room = try #require(findings["extrapolated/\(Self.series)/300K"]?.estimate)
        #expect(abs(room.value - Walks.expected(300)) < 3 * room.standardError)
    }

    /// A temperature below the fit's, of a walk that keeps the law: no curvature.
    @Test func lawHasNoCurvature() throws {
        let study = Walks.study([1000, 800, 666, 500, 450])
        let findings = try Self.findings(study, Walks.outcomes(study))
        let curvature = try #require(findings["curvature/\(Self.series)"]?.estimate)
        #expect(abs(curvature.value) < 3 * curvature.standardError && curvature.standardError < 0.5)
    }

    @Test func pageMarksWhatIsNotDiffusive() throws {
        let study = Walks.study([1000, 800, 666, 400])
        let outcomes = try Walks.outcomes(study, stuck: [400])
        let findings = try Self.findings(study, outcomes)
        #expect(findings["diffusion/\(Self.series)/400K"]?.obstacle?.hasPrefix("not diffusive yet: ") == true)
        let page = try Arrhenius().section(of: study, outcomes: outcomes, findings: findings)
        #expect(page.markdown(heading: 1, figureFolder: "").contains("not diffusive yet: "))
        #expect(page.tables.map(\.name) == ["fig13-diffusion", "fig13-arrhenius"])
        // Only the three diffusive temperatures are filled points; the other is an open one.
        let series = page.figures[0].panels[0].series
        #expect(series.first { $0.title == "VASP-PBE, disordered, expanded" }?.points.count == 3)
        #expect(series.first { $0.marker == .openCircle }?.points.count == 1)
    }

    @Test func convergenceTellsValueAndErrorOfEveryLength() throws {
        let study = Walks.study([1000, 666])
        let outcomes = try Walks.outcomes(study)
        let findings = try Findings(Convergence().findings(of: study, from: outcomes))
        let whole = try #require(findings["convergence/\(Self.series)/666K/102ps"]?.estimate)
        let error = try #require(findings["convergence-error/\(Self.series)/666K/102ps"]?.estimate)
        #expect(abs(error.value - whole.relativeError) < 1e-12)
        let page = try Convergence().section(of: study, outcomes: outcomes, findings: findings)
        #expect(page.tables[0].rows.count == 2 && page.figures.count == 1)
    }

    @Test func arrangementsAreAveragedAndOneStuckHoldsAllBack() throws {
        let study = Walks.study([800], arrangements: 2)
        var outcomes = try Walks.outcomes(study)
        let both = try #require(try Self.findings(study, outcomes)["diffusion/\(Self.series)/800K"])
        #expect(both.keys.count == 2 && both.estimate != nil)
        let second = try study.runs(for: "experiment")[1].calculation
        outcomes.insert(Walks.outcome(second, Walks.record(second, isDiffusive: false)), from: .shipped)
        let held = try #require(try Self.findings(study, outcomes)["diffusion/\(Self.series)/800K"])
        #expect(held.estimate == nil && held.origin == .mixed)
    }

    @Test func failuresAndUntrustedRunsAreMarked() throws {
        let study = Walks.study([800])
        let run = try study.runs(for: "experiment")[0].calculation
        var outcomes = Outcomes()
        outcomes.insert(CalculationFailure(key: run.key, title: run.title, reason: "the run has exploded"))
        let failed = try Self.findings(study, outcomes)["diffusion/\(Self.series)/800K"]
        #expect(failed?.obstacle == "the run has exploded")

        var histogram = DeviationHistogram()
        for sample in 0..<100 { histogram.add(sample < 97 ? 0.3 : 1.5) }
        outcomes.insert(Walks.outcome(run, Walks.record(run, deviation: histogram)), from: .here)
        let untrusted = try #require(try Self.findings(study, outcomes)["diffusion/\(Self.series)/800K"])
        #expect(untrusted.estimate != nil)
        #expect(untrusted.distrust?.contains("3.0 %") == true, "\(untrusted.distrust ?? "trusted")")
    }
}
