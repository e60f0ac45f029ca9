/// The weights of the loss in one step.
public struct Prefactors: Equatable, Sendable {
    public var energy: Double
    public var force: Double
    public var virial: Double

    public init(energy: Double, force: Double, virial: Double) {
        self.energy = energy
        self.force = force
        self.virial = virial
    }
}

/// Sums of squared errors over frames, and what DeePMD-kit reports of them.
public struct ErrorSums: Equatable, Sendable, Codable {
    /// Σ (ΔE/N)² (eV²), and frames.
    public var energy = 0.0
    public var frames = 0
    /// Σ |ΔF|² (eV²/Å²), and components.
    public var force = 0.0
    public var components = 0
    /// Σ (ΔΞ/N)² (eV²), and components.
    public var virial = 0.0
    public var virialComponents = 0

    public init() {}

    public static func += (l: inout ErrorSums, r: ErrorSums) {
        l.energy += r.energy
        l.frames += r.frames
        l.force += r.force
        l.components += r.components
        l.virial += r.virial
        l.virialComponents += r.virialComponents
    }

    /// eV/atom; NaN without frames.
    public var energyRMSE: Double { (energy / Double(frames)).squareRoot() }
    /// eV/Å.
    public var forceRMSE: Double { (force / Double(components)).squareRoot() }
    /// eV/atom; NaN where no frame carries a virial.
    public var virialRMSE: Double { (virial / Double(virialComponents)).squareRoot() }
}
