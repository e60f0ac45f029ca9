import Statistics

/// The measurements that a batch gives the Kalman filter, as DeePMD-kit's: one of the energies, then one of each of a few
/// groups of forces.
///
/// Each is a sum of predictions, every one with the sign of its own error, so that the error is a mean of absolute
/// errors.
struct KalmanMeasurement {
    /// label − prediction.
    let error: Double
    /// What the engine's reverse sweep needs for dh/dθ: factors of the frames' energies, and displacements whose
    /// derivative of the energy is Σ F·c.
    let seeds: [Float]
    let directions: [Float]

    /// h = Σ_f ±E_f/(N_f·B) over the B frames.
    static func energy(
        _ frames: [TrainingFrame], _ predictions: [GradientEngine.Prediction], prefactor: Double
    ) -> KalmanMeasurement {
        let count = Double(frames.count)
        var error = 0.0
        let seeds = zip(frames, predictions).map { frame, prediction in
            let difference = (frame.energy - prediction.energy) / Double(frame.atomCount)
            error += abs(difference)
            let sign: Double = difference < 0 ? -1 : 1
            return Float(sign * prefactor / (Double(frame.atomCount) * count))
        }
        let atoms = frames.reduce(0) { $0 + $1.atomCount }
        return KalmanMeasurement(
            error: prefactor * error / count * count.squareRoot(), seeds: seeds,
            directions: Array(repeating: 0, count: 3 * atoms))
    }

    /// h = Σ ±F_k/(N_f·B) over the components of the group's atoms.
    ///
    /// - Parameter groups: the atoms of each frame that are measured.
    static func force(
        _ frames: [TrainingFrame], _ predictions: [GradientEngine.Prediction], groups: [[Int]], prefactor: Double
    ) -> KalmanMeasurement {
        let count = Double(frames.count)
        var directions: [Float] = []
        var error = 0.0
        for (frame, (prediction, group)) in zip(frames, zip(predictions, groups)) {
            var own = [Float](repeating: 0, count: 3 * frame.atomCount)
            let scale = prefactor / (Double(frame.atomCount) * count)
            var sum = 0.0
            for atom in group {
                for k in 3 * atom..<3 * atom + 3 {
                    let difference = frame.forces[k] - prediction.forces[k]
                    sum += Double(abs(difference))
                    // Moving along c changes the energy by −F·c.
                    own[k] = Float(difference < 0 ? scale : -scale)
                }
            }
            error += sum / Double(3 * group.count * frame.atomCount)
            directions += own
        }
        return KalmanMeasurement(
            error: prefactor * error / count * count.squareRoot(),
            seeds: Array(repeating: 0, count: frames.count), directions: directions)
    }
}
