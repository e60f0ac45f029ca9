import Structures

/// Ionic conductivity of a single mobile species from its tracer diffusion coefficient.
public enum NernstEinstein {
    /// σ = n z² e² D / (k_B T H_R), in mS/cm.
    ///
    /// - Parameters:
    ///   - diffusion: D (m²/s) with its error.
    ///   - ions: number of mobile ions in the cell.
    ///   - volume: of the cell (Å³).
    ///   - temperature: K.
    ///   - charge: z, in units of e.
    ///   - havenRatio: D_tracer / D_σ; one neglects correlations between ions.
    public static func conductivity(
        diffusion: Estimate, ions: Int, volume: Double, temperature: Double, charge: Double = 1,
        havenRatio: Double = 1, constants: PhysicalConstants = .codata2018
    ) -> Estimate {
        // e²/(k_B T) is e divided by (k_B T / e), the latter being k_B T in eV read as volts.
        let thermalVoltage = constants.boltzmann * temperature
        let density = Double(ions) / (volume * 1e-30)
        let siemensPerMetre = density * charge * charge * PhysicalConstants.elementaryCharge / thermalVoltage
        return diffusion.scaled(by: 10 * siemensPerMetre / havenRatio)
    }
}
