import Statistics
import Structures

extension DisplacementStatistics {
    /// MSD/6τ at a quarter of the length (m²/s): what one would read off if the motion were diffusive.
    public var apparentDiffusion: Double {
        let quarter = curve.lags.lastIndex { 4 * $0 <= curve.frameCount - 1 } ?? 0
        return curve.total[quarter] / (6 * curve.times[quarter]) * PhysicalConstants.diffusionToSI
    }
}
