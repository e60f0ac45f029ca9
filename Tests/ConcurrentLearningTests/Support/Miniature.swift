import Calculations
import DeepPotential
import Execution
import Files
import Foundation
import Labelling
import Parallel
import Structures

@testable import ConcurrentLearning

/// A whole loop that takes seconds: Li10GeP2S12, two tiny nets, labels by one of the package's models.
final class Miniature: Sendable {
    let folder: TestFolder
    var param: String { "\(folder.path)/param.json" }

    /// The package's small net: its tables are made in a moment.
    static let teacher: String = {
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { package.deleteLastPathComponent() }
        return package.appendingPathComponent("reference-data/models/LiGePS-PBE/model-000.dp").path
    }()

    /// - Parameter changes: replace pieces of `text`.
    init(_ changes: [(String, String)] = []) throws {
        folder = try TestFolder()
        let teacher = CompressedEvaluator(CompressedModel(try DPModel(contentsOf: Self.teacher)))
        try Self.label(8, seed: 1, by: teacher, to: "\(folder.path)/init")
        try Self.label(4, seed: 2, by: teacher, to: "\(folder.path)/hold")
        let ordered = try LGPSTestCell.ordered()
        try StructureFile.write(ordered, to: "\(folder.path)/ordered.vasp")
        let sites = try FourDSites.indices(in: ordered)
        try StructureFile.write(
            FourDSites.arranged(ordered, over: sites, seed: 1), to: "\(folder.path)/disordered.vasp")
        var text = Self.text
        for (old, new) in changes {
            precondition(text.contains(old), "there is no '\(old)' to replace")
            text = text.replacingOccurrences(of: old, with: new)
        }
        try AtomicFile.write(text, to: param)
    }

    private static func label(
        _ count: Int, seed: UInt64, by teacher: CompressedEvaluator, to path: String
    ) throws {
        let frames = try PerturbedCells(material: .germanium, cell: nil, count: count, seed: seed, strain: 0.02)
            .frames()
            .map { frame in
                let evaluation = try teacher.evaluate(frame.structure)
                return ExtendedXYZ.Frame(
                    structure: frame.structure, energy: evaluation.energy, forces: evaluation.forces,
                    virial: evaluation.virial)
            }
        // Disordered frames have another order of elements: a system for each.
        for (number, frames) in Dictionary(grouping: frames, by: \.structure.species).values.enumerated() {
            try LabelledSystem(name: "perturbed", frames: frames).write(to: "\(path)/system-\(number)")
        }
    }

    func input() throws -> LearningProtocol { try LearningProtocol(contentsOf: param) }

    func plan(_ store: Store, acceptsFailures: Bool = false) throws -> LearningPlan {
        let input = try input()
        return LearningPlan(
            input, try LearningInputs(input, library: store.inputs), acceptsFailures: acceptsFailures)
    }

    func store(_ name: String = "store") throws -> Store { try Store("\(folder.path)/\(name)") }

    /// Runs the loop to its end, or to a stop.
    func run(
        _ name: String = "run", on engine: any Engine = LocalEngine(cores: 2), stop: StopFlag = StopFlag()
    ) async throws -> LearningRecord {
        let store = try store("\(name)-store")
        let loop = LearningLoop(
            try plan(store), in: Workplace(store, program: "test"), output: "\(folder.path)/\(name)", stop: stop)
        return try await loop.run(on: engine)
    }

    /// So few steps that the nets stay poor: the trust levels are as wide.
    static let text = """
        {
          "type_map": ["Li", "Ge", "P", "S"],
          "init_data_prefix": "",
          "init_data_sys": ["init"],
          "sys_configs": [["ordered.vasp"], ["disordered.vasp"]],
          "numb_models": 2,
          "training_reuse_iter": 1, "training_reuse_numb_steps": 100, "training_reuse_old_ratio": "auto",
          "default_training_param": {
            "model": {
              "descriptor": {"type": "se_e2_a", "rcut": 5.0, "rcut_smth": 2.0, "sel": "auto:1.5", "neuron": [6, 12],
                "axis_neuron": 4, "precision": "float32"},
              "fitting_net": {"neuron": [16, 16], "precision": "float32"}
            },
            "learning_rate": {"type": "exp", "start_lr": 0.01, "stop_lr": 0.0005, "decay_steps": 20},
            "loss": {"start_pref_e": 0.02, "limit_pref_e": 1, "start_pref_f": 1000, "limit_pref_f": 10},
            "training": {"training_data": {"batch_size": "mixed:100"}, "numb_steps": 200, "disp_freq": 100,
              "save_freq": 100}
          },
          "model_devi_dt": 0.002,
          "model_devi_skip": 0,
          "model_devi_f_trust_lo": 0.05,
          "model_devi_f_trust_hi": 20,
          "model_devi_jobs": [
            {"sys_idx": [0], "temps": [100, 300], "press": [1], "trj_freq": 5, "nsteps": 50, "ensemble": "npt-aniso"},
            {"sys_idx": [1], "temps": [300], "trj_freq": 5, "nsteps": 50, "ensemble": "nvt"}
          ],
          "fp_style": "model",
          "user_fp_params": {"model": "\(teacher)"},
          "fp_task_max": 4,
          "fp_task_min": 1,
          "lgps_bench": {"hold_out": ["hold"], "spacing": 0.01}
        }
        """
}
