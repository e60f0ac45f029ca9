import DeepPotential
import Files
import Foundation
import Structures
import Testing

@Suite struct ModelDeviationTests {
    /// Two evaluations of three atoms that differ by 2 in chosen places, so that the population's deviations are 1.
    static func pair() -> [Evaluation] {
        var first = Evaluation()
        first.forces = [.zero, SIMD3(1, 2, 3), SIMD3(0, 0, 5)]
        first.virial = Matrix3(SIMD3(3, 0, 0), SIMD3(0, 3, 0), SIMD3(0, 0, 3))
        first.energy = 6
        var second = first
        second.forces[1] += SIMD3(2, 0, 0)
        second.forces[2] += SIMD3(2, -4, 4)
        second.virial += Matrix3(SIMD3(6, 12, 0), .zero, .zero)
        second.energy = 12
        return [first, second]
    }

    @Test("Population deviations of forces, and of virial and energy per atom")
    func byHand() {
        let deviation = ModelDeviation(Self.pair())
        #expect(deviation.atomicForces == [0, 1, 3])
        #expect(deviation.largestForce == 3 && deviation.smallestForce == 0)
        #expect(abs(deviation.meanForce - 4.0 / 3) < 1e-15)
        #expect(deviation.virial == [1, 2, 0, 0, 0, 0, 0, 0, 0])
        #expect(deviation.largestVirial == 2 && deviation.smallestVirial == 0)
        #expect(abs(deviation.meanVirial - 5.0.squareRoot() / 3) < 1e-15)
        #expect(deviation.energy == 1)
    }

    @Test("Equal models and a single model do not deviate")
    func none() {
        let one = Self.pair()[0]
        for evaluations in [[one], [one, one, one]] {
            let deviation = ModelDeviation(evaluations)
            #expect(deviation.largestForce == 0 && deviation.largestVirial == 0 && deviation.energy == 0)
        }
    }

    /// `reference-data/golden/model_devi.out`, written by deepmd.infer.calc_model_devi of DeePMD-kit 3.2.0 for the three
    /// tiny models. It prints seven digits, and one of the models is evaluated in float32 there.
    @Test("The deviation of three models as DeePMD-kit has it")
    func golden() throws {
        let expected = try ModelDeviationFile.read(GoldenModel.folder.appendingPathComponent("model_devi.out").path)
        let evaluators = try GoldenModel.plain.map { ReferenceEvaluator(try DPModel(contentsOf: $0.path)) }
        let system = try LabelledSystem.load(path: GoldenModel.oneSided.predictions("crystal"))
        #expect(expected.count == system.frameCount)
        for (frame, record) in expected.enumerated() {
            let structure = try system.structure(frame: frame)
            let found = ModelDeviationRecord(
                step: frame, ModelDeviation(try evaluators.map { try $0.evaluate(structure) }))
            #expect(found.step == record.step)
            let pairs: [(Double, Double)] = [
                (found.largestVirial, record.largestVirial), (found.smallestVirial, record.smallestVirial),
                (found.meanVirial, record.meanVirial), (found.largestForce, record.largestForce),
                (found.smallestForce, record.smallestForce), (found.meanForce, record.meanForce),
                (try #require(found.energy), try #require(record.energy)),
            ]
            for (value, reference) in pairs { #expect(abs(value - reference) < 5e-6 * reference) }
        }
    }

    /// The header is that of source/lmp/pair_deepmd.cpp: std::setw(11) after '#', then setw(19) each; rows are
    /// setw(12), then a blank and setw(18) with six decimals.
    @Test("model_devi.out as LAMMPS writes it")
    func dynamicsLayout() throws {
        let folder = try TemporaryFolder()
        let record = ModelDeviationRecord(step: 120, ModelDeviation(Self.pair()))
        try ModelDeviationFile.write([record], to: folder.file("model_devi.out"), layout: .dynamics)
        let text = try String(contentsOfFile: folder.file("model_devi.out"), encoding: .utf8)
        #expect(
            text == """
                #       step         max_devi_v         min_devi_v         avg_devi_v         max_devi_f         \
                min_devi_f         avg_devi_f
                         120       2.000000e+00       0.000000e+00       7.453560e-01       3.000000e+00       \
                0.000000e+00       1.333333e+00

                """)
        let read = try ModelDeviationFile.read(folder.file("model_devi.out"))
        #expect(read.count == 1 && read[0].step == 120 && read[0].largestForce == 3 && read[0].energy == nil)
        #expect(read[0].meanVirial == 7.45356e-01)
    }

    @Test("model_devi.out as dp model-devi writes it")
    func datasetLayout() throws {
        let folder = try TemporaryFolder()
        let record = ModelDeviationRecord(step: 3, ModelDeviation(Self.pair()))
        try ModelDeviationFile.write([record], to: folder.file("m.out"), layout: .dataset(name: "data/a"))
        let text = try String(contentsOfFile: folder.file("m.out"), encoding: .utf8)
        #expect(
            text == """
                # data/a
                # step      max_devi_v         min_devi_v         avg_devi_v         max_devi_f         \
                min_devi_f         avg_devi_f         devi_e             \n\
                           3       2.000000e+00       0.000000e+00       7.453560e-01       3.000000e+00       \
                0.000000e+00       1.333333e+00       1.000000e+00

                """)
        #expect(try ModelDeviationFile.read(folder.file("m.out"))[0].energy == 1)
    }

    @Test("A file that ends in the middle of a line is refused with the line")
    func truncated() throws {
        let folder = try TemporaryFolder()
        let text = ModelDeviationFile.header(.dynamics) + "           0       2.000000e+00       0.0000"
        try text.write(toFile: folder.file("m.out"), atomically: true, encoding: .utf8)
        let error = #expect(throws: InputError.self) { try ModelDeviationFile.read(folder.file("m.out")) }
        #expect(error?.place == "line 2")
    }
}
