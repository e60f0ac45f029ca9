import Foundation
import Statistics
import Structures
import Testing

@Suite struct DiffusionEstimatorTests {
    /// Ions that rattle and hardly ever jump.
    @Test func rattlingIsNotDiffusion() throws {
        var stream = RandomStream(seed: 51, name: "cage")
        for rate in [0, 0.0005] {
            let motion = SyntheticMotion.Hopping(rate: rate)
            let result = try DiffusionEstimator().estimate(motion.samples(atoms: 40, frames: 1000, &stream))
            guard case .tooFewJumps(let jumps) = result.reason else {
                Issue.record("rate \(rate) gave \(result)")
                continue
            }
            #expect(jumps < 0.5)
        }
    }

    /// Single-file motion moves ions far (more than a jump each) but never linearly in these times. At two standard
    /// errors of a test applied at several starts, a few false alarms in 40 would be no surprise.
    @Test func subdiffusionIsFlagged() throws {
        var stream = RandomStream(seed: 52, name: "single file")
        let results = try (0..<40).map { _ in
            try DiffusionEstimator().estimate(SyntheticMotion.singleFile(atoms: 50, frames: 1500, &stream))
        }
        #expect(results.count { $0.estimate == nil } >= 37)
        let exponents = results.compactMap { result -> Double? in
            if case .curved(let exponent) = result.reason { exponent.value } else { nil }
        }
        #expect(exponents.count > 20)
        #expect(exponents.allSatisfy { $0 < 0.95 })
    }

    /// The same motion as in the coverage test, for a twentieth of the time.
    @Test func shortRunsAreFlagged() throws {
        var stream = RandomStream(seed: 53, name: "short")
        let motion = SyntheticMotion.Hopping(rate: 0.1, backJump: 0.5)
        let flagged = try (0..<100).count { _ in
            try DiffusionEstimator().estimate(motion.samples(atoms: 20, frames: 100, &stream)).estimate == nil
        }
        #expect(flagged >= 97)
        #expect(
            try DiffusionEstimator().estimate(motion.samples(atoms: 20, frames: 10, &stream)).reason == .tooFewFrames)
    }

    /// Frames of 0.02 ps instead of 1 ps make the same path fifty times as fast.
    @Test func unitsAreSI() throws {
        var (a, b) = (RandomStream(seed: 54, name: "units"), RandomStream(seed: 54, name: "units"))
        let slow = try DiffusionEstimator().estimate(
            SyntheticMotion.brownian(atoms: 30, frames: 500, diffusion: 0.1, &a))
        let fast = try DiffusionEstimator().estimate(
            SyntheticMotion.brownian(atoms: 30, frames: 500, diffusion: 0.1, frameInterval: 0.02, &b))
        let (x, y) = try (#require(slow.estimate), #require(fast.estimate))
        // 0.1 Å²/ps is 1e-9 m²/s; four errors.
        #expect(abs(x.value - 1e-9) < 4 * x.standardError)
        #expect(abs(y.value / x.value - 50) < 1e-9)
        #expect(abs(y.standardError / x.standardError - 50) < 1e-9)
        #expect(abs(y.regime.start / x.regime.start - 0.02) < 1e-12)
    }

    /// Motion along z only: D_z is three times D, the others nothing.
    @Test func axesAreTold() throws {
        var stream = RandomStream(seed: 55, name: "axes")
        var running = OnTheFlyMSD(frameInterval: 1, atomCount: 50)
        var z = [Double](repeating: 0, count: 50)
        for _ in 0..<1000 {
            running.add(z.map { SIMD3(0, 0, $0) })
            for atom in 0..<50 { z[atom] += stream.gaussian() }
        }
        let estimate = try #require(DiffusionEstimator().estimate(running.samples(cell: .identity)).estimate)
        #expect(estimate.axes[0].value == 0 && estimate.axes[1].value == 0)
        #expect(abs(estimate.axes[2].value / estimate.value - 3) < 1e-12)
        #expect(abs(estimate.axes[2].value - 0.5e-8) < 4 * estimate.axes[2].standardError)
    }

    /// 3.43/√N_eff + 0.04 with N_eff = N max(MSD)/a².
    @Test func theEmpiricalErrorIsThatOfHeZhuMo() throws {
        var stream = RandomStream(seed: 56, name: "empirical")
        let samples = SyntheticMotion.brownian(atoms: 50, frames: 500, diffusion: 0.1, &stream)
        let estimate = try #require(DiffusionEstimator().estimate(samples).estimate)
        let jumps = 50 * DisplacementStatistics(samples).curve.total.max()! / 9
        #expect(abs(estimate.empiricalRelativeError - (3.43 / jumps.squareRoot() + 0.04)) < 1e-12)
    }

    /// A stored trajectory and the running sums give the same, up to the storage as Float.
    @Test func storedAndRunningAgree() throws {
        var stream = RandomStream(seed: 57, name: "stored")
        let cell = try Cell(a: 10, b: 11, c: 12)
        let species = [Species](repeating: .lithium, count: 20) + [.sulfur]
        var trajectory = try UnwrappedTrajectory(frameInterval: 0.1, species: species)
        var unwrapper = try Unwrapper(species: species)
        var running = OnTheFlyMSD(frameInterval: 0.1, atomCount: 20)
        var positions = [SIMD3<Double>](repeating: .zero, count: 21)
        for _ in 0..<800 {
            try trajectory.append(cell: cell, positions: positions.map(cell.wrap))
            running.add(try unwrapper.advance(cell: cell, positions: positions.map(cell.wrap)))
            for atom in 0..<20 { positions[atom] += stream.gaussianVector(standardDeviation: 0.4) }
        }
        let stored = try #require(DiffusionEstimator().estimate(trajectory.samples()).estimate)
        let onTheFly = try #require(
            DiffusionEstimator().estimate(running.samples(cell: unwrapper.meanCell)).estimate)
        #expect(abs(stored.value / onTheFly.value - 1) < 1e-4)
        #expect(abs(stored.standardError / onTheFly.standardError - 1) < 1e-3)
    }

    @Test func resultsAreCodableAndDescribed() throws {
        let result = DiffusionResult.notDiffusiveYet(.curved(exponent: Estimate(value: 0.614, standardError: 0.052)))
        #expect(try JSONDecoder().decode(DiffusionResult.self, from: JSONEncoder().encode(result)) == result)
        #expect(result.reason?.description == "MSD grows as t^(0.61 ± 0.05)")
    }
}

@Suite struct EstimateTests {
    @Test func theMeanKeepsTheSpread() {
        let tight = Estimate.mean(of: [1, 3].map { Estimate(value: $0, standardError: 0.1) })
        #expect(tight.value == 2 && abs(tight.standardError - 1) < 1e-14)
        let loose = Estimate.mean(of: [2, 2].map { Estimate(value: $0, standardError: 0.1) })
        #expect(abs(loose.standardError - 0.1 / 2.0.squareRoot()) < 1e-14)
    }
}
