import Structures

/// What a code says about one structure: energy, forces, virial, and what it cost.
public struct Label: Codable, Equatable, Sendable {
    /// Total energy (eV).
    public var energy: Double
    /// One per atom (eV/Å), in the structure's order.
    public var forces: [SIMD3<Double>]
    /// Ξ_ab = Σ F_a r_b (eV), so that the stress is −Ξ/V, tensile positive; nil when the code gave none.
    public var virial: Matrix3?
    /// Self-consistency steps, where the code has any.
    public var selfConsistencySteps: Int?
    /// Elapsed seconds.
    public var wallTime: Double
    /// The code that made the label, with its version: "CP2K version 2023.1".
    public var code: String

    public init(
        energy: Double, forces: [SIMD3<Double>], virial: Matrix3?, selfConsistencySteps: Int? = nil,
        wallTime: Double = 0, code: String
    ) {
        self.energy = energy
        self.forces = forces
        self.virial = virial
        self.selfConsistencySteps = selfConsistencySteps
        self.wallTime = wallTime
        self.code = code
    }

    /// −Ξ/V in GPa, tensile positive.
    public func stress(volume: Double) -> Matrix3? {
        virial.map { (-PhysicalConstants.pressureToGPa / volume) * $0 }
    }
}
