import DeepPotential
import Structures

/// Predicts the same energy and the same force on every atom, whatever the structure.
final class ConstantPotential: Potential {
    private let energy: Double
    private let force: SIMD3<Double>

    init(energy: Double, force: SIMD3<Double>) { (self.energy, self.force) = (energy, force) }

    func evaluate(_ structure: Structure, into evaluation: inout Evaluation) throws {
        evaluation = Evaluation()
        evaluation.energy = energy
        evaluation.atomicEnergies = Array(repeating: energy / Double(structure.count), count: structure.count)
        evaluation.forces = Array(repeating: force, count: structure.count)
    }
}
