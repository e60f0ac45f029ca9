import Structures

/// ⟨|r(t + Δt) − r(t)|²⟩ over atoms and time origins, as a function of the lag Δt.
public struct MeanSquaredDisplacement: Equatable, Sendable, Codable {
    /// Time between successive frames (ps).
    public let frameInterval: Double
    /// Frames of the trajectory.
    public let frameCount: Int
    /// Atoms averaged over.
    public let atomCount: Int
    /// Lags in frames, ascending, greater than zero.
    public let lags: [Int]
    /// Time origins averaged over, one number per lag.
    public let origins: [Int]
    /// Along x, y and z (Å²), one per lag.
    public let axes: [SIMD3<Double>]

    /// Lags (ps).
    public var times: [Double] { lags.map { Double($0) * frameInterval } }
    /// Sum over the axes (Å²), one per lag.
    public var total: [Double] { axes.map { $0.sum() } }
}
