import DeepPotential
import Foundation
import Structures
import Testing

/// Agreement of the reference with DeePMD-kit 3.2.0.
@Suite struct GoldenPredictionTests {
    /// Both programs work in Double and agree to 5e-14 of the largest value where this was measured.
    static let tolerance = 1e-12
    /// DeePMD-kit evaluates float32 nets in float32, which was measured to cost 3e-6.
    static let float32Tolerance = 1e-5

    @Test("Tiny models of this project", arguments: GoldenModel.allCases, ["crystal", "cluster"])
    func tiny(golden: GoldenModel, system: String) throws {
        let model = try DPModel(contentsOf: golden.path)
        #expect(model == golden.model, "the file must be made anew (reference-data/golden/make.sh)")
        let tolerance = golden == .float32 ? Self.float32Tolerance : Self.tolerance
        try Self.check(model, predictions: golden.predictions(system), tolerance: tolerance)
    }

    /// Trained models and real structures of 50 to 400 atoms (golden/README.md there).
    @Test(
        "Trained models", .enabled(if: SharedData.hasGolden, "needs ../shared/golden"),
        arguments: ["standard-float64", "tiny-two-sided-float64", "interim-float32"],
        [
            "LiGePS-init.system", "LiGePS-iter.000003-data.003", "LiGePS-iter.000013-data.021",
            "iter.000001_02.fp_data.001",
        ])
    func trained(name: String, system: String) throws {
        try Self.check(
            DPModel(contentsOf: SharedData.model("\(name)/model.dp")),
            predictions: SharedData.model("\(name)/predictions/\(system)"),
            tolerance: name.hasSuffix("float32") ? Self.float32Tolerance : Self.tolerance)
    }

    /// Compares every quantity of every frame; `tolerance` is relative to the quantity's largest value in the frame.
    private static func check(_ model: DPModel, predictions folder: String, tolerance: Double) throws {
        let evaluator = ReferenceEvaluator(model)
        let predictions = try LabelledSystem.load(path: folder)
        let atomicEnergies = try NpyArray(contentsOf: "\(folder)/set.000/atom_ener.npy").values
        try #require(predictions.frameCount > 0)
        for frame in 0..<predictions.frameCount {
            let result = try evaluator.evaluate(predictions.structure(frame: frame))
            let atoms = frame * predictions.atomCount..<(frame + 1) * predictions.atomCount
            #expect(deviation([result.energy], [predictions.energies[frame]]) < tolerance)
            #expect(deviation(result.atomicEnergies, atomicEnergies[atoms]) < tolerance)
            let forces = result.forces.flatMap { [$0.x, $0.y, $0.z] }
            let expected = predictions.forces[atoms.lowerBound * 3..<atoms.upperBound * 3]
            #expect(deviation(forces, expected) < tolerance)
            let virial = try #require(predictions.virial(frame: frame))
            #expect(deviation(result.virial.rowMajor, virial.rowMajor) < tolerance)
            #expect(evaluator.overflow.isEmpty, "DeePMD-kit drops neighbours beyond sel")
        }
    }

    /// max|value − reference| / max|reference|.
    private static func deviation(_ values: some Collection<Double>, _ reference: some Collection<Double>) -> Double {
        precondition(values.count == reference.count)
        let largest = reference.lazy.map { abs($0) }.max() ?? 0
        return (zip(values, reference).lazy.map { abs($0 - $1) }.max() ?? 0) / largest
    }
}
