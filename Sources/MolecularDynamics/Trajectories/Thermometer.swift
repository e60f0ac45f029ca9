import Files
import Structures

/// The mean kinetic temperature of a trajectory's frames, where they have velocities.
struct Thermometer {
    private var sum = 0.0
    private var frames = 0
    private var atoms = 0

    mutating func add(_ structure: Structure) {
        guard structure.velocities != nil, structure.count > 1 else { return }
        sum += MDState(structure: structure).temperature
        frames += 1
        atoms = structure.count
    }

    /// K; nil without velocities.
    var mean: Double? { frames > 0 && sum > 0 ? sum / Double(frames) : nil }

    /// A temperature that is not the run's gives a conductivity of nothing.
    ///
    /// - Throws: `InputError` when it differs by more than a tenth and three standard deviations.
    func check(_ temperature: Double, _ path: String) throws {
        guard temperature > 0, temperature.isFinite else {
            throw InputError(place: "--temperature", problem: "\(temperature) K is no temperature")
        }
        guard let mean else { return }
        // Of one frame's kinetic energy; of ten frames, as those close in time tell nothing new.
        let spread = (2 / (3 * Double(atoms))).squareRoot() / Double(min(frames, 10)).squareRoot()
        guard abs(temperature - mean) <= max(0.1, 3 * spread) * mean else {
            throw InputError(
                file: path, place: "--temperature",
                problem: "the velocities in the file are those of \(mean.rounded()) K, not of \(temperature) K",
                mend: "give the run's temperature; another needs D at another temperature")
        }
    }
}
