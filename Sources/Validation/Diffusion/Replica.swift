import MolecularDynamics
import Reporting
import Statistics
import Structures

/// One MD run of a diffusion plan.
struct Replica: Codable, Equatable, Sendable {
    /// K.
    var temperature: Double
    /// Counts the runs at this temperature from 0.
    var index: Int
    /// Production (ps).
    var picoseconds: Double

    /// Its folder below `md/`.
    var name: String { "\(Int(temperature.rounded()))K-\(index)" }
}

/// What one MD run has found.
struct ReplicaResult: Codable, Equatable, Sendable {
    var replica: Replica
    /// From parts of the trajectory of growing length, the last being all of it.
    var lengths: [DiffusionAtLength]
    /// Mean over the production (K).
    var temperature: Estimate
    /// Of the conserved quantity, per atom and time (meV/ps).
    var drift: Double

    var final: DiffusionAtLength { lengths[lengths.count - 1] }
}

/// What the first so many picoseconds of a trajectory tell about diffusion.
struct DiffusionAtLength: Codable, Equatable, Sendable {
    /// ps.
    var picoseconds: Double
    var result: DiffusionResult
    /// MSD/6τ at a quarter of the length (m²/s): what one would read off if the motion were diffusive.
    var apparent: Double

    init(picoseconds: Double, result: DiffusionResult, apparent: Double) {
        self.picoseconds = picoseconds
        self.result = result
        self.apparent = apparent
    }

    init(_ milestone: DisplacementRecorder.Milestone) {
        let curve = milestone.curve
        let quarter = curve.lags.lastIndex { 4 * $0 <= curve.frameCount - 1 } ?? 0
        self.init(
            picoseconds: milestone.time, result: milestone.diffusion,
            apparent: curve.total[quarter] / (6 * curve.times[quarter]) * PhysicalConstants.diffusionToSI)
    }
}
