import DeepPotential
import Foundation
import Structures
import Testing

@testable import MolecularDynamics

/// Every integrator conserves its extended energy with an error of O(dt²), and runs backwards.
@Suite struct IntegratorConservationTests {
    enum Ensemble: String, CaseIterable, CustomTestStringConvertible {
        case nve, nvt, isotropic, anisotropic, tetragonal, flexible
        var testDescription: String { rawValue }

        func integrator(timestep: Double, for state: MDState) -> any Integrator {
            switch self {
            case .nve: VelocityVerlet(timestep: timestep)
            case .nvt: NoseHoover(timestep: timestep, temperature: 60, for: state)
            default:
                MartynaTobiasKlein(
                    timestep: timestep, temperature: 60, pressure: 0.05, coupling: CellCoupling(rawValue: rawValue)!,
                    for: state)
            }
        }
    }

    /// Root mean square deviation of the conserved quantity over 4 ps (eV).
    private func fluctuation(_ ensemble: Ensemble, timestep: Double) throws -> Double {
        let potential = LennardJones()
        var state = MDState(structure: try Samples.argon())
        try state.evaluate(potential)
        var integrator = ensemble.integrator(timestep: timestep, for: state)
        let start = integrator.conservedEnergy(state)
        var squares = 0.0
        let steps = Int((4 / timestep).rounded())
        for _ in 0..<steps {
            try integrator.advance(&state, potential: potential)
            let difference = integrator.conservedEnergy(state) - start
            squares += difference * difference
        }
        return (squares / Double(steps)).squareRoot()
    }

    /// A second-order integrator's error falls fourfold when the step is halved; trajectories differ a little, so the
    /// ratio is asked to lie between 3 and 5.5. At dt = 0.02 ps the fluctuation itself is far below kT/2 per atom.
    @Test(arguments: Ensemble.allCases) func conservedQuantityErrorShrinksAsTimestepSquared(ensemble: Ensemble) throws {
        let coarse = try fluctuation(ensemble, timestep: 0.02)
        let fine = try fluctuation(ensemble, timestep: 0.01)
        #expect((3...5.5).contains(coarse / fine))
        #expect(coarse < 0.05)
    }

    /// Symmetric factorisations undo themselves with −dt up to rounding, which chaos and the chains (friction grows
    /// backwards) amplify to about 1e-7 Å; an asymmetric order of substeps leaves more than 1e-4 Å.
    @Test(arguments: Ensemble.allCases) func reversesInTime(ensemble: Ensemble) throws {
        let potential = LennardJones()
        let begin = try Samples.argon()
        var state = MDState(structure: begin)
        try state.evaluate(potential)
        var forward = ensemble.integrator(timestep: 0.01, for: state)
        for _ in 0..<100 { try forward.advance(&state, potential: potential) }
        let travelled = zip(state.structure.positions, begin.positions).map { ($0 - $1).norm }.max()!
        var backward = ensemble.integrator(timestep: -0.01, for: state)
        var encoder = CheckpointEncoder()
        forward.encode(into: &encoder)
        var decoder = CheckpointDecoder(encoder.data, section: "integrator")
        try backward.restore(from: &decoder)
        #expect(decoder.isAtEnd)
        for _ in 0..<100 { try backward.advance(&state, potential: potential) }
        let error = zip(state.structure.positions, begin.positions).map { ($0 - $1).norm }.max()!
        #expect(error < 1e-6)
        #expect(travelled > 0.3)
    }

    /// An ideal gas that shrinks to half of its volume: the terms of order kT/N_f in the equations of motion would
    /// leave k_B T ln 2 behind if one of them were missing.
    @Test(arguments: [CellCoupling.isotropic, .anisotropic, .flexible])
    func conservesThroughLargeVolumeChanges(coupling: CellCoupling) throws {
        let potential = NoForces()
        let structure = try Samples.argon(cells: 2, latticeConstant: 25, temperature: 40, seed: 3)
        var state = MDState(structure: structure)
        try state.evaluate(potential)
        var integrator = MartynaTobiasKlein(
            timestep: 0.002, temperature: 40, pressure: 6e-4, coupling: coupling, for: state)
        let start = integrator.conservedEnergy(state)
        let volume = state.structure.cell.volume
        var smallest = volume
        var worst = 0.0
        for _ in 0..<3000 {
            try integrator.advance(&state, potential: potential)
            smallest = min(smallest, state.structure.cell.volume)
            worst = max(worst, abs(integrator.conservedEnergy(state) - start))
        }
        let thermalEnergy = 40 * state.constants.boltzmann
        #expect(smallest < 0.5 * volume)
        #expect(worst < 0.05 * thermalEnergy)
    }
}

/// An ideal gas.
final class NoForces: Potential {
    func evaluate(_ structure: Structure, into evaluation: inout Evaluation) {
        evaluation.forces = Array(repeating: .zero, count: structure.count)
    }
}
