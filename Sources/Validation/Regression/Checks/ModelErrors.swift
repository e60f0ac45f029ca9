import DeepPotential
import Files
import Structures

/// Errors of every committed model on the committed frames of its level of theory.
struct ModelErrors: RegressionCheck {
    let name = "accuracy"
    let about =
        "Root mean square errors of energies, forces and virials of every model in reference-data/models on the frames in "
        + "reference-data/datasets: those of its own level of theory, or the PBE ones for models of other labels (which adds a constant "
        + "difference of the codes, and a large one of the energies)."
    let reasons = [
        "rounding":
            "Float32 kernels sum in an order that depends on the width of the processor's vectors. Benchmarks/mutation/README.md lists "
            + "by how much errors then differ; the tolerance is some ten times that."
    ]

    private struct Task: Sendable {
        /// `LiGePS-PBE/model-000`.
        var label: String
        var model: String
        var systems: [LabelledSystem]
    }

    func measure(_ bench: RegressionBench) throws -> [Baseline] {
        try bench.map(tasks(bench.reference)) { try errors($0) }.flatMap { $0 }
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
            let set = rows.first { $0.models == name }?.data ?? "PBE"
            if data[set] == nil { data[set] = try Self.systems("\(reference.folder)/datasets/\(set)") }
            tasks += models.map { file in
                let stem = file.split(separator: ".")[0]
                return Task(label: "\(name)/\(stem)", model: "\(folder)/\(name)/\(file)", systems: data[set] ?? [])
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

    private func errors(_ task: Task) throws -> [Baseline] {
        let model = try DPModel(contentsOf: task.model)
        let evaluator = CompressedEvaluator(model: model)
        return try Material.allCases.filter { model.typeMap.contains($0.rawValue) }.flatMap { material in
            let systems = task.systems.filter { system in
                system.types.contains { system.typeMap[$0] == material.rawValue }
            }
            let report = try TestReport(evaluator, on: systems)
            func found(_ id: String, _ error: ErrorStatistics, _ unit: String, _ tolerance: Double) -> Baseline {
                .number(
                    "\(name)/\(task.label)/\(material.rawValue)/\(id)", 1000 * error.rmse, unit: unit,
                    tolerance: tolerance, "rounding")
            }
            return [
                found("energy", report.energyPerAtom, "meV/atom", 0.001), found("force", report.forces, "meV/Å", 0.005),
                found("virial", report.virialPerAtom, "meV/atom", 0.002),
            ]
        }
    }
}
