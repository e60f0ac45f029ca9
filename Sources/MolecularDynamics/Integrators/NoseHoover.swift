import DeepPotential

/// NVT: velocity Verlet between two halves of a Nosé-Hoover chain, as LAMMPS `fix nvt`.
///
/// Samples the canonical ensemble; conserves H' = E_pot + E_kin + the chain's energy.
public struct NoseHoover: Integrator {
    public let timestep: Double
    public private(set) var chain: NoseHooverChain

    /// - Parameters:
    ///   - timestep: ps.
    ///   - temperature: K.
    ///   - relaxationTime: τ (ps); the paper takes 100 timesteps, 0.2 ps.
    ///   - state: gives N_f and the constants.
    public init(
        timestep: Double, temperature: Double, relaxationTime: Double = 0.2, chainLength: Int = 3, for state: MDState
    ) {
        self.timestep = timestep
        chain = NoseHooverChain(
            degreesOfFreedom: state.degreesOfFreedom, thermalEnergy: state.constants.boltzmann * temperature,
            relaxationTime: relaxationTime, length: chainLength)
    }

    public mutating func advance(_ state: inout MDState, potential: any Potential) throws {
        thermalise(&state)
        state.kick(0.5 * timestep)
        state.drift(timestep)
        try state.evaluate(potential)
        state.kick(0.5 * timestep)
        thermalise(&state)
        state.step += 1
    }

    private mutating func thermalise(_ state: inout MDState) {
        state.scaleVelocities(
            by: chain.propagate(0.5 * timestep, twiceKineticEnergy: state.twiceKineticEnergy))
    }

    public func reservoirEnergy(_ state: MDState) -> Double { chain.energy }
    public func encode(into encoder: inout CheckpointEncoder) { chain.encode(into: &encoder) }
    public mutating func restore(from decoder: inout CheckpointDecoder) throws { try chain.restore(from: &decoder) }
}
