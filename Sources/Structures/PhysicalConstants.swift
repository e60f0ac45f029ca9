/// The constants that dynamics needs, in the project's units (Å, eV, ps, amu, K).
///
/// Everything uses `codata2018`; `lammpsMetal` exists to compare trajectories with LAMMPS digit by digit.
public struct PhysicalConstants: Equatable, Sendable {
    /// k_B (eV/K).
    public var boltzmann: Double
    /// amu·Å²/ps² in eV: multiplies m v² to give an energy.
    public var massVelocitySquaredToEnergy: Double

    /// CODATA 2018: k_B and e are exact, u = 1.66053906660e-27 kg.
    public static let codata2018 = PhysicalConstants(
        boltzmann: 8.617333262e-5, massVelocitySquaredToEnergy: 1.0364269652680506e-4)

    /// LAMMPS `units metal` (update.cpp), which keeps older values.
    public static let lammpsMetal = PhysicalConstants(
        boltzmann: 8.617343e-5, massVelocitySquaredToEnergy: 1.0364269e-4)

    /// eV/Å³ in GPa.
    public static let pressureToGPa = 160.2176634
    /// GPa in bar.
    public static let gigapascalToBar = 1e4
    /// e (C).
    public static let elementaryCharge = 1.602176634e-19
    /// Å²/ps in m²/s.
    public static let diffusionToSI = 1e-8
}
