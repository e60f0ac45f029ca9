import Files
import Foundation
import Structures
import Testing

/// `lgps-bench dpgen` as a user runs it, and as someone kills it; the loop itself is tested in ConcurrentLearningTests.
@Suite(.serialized) struct DPGENCommandTests {
    private static let teacher =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/reference-data/models/LiGePS-PBE/model-000.dp"

    /// A loop of a few seconds in `folder`.
    private static func prepare(_ folder: String) async throws {
        let label = try await CommandLineTests.lgps(
            "label", "--code", "model", "--model", teacher, "--perturbed", "Ge", "--count", "6", "--strain", "0.02",
            "--output", "labels", "--quiet", in: folder)
        #expect(label.status == 0, "\(label.errors)")
        try StructureFile.write(try LGPSPrototype.ordered(.germanium), to: "\(folder)/ordered.vasp")
        let job = """
            {"sys_idx": [0], "temps": [100, 300], "press": [1], "trj_freq": 5, "nsteps": 50, "ensemble": "npt-tri"}
            """
        try AtomicFile.write(
            """
            {
              "_comment": "once", "_comment": "twice",
              "type_map": ["Li", "Ge", "P", "S"], "init_data_prefix": "labels", "init_data_sys": ["model"],
              "sys_configs": [["ordered.vasp"]], "numb_models": 2,
              "default_training_param": {
                "model": {
                  "descriptor": {"type": "se_a", "rcut": 5.0, "rcut_smth": 2.0, "sel": "auto:1.5", "neuron": [6, 12],
                    "axis_neuron": 4, "precision": "float32"},
                  "fitting_net": {"n_neuron": [16, 16], "precision": "float32"}
                },
                "learning_rate": {"type": "exp", "start_lr": 0.01, "stop_lr": 0.0005, "decay_steps": 20},
                "loss": {"start_pref_e": 0.02, "limit_pref_e": 1, "start_pref_f": 1000, "limit_pref_f": 10},
                "training": {"batch_size": 1, "stop_batch": 100, "save_freq": 20, "numb_test": 4}
              },
              "model_devi_dt": 0.002, "model_devi_skip": 0, "model_devi_f_trust_lo": 0.05, "model_devi_f_trust_hi": 20,
              "model_devi_jobs": [\(job), \(job)],
              "fp_style": "model", "user_fp_params": {"model": "\(teacher)"}, "fp_task_max": 3, "fp_task_min": 1
            }
            """, to: "\(folder)/param.json")
    }

    private static func arguments(_ folder: String, _ name: String) -> [String] {
        ["dpgen", "\(folder)/param.json", "--output", "\(folder)/\(name)", "--quiet"]
    }

    /// Models, counts and labels, without times.
    private static func result(_ folder: String, _ name: String) throws -> [String] {
        let file = "\(folder)/\(name)/learning.json"
        let root = try JSONSerialization.jsonObject(with: InputFile.data(at: file)) as? [String: Any]
        let iterations = root?["iterations"] as? [[String: Any]] ?? []
        // Dictionaries have no order of their own.
        func text(_ value: Any?) throws -> String {
            String(
                decoding: try JSONSerialization.data(
                    withJSONObject: value ?? "", options: [.sortedKeys, .fragmentsAllowed]), as: UTF8.self)
        }
        return try iterations.map {
            "\(try text($0["models"])) \(try text($0["labels"])) \(try text($0["systems"]))"
        } + [try text(root?["end"])]
    }

    /// kill -9 while it trains, explores and labels, then the same command: the end of a loop left alone.
    @Test func killedLoopEndsInTheSame() async throws {
        try await CommandLineTests.withFolder { folder in
            try await Self.prepare(folder)
            let whole = try await CommandLineTests.lgps(arguments: Self.arguments(folder, "whole"))
            #expect(whole.status == 0, "\(whole.errors)")
            let record = "\(folder)/torn/record.dpgen"
            var kills = 0
            for line in ["", "0 2", "0 5", "0 8", "1 5"] {
                let isKilled = try await CommandLineTests.killed(Self.arguments(folder, "torn")) {
                    let text = (try? InputFile.text(at: record)) ?? ""
                    let names = try? FileManager.default.subpathsOfDirectory(atPath: "\(folder)/torn")
                    return line.isEmpty
                        ? names?.contains { $0.hasSuffix("model.ckpt") } ?? false
                        : text.split(separator: "\n").contains(Substring(line))
                }
                if isKilled { kills += 1 }
            }
            #expect(kills >= 3, "the loop ended before it could be killed")
            let last = try await CommandLineTests.lgps(arguments: Self.arguments(folder, "torn"))
            #expect(last.status == 0, "\(last.errors)")
            #expect(try Self.result(folder, "torn") == Self.result(folder, "whole"))
            #expect(try InputFile.text(at: record) == InputFile.text(at: "\(folder)/whole/record.dpgen"))
            #expect(try InputFile.text(at: "\(folder)/whole/learning/report.md").contains("Table IV"))
        }
    }

    @Test func dryRunSaysWhatIsUnderstood() async throws {
        try await CommandLineTests.withFolder { folder in
            try await Self.prepare(folder)
            let output = try await CommandLineTests.lgps("dpgen", "param.json", "--dry-run", in: folder)
            #expect(output.status == 0, "\(output.errors)")
            #expect(output.text.contains("n_neuron: an old spelling of neuron"), "\(output.text)")
            #expect(output.text.contains("job 0: 2 runs, 22 frames, npt-tri 100, 300 K, 0.1 ps"), "\(output.text)")
            #expect(!FileManager.default.fileExists(atPath: folder + "/store"))
            let text = try InputFile.text(at: "\(folder)/param.json")
            try AtomicFile.write(text.replacing("\"fp_style\"", with: "\"fp_stile\""), to: "\(folder)/param.json")
            let wrong = try await CommandLineTests.lgps("dpgen", "param.json", in: folder)
            #expect(wrong.status == 2 && wrong.errors.contains("did you mean 'fp_style'?"), "\(wrong.errors)")
        }
    }
}
