import Foundation
import Structures

/// A chain of Nosé-Hoover thermostats on a set of degrees of freedom: the atoms, or a barostat.
///
/// Martyna, Klein and Tuckerman, J. Chem. Phys. 97, 2635 (1992), propagated as in Martyna et al., Mol. Phys. 87,
/// 1117 (1996) with one Suzuki-Yoshida weight, which is also the order of LAMMPS `fix nvt` (`nhc_temp_integrate`).
public struct NoseHooverChain: Equatable, Sendable {
    /// N_f, the degrees of freedom that the chain controls.
    public let degreesOfFreedom: Int
    /// k_B T (eV).
    public let thermalEnergy: Double
    /// Q_1 = N_f k_B T τ², Q_k = k_B T τ² (eV·ps²).
    public let masses: [Double]
    /// η, one per link.
    public private(set) var positions: [Double]
    /// dη/dt (1/ps), one per link.
    public private(set) var velocities: [Double]

    /// - Parameter relaxationTime: τ (ps).
    public init(degreesOfFreedom: Int, thermalEnergy: Double, relaxationTime: Double, length: Int) {
        precondition(length >= 1 && degreesOfFreedom >= 1 && relaxationTime > 0 && thermalEnergy > 0)
        self.degreesOfFreedom = degreesOfFreedom
        self.thermalEnergy = thermalEnergy
        let link = thermalEnergy * relaxationTime * relaxationTime
        masses = [Double(degreesOfFreedom) * link] + Array(repeating: link, count: length - 1)
        positions = Array(repeating: 0, count: length)
        velocities = Array(repeating: 0, count: length)
    }

    /// Propagates the chain by `time` and returns the factor by which the velocities that it controls are scaled.
    ///
    /// - Parameter twiceKineticEnergy: Σ m v² of the controlled velocities before the scaling (eV).
    public mutating func propagate(_ time: Double, twiceKineticEnergy: Double) -> Double {
        let last = masses.count - 1
        for link in stride(from: last, through: 0, by: -1) {
            kick(link, force: force(on: link, twiceKineticEnergy), time)
        }
        let scale = exp(-time * velocities[0])
        for link in 0...last { positions[link] += time * velocities[link] }
        for link in 0...last {
            kick(link, force: force(on: link, twiceKineticEnergy * scale * scale), time)
        }
        return scale
    }

    /// The chain's energy (eV), part of the conserved quantity.
    public var energy: Double {
        var sum = Double(degreesOfFreedom) * thermalEnergy * positions[0]
        for link in 1..<max(masses.count, 1) { sum += thermalEnergy * positions[link] }
        for (mass, velocity) in zip(masses, velocities) { sum += 0.5 * mass * velocity * velocity }
        return sum
    }

    /// The force on η of a link: the surplus of the kinetic energy below it over its equipartition.
    private func force(on link: Int, _ twiceKineticEnergy: Double) -> Double {
        link == 0
            ? twiceKineticEnergy - Double(degreesOfFreedom) * thermalEnergy
            : masses[link - 1] * velocities[link - 1] * velocities[link - 1] - thermalEnergy
    }

    /// Half a `time` of one link's force, between two quarters of the friction by the link above.
    private mutating func kick(_ link: Int, force: Double, _ time: Double) {
        let friction = link + 1 < velocities.count ? exp(-0.25 * time * velocities[link + 1]) : 1
        velocities[link] = (velocities[link] * friction + 0.5 * time * force / masses[link]) * friction
    }

    public func encode(into encoder: inout CheckpointEncoder) {
        encoder.encode(positions)
        encoder.encode(velocities)
    }

    public mutating func restore(from decoder: inout CheckpointDecoder) throws {
        positions = try decoder.decodeDoubles(count: masses.count)
        velocities = try decoder.decodeDoubles(count: masses.count)
    }
}
