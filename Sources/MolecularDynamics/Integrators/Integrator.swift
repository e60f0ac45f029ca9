import DeepPotential
import Structures

/// Advances a state in time within one ensemble.
///
/// A step is symmetric in time, so that the conserved quantity oscillates by O(dt²) without drift. The state has been
/// evaluated before the first step and is evaluated at its positions after every step.
public protocol Integrator: Sendable {
    /// ps.
    var timestep: Double { get }

    /// Advances `state` by one timestep.
    mutating func advance(_ state: inout MDState, potential: any Potential) throws

    /// The energy that belongs to the extended system (thermostats, barostat, PV) (eV); added to potential and
    /// kinetic energy it gives the conserved quantity.
    func reservoirEnergy(_ state: MDState) -> Double

    /// Writes the variables of thermostats and barostat.
    func encode(into encoder: inout CheckpointEncoder)

    /// Reads what `encode` has written.
    mutating func restore(from decoder: inout CheckpointDecoder) throws
}

extension Integrator {
    /// The quantity that the exact dynamics would conserve (eV).
    public func conservedEnergy(_ state: MDState) -> Double {
        state.evaluation.energy + state.kineticEnergy + reservoirEnergy(state)
    }
}

extension MDState {
    /// v += F/m · time.
    mutating func kick(_ time: Double) {
        let factor = time / constants.massVelocitySquaredToEnergy
        for i in velocities.indices {
            velocities[i] += (factor / masses[i]) * evaluation.forces[i]
        }
    }

    /// r += v · time.
    mutating func drift(_ time: Double) {
        for i in velocities.indices {
            structure.positions[i] += time * velocities[i]
        }
    }

    /// v *= factor.
    mutating func scaleVelocities(by factor: Double) {
        for i in velocities.indices { velocities[i] *= factor }
    }
}
