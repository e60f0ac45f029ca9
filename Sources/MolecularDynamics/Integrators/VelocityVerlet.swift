import DeepPotential

/// NVE: velocity Verlet (Swope et al., J. Chem. Phys. 76, 637 (1982)), as LAMMPS `fix nve`.
public struct VelocityVerlet: Integrator {
    public let timestep: Double

    /// - Parameter timestep: ps.
    public init(timestep: Double) {
        self.timestep = timestep
    }

    public mutating func advance(_ state: inout MDState, potential: any Potential) throws {
        state.kick(0.5 * timestep)
        state.drift(timestep)
        try state.evaluate(potential)
        state.kick(0.5 * timestep)
        state.step += 1
    }

    public func reservoirEnergy(_ state: MDState) -> Double { 0 }
    public func encode(into encoder: inout CheckpointEncoder) {}
    public mutating func restore(from decoder: inout CheckpointDecoder) throws {}
}
