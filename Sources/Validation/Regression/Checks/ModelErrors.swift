import DeepPotential
import Files
import Foundation
import Structures

/// Errors of every committed model on the committed frames of its level of theory.
struct ModelErrors: RegressionCheck {
    let name = "accuracy"
    let about =
        "Root mean square errors of energies, forces and virials of every model in reference-data/models on the frames in "
        + "reference-data/datasets: those of its own level of theory. Models of other labels are held against the PBE ones, where codes "
        + "differ: their energies' errors are split into the mean and the scatter about it."
    let reasons = [
        "rounding":
            "Float32 kernels sum in an order that depends on the width of the processor's vectors. Tables and Float32 "
            + "together change a single force at 1200 K by at most 0.08 meV/Å (Benchmarks/md-speed); errors over many forces "
            + "move by far less than the tenth of it that is allowed. Not yet measured on AVX-512 (mutate.py wide in "
            + "Benchmarks/mutation does)."
    ]

    private struct Task: Sendable {
        /// `LiGePS-PBE/model-000`.
        var label: String
        var model: String
        var systems: [LabelledSystem]
        /// Whether it learnt from labels of this code and functional.
        var isOwn: Bool
    }

    func measure(_ bench: RegressionBench) throws -> [Baseline] {
        let models = bench.models
        return try bench.map(tasks(bench.reference)) { task in
            try errors(task, models.model(task.model, isKept: false))
        }.flatMap { $0 }
    }

    func absence(of id: String, in folder: String) -> String? {
        let parts = id.split(separator: "/")
        guard parts.count > 2 else { return nil }
        let file = "models/\(parts[1])/\(parts[2])"
        let isThere = ["dp", "yaml"].contains { FileManager.default.fileExists(atPath: "\(folder)/\(file).\($0)") }
        return isThere ? nil : "\(file).dp"
    }

    private func tasks(_ reference: ReferenceData) throws -> [Task] {
        let folder = "\(reference.folder)/models"
        let rows = try JSONText.read(ModelCatalogue.self, from: "\(folder)/default.json").levels
        var data: [String: [LabelledSystem]] = [:]
        var tasks: [Task] = []
        for name in try InputFile.names(in: folder) where InputFile.isFolder("\(folder)/\(name)") {
            let models = try InputFile.names(in: "\(folder)/\(name)").filter {
                $0.hasSuffix(".dp") || $0.hasSuffix(".yaml")
            }
            let own = rows.first { $0.models == name }?.data
            let set = own ?? "PBE"
            if data[set] == nil { data[set] = try Self.systems("\(reference.folder)/datasets/\(set)") }
            tasks += models.map { file in
                let stem = file.split(separator: ".")[0]
                return Task(
                    label: "\(name)/\(stem)", model: "\(folder)/\(name)/\(file)", systems: data[set] ?? [],
                    isOwn: own != nil)
            }
        }
        return tasks
    }

    private static func systems(_ folder: String) throws -> [LabelledSystem] {
        let names = try LabelledSystem.folders(under: folder)
        guard !names.isEmpty else {
            throw InputError(file: folder, problem: "there are no labelled frames here", mend: "restore the folder")
        }
        return try names.map { try LabelledSystem.load(path: "\(folder)/\($0)") }
    }

    private func errors(_ task: Task, _ model: CompressedModel) throws -> [Baseline] {
        let evaluator = CompressedEvaluator(model)
        return try Material.allCases.filter { evaluator.model.typeMap.contains($0.rawValue) }.flatMap { material in
            let systems = task.systems.filter { system in
                system.types.contains { system.typeMap[$0] == material.rawValue }
            }
            var energies: [Double] = []
            let report = try TestReport(evaluator, on: systems) { system, frame, found in
                energies.append((found.energy - system.energies[frame]) / Double(system.atomCount))
            }
            func found(_ id: String, _ error: Double, _ unit: String, _ tolerance: Double) -> Baseline {
                .number(
                    "\(name)/\(task.label)/\(material.rawValue)/\(id)", 1000 * error, unit: unit, tolerance: tolerance,
                    "rounding")
            }
            let mean = energies.reduce(0, +) / Double(energies.count)
            let scatter = energies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(energies.count)
            let energy =
                task.isOwn
                ? [found("energy", report.energyPerAtom.rmse, "meV/atom", 0.001)]
                : [
                    found("energy", scatter.squareRoot(), "meV/atom", 0.001),
                    found("energy-mean", mean, "meV/atom", 0.001),
                ]
            return energy + [
                found("force", report.forces.rmse, "meV/Å", 0.005),
                found("virial", report.virialPerAtom.rmse, "meV/atom", 0.002),
            ]
        }
    }
}
