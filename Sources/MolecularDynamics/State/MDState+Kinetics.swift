import Structures

extension MDState {
    /// Σ m v ⊗ v (eV): twice the kinetic energy by components.
    public var kineticTensor: Matrix3 {
        var sum = Matrix3.zero
        for (mass, velocity) in zip(masses, velocities) {
            sum += Matrix3.outer(mass * velocity, velocity)
        }
        return constants.massVelocitySquaredToEnergy * sum
    }

    /// Σ m v² (eV).
    public var twiceKineticEnergy: Double {
        var sum = SIMD3<Double>.zero
        for (mass, velocity) in zip(masses, velocities) {
            sum += mass * velocity * velocity
        }
        return constants.massVelocitySquaredToEnergy * sum.sum()
    }

    /// eV.
    public var kineticEnergy: Double { 0.5 * twiceKineticEnergy }

    /// Σ m v² / (N_f k_B) (K).
    public var temperature: Double {
        twiceKineticEnergy / (Double(degreesOfFreedom) * constants.boltzmann)
    }

    /// Σ m v (amu·Å/ps).
    public var momentum: SIMD3<Double> {
        zip(masses, velocities).reduce(into: .zero) { $0 += $1.0 * $1.1 }
    }

    /// Kinetic energy of the motion of the whole (eV).
    public var driftEnergy: Double {
        let p = momentum
        return 0.5 * constants.massVelocitySquaredToEnergy * p.dot(p) / masses.reduce(0, +)
    }

    /// Whether the degrees of freedom leave out the motion of the whole, which the forces do not change.
    public var conservesMomentum: Bool { degreesOfFreedom < 3 * count }

    /// (Σ m v ⊗ v + Ξ)/V (eV/Å³), symmetric part, compression positive as LAMMPS prints it.
    public var pressureTensor: Matrix3 {
        (1 / structure.cell.volume) * (kineticTensor + evaluation.virial).symmetrised
    }
}

extension Matrix3 {
    /// (M + Mᵀ)/2.
    var symmetrised: Matrix3 { 0.5 * (self + transpose) }
}
