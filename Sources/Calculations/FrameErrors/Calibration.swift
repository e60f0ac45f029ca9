import DeepPotential
import Files

/// Whether the models' deviation from each other tells their error: squared force errors by the deviation of the atom.
public struct Calibration: Codable, Equatable, Sendable {
    /// eV/Å of deviation.
    public static let binWidth = 0.02
    /// Atoms by the deviation ε_i = √⟨|F_i − ⟨F_i⟩|²⟩ (`ModelDeviation`); the last bin takes all beyond.
    public private(set) var counts = [Int](repeating: 0, count: 50)
    /// Σ |F_i − F_i(DFT)|² of the first model (eV²/Å²).
    public private(set) var squaredErrors = [Double](repeating: 0, count: 50)

    public init() {}

    mutating func add(_ evaluations: [Evaluation], labels: [SIMD3<Double>]) {
        let deviation = ModelDeviation(evaluations)
        for (atom, label) in labels.enumerated() {
            let bin =
                Count.rounding(deviation.atomicForces[atom] / Self.binWidth, .down, in: 0...counts.count - 1)
                ?? counts.count - 1
            let error = evaluations[0].forces[atom] - label
            counts[bin] += 1
            squaredErrors[bin] += error.x * error.x + error.y * error.y + error.z * error.z
        }
    }

    public mutating func merge(_ other: Calibration) {
        for bin in counts.indices {
            counts[bin] += other.counts[bin]
            squaredErrors[bin] += other.squaredErrors[bin]
        }
    }
}
