import Statistics
import Structures

extension MDState {
    /// Draws velocities from the Maxwell-Boltzmann distribution, removes the total momentum and scales them to exactly
    /// `temperature` (K), as LAMMPS `velocity create ... mom yes`.
    public mutating func drawVelocities(temperature: Double, from random: inout RandomStream) {
        for i in velocities.indices {
            let spread =
                (constants.boltzmann * temperature / (masses[i] * constants.massVelocitySquaredToEnergy)).squareRoot()
            velocities[i] = random.gaussianVector(standardDeviation: spread)
        }
        removeMomentum()
        let drawn = self.temperature
        if drawn > 0 { scaleVelocities(by: (temperature / drawn).squareRoot()) }
    }

    /// Subtracts the velocity of the centre of mass.
    public mutating func removeMomentum() {
        let drift = momentum / masses.reduce(0, +)
        for i in velocities.indices { velocities[i] -= drift }
    }
}
