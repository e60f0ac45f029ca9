import Calculations
import DeepPotential
import Execution
import Files
import Foundation
import Parallel
import Structures
import Testing

/// What is computed where a relaxation ends.
struct MinimumTests {
    private static func relaxation(_ bench: Bench) -> Relaxation {
        Relaxation(
            crystal: Bench.crystal(), model: bench.models[0], forceTolerance: 0.02, stressTolerance: 0.1, seed: 1)
    }

    private func run<C: Calculation>(_ calculation: C, _ bench: Bench) async throws -> Outcomes {
        let scheduler = try Scheduler(
            Workplace(bench.store, program: "test"), engine: LocalEngine(cores: 2), stop: StopFlag())
        defer { scheduler.close() }
        return try await scheduler.outcomes(of: [calculation, Self.relaxation(bench)], for: "test")
    }

    /// The strain energy: E(ε) − E(0) = σ₀Vε + C V ε²/2.
    @Test func stiffnessIsTheCurvatureOfTheEnergy() async throws {
        let bench = try Bench()
        let calculation = StrainedStresses(
            of: Self.relaxation(bench), by: .model(bench.models[0]), strain: 0.005, relaxesIons: false)
        let outcomes = try await run(calculation, bench)
        let content = try outcomes[calculation].get().content
        let structure = try outcomes[Self.relaxation(bench)].get().content.structure
        let stiffness = content.stiffness(strain: 0.005)
        #expect(content.isConverged && content.stresses.count == 72)
        let evaluator = CompressedEvaluator(CompressedModel(try DPModel(contentsOf: Bench.models + "/model-000.dp")))
        let strain = 0.01
        func energy(_ deformation: Matrix3) throws -> Double {
            let strained = structure.scaled(to: try Cell(structure.cell.vectors * deformation))
            return try evaluator.evaluate(strained).energy
        }
        for (place, matrix) in [
            (0, Matrix3(SIMD3(1, 0, 0), .zero, .zero)), (14, Matrix3(.zero, .zero, SIMD3(0, 0, 1))),
            (35, Matrix3(SIMD3(0, 0.5, 0), SIMD3(0.5, 0, 0), .zero)),
        ] {
            let (plus, zero, minus) = (
                try energy(.identity + strain * matrix), try energy(.identity),
                try energy(.identity + (-strain) * matrix)
            )
            let curvature = (plus - 2 * zero + minus) / (strain * strain) / structure.cell.volume
            let expected = curvature * PhysicalConstants.pressureToGPa
            #expect(
                abs(stiffness[place] - expected) < 0.1 * abs(expected) + 1, "\(place): \(stiffness[place]), \(expected)"
            )
        }
        // From an energy, so symmetric.
        for row in 0..<6 {
            for column in 0..<row { #expect(abs(stiffness[6 * row + column] - stiffness[6 * column + row]) < 2) }
        }
    }

    /// Ions that give way make a crystal softer.
    @Test func ionsAtRestAreSofter() async throws {
        let bench = try Bench()
        func bulk(_ relaxesIons: Bool) async throws -> Double {
            let calculation = StrainedStresses(
                of: Self.relaxation(bench), by: .model(bench.models[0]), strain: 0.005, relaxesIons: relaxesIons,
                forceTolerance: 0.01)
            let content = try await run(calculation, bench)[calculation].get().content
            #expect(content.isConverged)
            let c = content.stiffness(strain: 0.005)
            return (c[0] + c[7] + c[14] + 2 * (c[1] + c[2] + c[8])) / 9
        }
        let (clamped, relaxed) = (try await bulk(false), try await bulk(true))
        #expect(relaxed < clamped && relaxed > 0, "\(relaxed), \(clamped) GPa")
    }

    @Test func energyIsThatOfTheRelaxation() async throws {
        let bench = try Bench()
        let calculation = MinimumEnergy(of: Self.relaxation(bench), by: .model(bench.models[0]))
        let outcomes = try await run(calculation, bench)
        let relaxed = try outcomes[Self.relaxation(bench)].get().content
        let content = try outcomes[calculation].get().content
        #expect(abs(content.energy - relaxed.energy) < 1e-6)
        #expect(abs(content.largestForce - relaxed.largestForce) < 1e-3)
        #expect(MinimumEnergy(of: Self.relaxation(bench), by: .model(bench.models[1])).key != calculation.key)
    }
}
