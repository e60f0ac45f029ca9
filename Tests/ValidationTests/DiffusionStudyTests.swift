import Foundation
import MolecularDynamics
import Parallel
import Reporting
import Statistics
import Structures
import Testing

@testable import Validation

/// The pages on diffusion, from random walks of known D.
@Suite struct DiffusionStudyTests {
    /// A replica whose ions walk at random with D = D0 exp(−Ea/kT); `isDiffusive` false leaves them at rest.
    static func walk(_ temperature: Double, isDiffusive: Bool = true) throws -> ReplicaResult {
        let (atoms, frames, interval) = (160, 1024, 0.1)
        var random = RandomStream(seed: 5, name: "walk \(temperature)")
        var msd = OnTheFlyMSD(frameInterval: interval, atomCount: atoms)
        let diffusion = expected(temperature) / PhysicalConstants.diffusionToSI
        let step = isDiffusive ? (2 * diffusion * interval).squareRoot() : 0
        let edge = 20.0
        var positions = [SIMD3<Double>](repeating: .zero, count: atoms)
        for _ in 0..<frames {
            msd.add(positions)
            for atom in positions.indices { positions[atom] += random.gaussianVector(standardDeviation: step / edge) }
        }
        let cell = Matrix3(SIMD3(edge, 0, 0), SIMD3(0, edge, 0), SIMD3(0, 0, edge))
        let result = try DiffusionEstimator().estimate(msd.samples(cell: cell))
        let part = DiffusionAtLength(picoseconds: 102.3, result: result, apparent: expected(temperature))
        return ReplicaResult(
            replica: .init(temperature: temperature, index: 0, picoseconds: 102.3), lengths: [part],
            temperature: Estimate(temperature, error: 2), drift: 0.001)
    }

    static let energy = 0.2

    static func expected(_ temperature: Double) -> Double {
        3e-8 * exp(-energy / (PhysicalConstants.codata2018.boltzmann * temperature))
    }

    static func context(_ profile: Profile = .quick) throws -> PartContext {
        PartContext(
            settings: RunSettings(
                profile: profile, material: .germanium, models: [], data: [], output: "", seed: 1, threads: 1,
                resume: false,
                commandLine: []),
            models: [], modelInputs: [], dataInputs: [], reference: ReferenceDataTests.reference, progress: .none,
            stop: StopFlag())
    }

    @Test func arrheniusLawIsRecovered() throws {
        let results = try [1000.0, 800, 666, 500].map { try Self.walk($0) }
        let fit = try #require(try ExperimentStudy.fit(ArrheniusPoint.group(results)))
        // Three standard errors: fails once in 400 seeds, and the seed is fixed.
        #expect(abs(fit.activationEnergy.value - Self.energy) < 3 * fit.activationEnergy.standardError)
        #expect(fit.activationEnergy.standardError < 0.03)
    }

    @Test func pageMarksWhatIsNotDiffusive() throws {
        let results = try [1000.0, 800, 666].map { try Self.walk($0) } + [Self.walk(400, isDiffusive: false)]
        let outcome = DiffusionCampaign.Outcome(
            plan: .init(replicas: results.map(\.replica), scale: 0.5, millisecondsPerStep: 20), results: results)
        let page = try ExperimentStudy(context: Self.context()).section(outcome)
        let text = page.markdown(heading: 1, figureFolder: "")
        #expect(text.contains("not diffusive yet: "))
        #expect(text.contains("all were cut to 50 %"))
        #expect(page.tables.map(\.name) == ["fig13-diffusion", "fig13-arrhenius"])
        // Only the three diffusive temperatures are filled points; the other is an open one.
        let series = page.figures[0].panels[0].series
        #expect(series.first { $0.title == "this work" }?.points.count == 3)
        #expect(series.first { $0.marker == .openCircle }?.points.count == 1)
        let claim = try #require(page.claims.first)
        #expect(claim.verdict == .notDecidable && claim.reason.contains("extrapolation from 666 K"))
    }

    @Test func convergenceJudgesHotRunsByTheirErrors() throws {
        let results = try [1000.0, 666, 500].map { try Self.walk($0) }
        let outcome = DiffusionCampaign.Outcome(
            plan: .init(replicas: results.map(\.replica), scale: 1, millisecondsPerStep: 3), results: results)
        let page = try ConvergenceStudy(context: Self.context()).section(outcome)
        #expect(page.claims.map(\.verdict) == [.reproduced, .notRun])
        #expect(page.tables[0].rows.count == 3)
    }

    @Test func replicasAreAveragedAndTheirScatterCounts() throws {
        let point = ArrheniusPoint(temperature: 800, replicas: [try Self.walk(800), try Self.walk(1000)])
        let single = ArrheniusPoint(temperature: 800, replicas: [try Self.walk(800)])
        let both = try #require(point.diffusion)
        #expect(both.standardError > (single.diffusion?.standardError ?? .infinity))
        let stuck = ArrheniusPoint(
            temperature: 800, replicas: [try Self.walk(800), try Self.walk(400, isDiffusive: false)])
        #expect(stuck.diffusion == nil && stuck.obstacle != nil)
    }
}
