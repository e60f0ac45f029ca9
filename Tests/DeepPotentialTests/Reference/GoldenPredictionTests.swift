import DeepPotential
import Foundation
import Structures
import Testing

/// Agreement with DeePMD-kit 3.2.0 (golden/README.md).
@Suite(.enabled(if: SharedData.hasGolden, "needs ../shared/golden"))
struct GoldenPredictionTests {
    static let systems = [
        "LiGePS-init.system", "LiGePS-iter.000003-data.003", "LiGePS-iter.000013-data.021",
        "iter.000001_02.fp_data.001",
    ]

    /// Largest deviation relative to the largest reference value. Both programs work in Double and agree to 5e-14 where
    /// this was measured; DeePMD-kit evaluates float32 nets in float32, which costs 3e-6.
    static let models = [
        ("standard-float64", 1e-12), ("tiny-two-sided-float64", 1e-12), ("interim-float32", 1e-5),
    ]

    @Test("Energies, forces and virials as predicted by DeePMD-kit", arguments: models, systems)
    func agreement(model: (name: String, tolerance: Double), system: String) throws {
        let evaluator = ReferenceEvaluator(try DPModel(contentsOf: SharedData.model("\(model.name)/model.dp")))
        let folder = SharedData.model("\(model.name)/predictions/\(system)")
        let predictions = try LabelledSystem.load(path: folder)
        let atomicEnergies = try NpyArray(contentsOf: "\(folder)/set.000/atom_ener.npy").values
        for frame in 0..<predictions.frameCount {
            let result = try evaluator.evaluate(predictions.structure(frame: frame))
            let atoms = frame * predictions.atomCount..<(frame + 1) * predictions.atomCount
            #expect(deviation([result.energy], [predictions.energies[frame]]) < model.tolerance)
            #expect(deviation(result.atomicEnergies, atomicEnergies[atoms]) < model.tolerance)
            let forces = result.forces.flatMap { [$0.x, $0.y, $0.z] }
            #expect(
                deviation(forces, predictions.forces[atoms.lowerBound * 3..<atoms.upperBound * 3]) < model.tolerance)
            let virial = try #require(predictions.virial(frame: frame))
            #expect(deviation(result.virial.rowMajor, virial.rowMajor) < model.tolerance)
        }
        #expect(evaluator.overflow.isEmpty)
    }
}

/// max|value − reference| / max|reference|.
func deviation(_ values: some Collection<Double>, _ reference: some Collection<Double>) -> Double {
    precondition(values.count == reference.count)
    let largest = reference.lazy.map(abs).max() ?? 0
    return (zip(values, reference).lazy.map { abs($0 - $1) }.max() ?? 0) / largest
}
