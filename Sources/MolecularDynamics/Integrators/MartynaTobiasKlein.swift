import DeepPotential
import Foundation
import Structures

/// NPT: the barostat of Martyna, Tobias and Klein with Nosé-Hoover chains on the atoms and on the barostat.
///
/// Equations of motion of J. Chem. Phys. 101, 4177 (1994), integrated by the explicit reversible factorisation of
/// Martyna et al., Mol. Phys. 87, 1117 (1996), in one form for every coupling: v_g is a symmetric strain rate, W_g its
/// mass, and every strain that the coupling does not drive is projected out of its force:
///
///     ṙ = v + v_g r          ḣ = v_g h (each lattice vector as r)
///     v̇ = F/m − v_g v − (Tr v_g/N_f) v − v_ξ v
///     W_g v̇_g = V (P_int − P) + (Σ m v²/N_f) 1 − W_g v_η v_g
///
/// with V P_int = Σ m v ⊗ v + Ξ. Conserved: E_pot + E_kin + P V + W_g Tr(v_g²)/2 + both chains. With total momentum
/// zero and N_f = 3N − 3 the isotropic coupling samples exp(−βPV) Q(N, V, T); of an ideal gas, V^(N−1) exp(−βPV).
public struct MartynaTobiasKlein: Integrator {
    public let timestep: Double
    /// P (eV/Å³).
    public let pressure: Double
    public let coupling: CellCoupling
    /// W_g = (N_f + 3) k_B T τ_b²/3 (eV·ps²): the mass of one strain. The isotropic strain ln(V)/3 is three of them,
    /// W = (N_f + 3) k_B T τ_b².
    public let mass: Double
    /// v_g (1/ps), symmetric.
    public private(set) var strainRate = Matrix3.zero
    public private(set) var particleChain: NoseHooverChain
    public private(set) var barostatChain: NoseHooverChain

    /// - Parameters:
    ///   - timestep: ps.
    ///   - temperature: K.
    ///   - pressure: GPa, compression positive.
    ///   - thermostatTime: τ of the atoms' chain (ps).
    ///   - barostatTime: τ_b of the barostat and of its chain (ps).
    ///   - chainLength: links of both chains.
    ///   - state: gives N_f and the constants.
    public init(
        timestep: Double, temperature: Double, pressure: Double, coupling: CellCoupling, thermostatTime: Double = 0.2,
        barostatTime: Double = 0.5, chainLength: Int = 3, for state: MDState
    ) {
        let thermalEnergy = state.constants.boltzmann * temperature
        self.timestep = timestep
        self.pressure = pressure / PhysicalConstants.pressureToGPa
        self.coupling = coupling
        mass = Double(state.degreesOfFreedom + 3) / 3 * thermalEnergy * barostatTime * barostatTime
        particleChain = NoseHooverChain(
            degreesOfFreedom: state.degreesOfFreedom, thermalEnergy: thermalEnergy, relaxationTime: thermostatTime,
            length: chainLength)
        barostatChain = NoseHooverChain(
            degreesOfFreedom: coupling.degreesOfFreedom, thermalEnergy: thermalEnergy, relaxationTime: barostatTime,
            length: chainLength)
    }

    public mutating func advance(_ state: inout MDState, potential: any Potential) throws {
        let half = 0.5 * timestep
        thermalise(&state, half)
        accelerateCell(state, half)
        kick(&state, half)
        try drift(&state, timestep)
        try state.evaluate(potential)
        kick(&state, half)
        accelerateCell(state, half)
        thermalise(&state, half)
        state.step += 1
    }

    private mutating func thermalise(_ state: inout MDState, _ time: Double) {
        let barostat = barostatChain.propagate(time, twiceKineticEnergy: mass * strainRate.squaredNorm)
        strainRate = barostat * strainRate
        state.scaleVelocities(
            by: particleChain.propagate(time, twiceKineticEnergy: state.twiceKineticEnergy))
    }

    private mutating func accelerateCell(_ state: MDState, _ time: Double) {
        let kinetic = state.kineticTensor
        let isotropic = kinetic.trace / Double(state.degreesOfFreedom) - pressure * state.structure.cell.volume
        let force = coupling.project(kinetic + state.evaluation.virial + isotropic * .identity)
        strainRate += (time / mass) * force
    }

    /// v̇ = F/m − (v_g + Tr v_g/N_f) v, solved exactly for constant F and v_g.
    private func kick(_ state: inout MDState, _ time: Double) {
        let friction = SymmetricEigensystem(
            strainRate + (strainRate.trace / Double(state.degreesOfFreedom)) * .identity)
        let decay = friction.map { exp(-$0 * time) }
        let response = friction.map { exp(-0.5 * $0 * time) * sinhc(0.5 * $0 * time) }
        let factor = time / state.constants.massVelocitySquaredToEnergy
        for i in state.velocities.indices {
            let impulse = (factor / state.masses[i]) * state.evaluation.forces[i]
            state.velocities[i] = state.velocities[i] * decay + impulse * response
        }
    }

    /// ṙ = v + v_g r and ḣ = v_g h, solved exactly for constant v and v_g.
    private func drift(_ state: inout MDState, _ time: Double) throws {
        let strain = SymmetricEigensystem(strainRate)
        let growth = strain.map { exp($0 * time) }
        let response = strain.map { exp(0.5 * $0 * time) * sinhc(0.5 * $0 * time) }
        for i in state.velocities.indices {
            state.structure.positions[i] =
                state.structure.positions[i] * growth + (time * state.velocities[i]) * response
        }
        state.structure.cell = try Cell(state.structure.cell.vectors * growth)
    }

    public func reservoirEnergy(_ state: MDState) -> Double {
        pressure * state.structure.cell.volume + 0.5 * mass * strainRate.squaredNorm + particleChain.energy
            + barostatChain.energy
    }

    public func encode(into encoder: inout CheckpointEncoder) {
        encoder.encode(strainRate)
        particleChain.encode(into: &encoder)
        barostatChain.encode(into: &encoder)
    }

    public mutating func restore(from decoder: inout CheckpointDecoder) throws {
        strainRate = try decoder.decodeMatrix()
        try particleChain.restore(from: &decoder)
        try barostatChain.restore(from: &decoder)
    }
}
