import DeepPotential
import Files
import Foundation
import Structures

/// Both evaluators against stored predictions of DeePMD-kit, and the fast one against the slow one on the default models.
struct EvaluatorAgreement: RegressionCheck {
    let name = "evaluators"
    let about =
        "Largest difference of energies, forces and virials from what DeePMD-kit 3.2.0 predicts (reference-data/golden), over the largest "
        + "value, for the reference evaluator and the fast one; and of the fast one from the reference one on a committed frame "
        + "with each default ensemble's first model."
    let reasons = [
        "double":
            "Both programs work in Double and differ by 5e-14 of the largest value where this was measured; DeePMD-kit's float32 nets cost "
            + "3e-6.",
        "tables":
            "Tables and Float32: which digits are lost depends on the width of the processor's vectors, how many does not; a "
            + "difference that grows by half shows a fault.",
    ]

    func measure(_ bench: RegressionBench) throws -> [Baseline] {
        try golden("\(bench.reference.folder)/golden", bench) + defaults(bench)
    }

    func absence(of id: String, in folder: String) -> String? {
        let parts = id.split(separator: "/")
        guard parts.count == 6, parts[1] == "golden" else { return nil }
        let path = "golden/predictions/\(parts[2])/\(parts[3])"
        return FileManager.default.fileExists(atPath: "\(folder)/\(path)") ? nil : path
    }

    // MARK: - DeePMD-kit's predictions

    private func golden(_ folder: String, _ bench: RegressionBench) throws -> [Baseline] {
        let names = try InputFile.names(in: "\(folder)/predictions")
        return try bench.map(names) { name -> [Baseline] in
            let files = ["dp", "yaml"].map { "\(folder)/\(name).\($0)" }
            let model = try DPModel(contentsOf: files.first(where: FileManager.default.fileExists(atPath:)) ?? files[0])
            let isFloat = model.descriptor.precision == .float32
            return try InputFile.names(in: "\(folder)/predictions/\(name)").flatMap { system -> [Baseline] in
                let labels = try LabelledSystem.load(path: "\(folder)/predictions/\(name)/\(system)")
                let slow = try Self.difference(of: ReferenceEvaluator(model), from: labels)
                let fast = try Self.difference(of: CompressedEvaluator(model: model), from: labels)
                let id = "golden/\(name)/\(system)"
                return slow.baselines("\(self.name)/\(id)/reference", reason: "double") { _ in isFloat ? 1e-5 : 1e-12 }
                    + fast.baselines("\(self.name)/\(id)/fast", reason: "tables", tolerance: Self.half)
            }
        }.flatMap { $0 }
    }

    /// Half of the difference itself, or what is far below any that matters.
    private static func half(_ difference: Double) -> Double { max(0.5 * difference, 1e-6) }

    /// max|prediction − label| / max|label| over the frames.
    private static func difference(of potential: some Potential, from labels: LabelledSystem) throws -> Difference {
        var worst = Difference()
        for frame in 0..<labels.frameCount {
            let found = try potential.evaluate(try labels.structure(frame: frame))
            worst.energy = max(worst.energy, abs(found.energy / labels.energies[frame] - 1))
            worst.force = max(
                worst.force,
                relative(found.forces.flatMap(\.components), labels.forces(frame: frame).flatMap(\.components)))
            if let virial = labels.virial(frame: frame) {
                worst.virial = max(worst.virial, relative(found.virial.rowMajor, virial.rowMajor))
            }
        }
        return worst
    }

    private static func relative(_ found: [Double], _ expected: [Double]) -> Double {
        let largest = expected.map { abs($0) }.max() ?? 0
        return (zip(found, expected).map { abs($0 - $1) }.max() ?? 0) / largest
    }

    // MARK: - Fast against slow

    private func defaults(_ bench: RegressionBench) throws -> [Baseline] {
        let folder = bench.reference.folder
        let rows = try JSONText.read(ModelCatalogue.self, from: "\(folder)/models/default.json").levels
        let models = bench.models
        return try bench.map(rows) { row -> [Baseline] in
            let path = try ModelFiles.expand("\(folder)/models/\(row.models)")[0]
            let fastEvaluator = CompressedEvaluator(try models.model(path, isKept: true))
            let material = row.materials.last ?? .germanium
            let system = try LabelledSystem.load(path: "\(folder)/datasets/PBE/\(material.name)-md")
            // A hot frame: 1200 K.
            let structure = try system.structure(frame: min(4, system.frameCount - 1))
            let slow = try ReferenceEvaluator(fastEvaluator.model).evaluate(structure)
            let fast = try fastEvaluator.evaluate(structure)
            let atoms = Double(structure.count)
            let worst = Difference(
                energy: abs(fast.energy - slow.energy) / atoms * 1000,
                force: 1000
                    * (zip(fast.forces, slow.forces).map { ($0 - $1).components.map { abs($0) }.max()! }.max() ?? 0),
                virial: 1000 * (fast.virial - slow.virial).rowMajor.map { abs($0) }.max()! / atoms)
            let id = "\(name)/default/\(row.level.name)/\(material.rawValue)"
            return worst.baselines(id, units: ("meV/atom", "meV/Å", "meV/atom"), reason: "tables") { max($0, 0.002) }
        }.flatMap { $0 }
    }

    /// Largest differences of a kind.
    private struct Difference {
        var energy = 0.0
        var force = 0.0
        var virial = 0.0

        func baselines(
            _ id: String, units: (String, String, String) = ("", "", ""), reason: String,
            tolerance: (Double) -> Double
        ) -> [Baseline] {
            [("energy", energy, units.0), ("force", force, units.1), ("virial", virial, units.2)].map {
                .number("\(id)/\($0)", $1, unit: $2, tolerance: tolerance($1), reason)
            }
        }
    }
}

extension SIMD3<Double> {
    fileprivate var components: [Double] { [x, y, z] }
}
