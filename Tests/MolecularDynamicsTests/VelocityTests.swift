import Foundation
import Statistics
import Structures
import Testing

@testable import MolecularDynamics

@Suite struct VelocityTests {
    @Test func drawnVelocitiesHaveExactTemperatureAndNoMomentum() throws {
        var state = MDState(structure: try Samples.argon())
        var random = RandomStream(seed: 5, name: "velocities")
        state.drawVelocities(temperature: 321, from: &random)
        #expect(abs(state.temperature - 321) < 1e-10)
        #expect(state.momentum.norm < 1e-10)
        #expect(state.degreesOfFreedom == 3 * state.count - 3)
        let other = state.velocities
        random = RandomStream(seed: 5, name: "velocities")
        state.drawVelocities(temperature: 321, from: &random)
        #expect(state.velocities == other)
        random = RandomStream(seed: 6, name: "velocities")
        state.drawVelocities(temperature: 321, from: &random)
        #expect(state.velocities != other)
    }

    /// Each mass has its own width sqrt(kT/m), and the components are normal: fourth moment three times the squared
    /// second. 6000 components per mass give 1.8 % and 3.6 % standard error; four of them are allowed.
    @Test func componentsAreMaxwellian() throws {
        let base = try Samples.argon(cells: 5, displacement: 0)
        let masses = (0..<base.count).map { $0.isMultiple(of: 8) ? 6.94 : 72.63 }
        var state = MDState(structure: base, masses: masses)
        var random = RandomStream(seed: 1, name: "velocities")
        var samples: [Double: [Double]] = [:]
        for _ in 0..<32 {
            state.drawVelocities(temperature: 400, from: &random)
            for (mass, v) in zip(masses, state.velocities) {
                samples[mass, default: []] += [v.x, v.y, v.z]
            }
        }
        for (mass, values) in samples {
            let expected =
                state.constants.boltzmann * 400 / (mass * state.constants.massVelocitySquaredToEnergy)
            let second = values.map { $0 * $0 }.reduce(0, +) / Double(values.count)
            let fourth = values.map { $0 * $0 * $0 * $0 }.reduce(0, +) / Double(values.count)
            #expect(values.count >= 6000)
            #expect(abs(second / expected - 1) < 0.072)
            #expect(abs(fourth / (3 * expected * expected) - 1) < 0.145)
        }
    }

    /// A hand-made state: the pressure of two atoms is Σ m v ⊗ v + Ξ over the volume.
    @Test func kineticQuantitiesFollowTheirDefinitions() throws {
        let li = Species.lithium
        var state = MDState(
            structure: Structure(
                cell: try Cell(a: 2, b: 3, c: 4), species: [li, li], positions: [.zero, SIMD3(1, 1, 1)],
                velocities: [SIMD3(1, 2, 0), SIMD3(-1, 0, 3)]))
        state.evaluation.virial = Matrix3(SIMD3(0.5, 0.1, 0), SIMD3(0.3, -0.2, 0), SIMD3(0, 0, 0.7))
        let unit = li.mass * 1.0364269652680506e-4
        #expect(abs(state.twiceKineticEnergy - 15 * unit) < 1e-15)
        #expect(abs(state.kineticTensor.trace - 15 * unit) < 1e-15)
        #expect(abs(state.pressureTensor[0].y - (2 * unit + 0.2) / 24) < 1e-15)
        #expect(state.pressureTensor[1].x == state.pressureTensor[0].y)
        #expect(abs(state.temperature - 15 * unit / (3 * 8.617333262e-5)) < 1e-9)
    }
}
