import Files
import Foundation
import Labelling
import MolecularDynamics
import Testing

@testable import ConcurrentLearning

@Suite struct ProtocolTests {
    static func read(_ text: String) throws -> LearningProtocol {
        try LearningProtocol(json: Data(text.utf8), file: "/somewhere/param.json")
    }

    static func small(_ changes: [(String, String)] = []) throws -> LearningProtocol {
        try read(ParamText.small(changes))
    }

    /// The error that a change of the small protocol gives.
    static func error(_ old: String, _ new: String) throws -> InputError {
        let text = ParamText.small([(old, new)])
        return try #require(throws: InputError.self) { try read(text) }
    }

    @Test func smallProtocolIsUnderstood() throws {
        let input = try Self.small()
        #expect(input.remarks.isEmpty)
        #expect(input.typeMap == ["Li", "Ge", "P", "S"] && input.masses == nil)
        #expect(input.training.models == 4 && input.training.reuse == nil)
        #expect(input.selection.taskMaximum == 300)
        let jobs = input.exploration.jobs
        #expect(jobs.count == 2 && jobs[0].ensemble == .npt(.anisotropic) && jobs[0].pressures == [1])
        #expect(jobs[1].systems == [0, 1] && jobs[1].ensemble == .nvt && jobs[1].pressures.isEmpty)
        #expect(jobs[0].trust[0] == TrustLevels(forces: .init(low: 0.12, high: 0.25)))
        #expect(jobs[0].thermostatTime == 0.1 && jobs[0].barostatTime == 0.5 && jobs[0].timestep == 0.002)
        #expect(input.path(of: input.initialData.prefix, "init") == "/somewhere/data/init")
    }

    /// Old spellings and removed keys are accepted, each with a remark; comments may repeat.
    @Test func oldFilesAreAccepted() throws {
        let input = try Self.read(ParamText.old)
        #expect(input.masses == [16, 2])
        #expect(input.exploration.jobs[0].temperatures == [50] && input.exploration.jobs[0].interval == 20)
        #expect(input.exploration.jobs[0].pressures == [0.1, 1, 50000])
        #expect(input.exploration.jobs[1].systems == [0, 1])
        guard case .vasp(let incar) = input.labelling.code else {
            Issue.record("labels by VASP were expected")
            return
        }
        #expect(incar.functional == .pbe && incar.settings.cutoff == 600 && incar.settings.kSpacing == 0.16)
        // What our own input does not say is said by the user's tags.
        #expect(incar.settings.tags == ["ALGO": "fast", "ISYM": "0"])
        for key in [
            "model_devi_e_trust_lo", "train_param", "Ts: an old spelling of temps", "s_t", "n_neuron", "coord_norm",
            "numb_test", "fp_params: an old spelling of user_fp_params", "model_devi_clean_traj",
        ] {
            #expect(input.remarks.contains { $0.contains(key) }, "no remark on \(key)")
        }
        let text = try input.training.input(steps: nil, systems: 2)
        #expect(text.contains("\"neuron\":[240,240,240]") && text.contains("\"batch_size\":1"))
    }

    @Test func yamlSaysTheSame() throws {
        let folder = try TestFolder()
        let yaml = "\(folder.path)/param.yaml"
        // JSON is YAML, but for repeated keys.
        try AtomicFile.write(ParamText.small(), to: yaml)
        let (ours, theirs) = (try LearningProtocol(contentsOf: yaml), try Self.small())
        #expect(ours.identity == theirs.identity && ours.exploration.jobs == theirs.exploration.jobs)
    }

    /// What DP-GEN would take or ignore, and we do not have: the error names the key and what to do instead.
    @Test(arguments: [
        ("\"fp_task_min\": 5", "\"fp_task_min\": 5, \"model_devi_plumed\": true", "model_devi_plumed", "temperatures"),
        ("\"fp_task_min\": 5", "\"fp_task_min\": 5, \"shuffle_poscar\": true", "shuffle_poscar", "disordered"),
        ("\"fp_task_min\": 5", "\"fp_task_min\": 5, \"use_ele_temp\": 1", "use_ele_temp", "ground state"),
        ("\"ensemble\": \"nvt\"", "\"ensemble\": \"nvt\", \"nbeads\": 8", "nbeads", "classical"),
        (
            "\"ensemble\": \"nvt\"", "\"template\": {\"lmp\": \"input.lammps\"}, \"ensemble\": \"nvt\"", "template",
            "nsteps"
        ),
        ("\"type\": \"se_e2_a\"", "\"type\": \"dpa4c\"", "descriptor", "se_e2_a"),
        ("\"fp_style\": \"model\"", "\"fp_style\": \"pwscf\"", "fp_style", "cp2k"),
        ("\"mass_map\": \"auto\"", "\"sys_format\": \"abacus/stru\"", "sys_format", "POSCAR"),
    ])
    func unsupportedKeysNameTheAlternative(old: String, new: String, place: String, mend: String) throws {
        let error = try Self.error(old, new)
        #expect(error.place?.contains(place) ?? false, "\(error)")
        #expect(error.mend?.contains(mend) ?? false, "\(error)")
    }

    @Test(arguments: [
        // Unknown, with the nearest known key.
        ("\"numb_models\": 4", "\"num_models\": 4", "numb_models"),
        ("\"nsteps\": 500", "\"nstep\": 500", "nsteps"),
        // Contradictions and values that cannot be.
        ("\"numb_models\": 4", "\"numb_models\": 1", "at least 2"),
        ("\"model_devi_f_trust_lo\": 0.12", "\"model_devi_f_trust_lo\": 0.3", "reversed"),
        ("\"model_devi_f_trust_lo\": 0.12", "\"model_devi_f_trust_lo\": [0.12]", "missing for system 1"),
        ("\"sys_idx\": [0, 1]", "\"sys_idx\": [0, 2]", "no system 2"),
        ("\"sys_idx\": [0, 1]", "\"sys_idx\": [0, 0]", "twice"),
        ("\"sys_idx\": [0, 1]", "\"sys_idx\": [\"1-0\"]", "no range"),
        ("\"press\": [1], ", "", "'press' is missing"),
        ("\"trj_freq\": 10, \"nsteps\": 500", "\"trj_freq\": 501, \"nsteps\": 500", "no frame"),
        ("\"temps\": [300, 500]", "\"temps\": [300, 500], \"Ts\": [300]", "same key"),
        ("\"mass_map\": \"auto\"", "\"mass_map\": [6.9]", "1 masses for 4 types"),
        (
            "\"numb_models\": 4",
            "\"numb_models\": 4, \"training_finetune_model\": [\"a.dp\"], \"training_init_frozen_model\": [\"b.dp\"]",
            "is given as well"
        ),
        ("\"numb_models\": 4", "\"numb_models\": 4, \"training_finetune_model\": [\"a.dp\", \"b.dp\"]", "2 models"),
        ("\"nsteps\": 500", "\"nsteps\": 500, \"skip_training\": true", "no earlier models"),
        ("\"sel\": [60, 20, 20, 60]", "\"sel\": [60]", "1 numbers for 4 types"),
        ("\"fp_task_min\": 5", "\"fp_task_min\": 5, \"lgps_bench\": {\"selection\": \"best\"}", "strata"),
        (
            "\"fp_task_min\": 5",
            "\"fp_task_min\": 5, \"fp_accurate_threshold\": 0.9, \"fp_accurate_soft_threshold\": 0.99",
            "soft"
        ),
        ("\"fp_task_max\": 300", "\"fp_task_max\": \"many\"", "a number is expected"),
    ])
    func badValuesAreNamed(old: String, new: String, says: String) throws {
        let error = try Self.error(old, new)
        #expect("\(error)".contains(says), "\(error)")
        #expect(error.file == "/somewhere/param.json")
    }

    @Test func trustLevelsMayDiffer() throws {
        let input = try Self.small([
            ("\"model_devi_f_trust_lo\": 0.12", "\"model_devi_f_trust_lo\": [0.1, 0.2]"),
            ("\"model_devi_f_trust_hi\": 0.25", "\"model_devi_f_trust_hi\": {\"1\": 0.4, \"0\": 0.3}"),
            ("\"nsteps\": 1000", "\"model_devi_f_trust_lo\": 0.05, \"nsteps\": 1000"),
        ])
        #expect(input.exploration.jobs[0].trust[0]?.forces == .init(low: 0.1, high: 0.3))
        #expect(input.exploration.jobs[1].trust[0]?.forces == .init(low: 0.05, high: 0.3))
        #expect(input.exploration.jobs[1].trust[1]?.forces == .init(low: 0.05, high: 0.4))
    }

    @Test func systemsMayBeRanges() throws {
        let many = (0..<6).map { "[\"c\($0)\"]" }.joined(separator: ", ")
        let input = try Self.small([
            ("[[\"ordered*/POSCAR\"], [\"disordered*/POSCAR\"]]", "[\(many)]"),
            ("\"sys_idx\": [0, 1]", "\"sys_idx\": [5, \"0-2\", \"2-5:2\"]"),
        ])
        #expect(input.exploration.jobs[1].systems == [5, 0, 1, 2, 4])
    }

    /// DP-GEN reads these of a job and ignores them.
    @Test func jobsOwnTimesAreObeyed() throws {
        let input = try Self.small([("\"nsteps\": 500", "\"nsteps\": 500, \"taut\": 0.05, \"taup\": 1, \"dt\": 0.001")])
        let job = input.exploration.jobs[0]
        #expect(job.thermostatTime == 0.05 && job.barostatTime == 1 && job.timestep == 0.001)
        #expect(input.exploration.jobs[1].timestep == 0.002)
        #expect(input.remarks.filter { $0.contains("obeyed") }.count == 3)
    }

    @Test(arguments: [
        ("npt", CellCoupling.isotropic), ("npt-i", .isotropic), ("npt-a", .anisotropic), ("npt-tri", .flexible),
    ])
    func pressureEnsembles(name: String, coupling: CellCoupling) throws {
        let input = try Self.small([("npt-aniso", name)])
        #expect(input.exploration.jobs[0].ensemble == .npt(coupling))
    }

    @Test func laterTrainingsGoOn() throws {
        let input = try Self.small([
            (
                "\"numb_models\": 4",
                """
                "numb_models": 4, "training_reuse_iter": 1, "training_reuse_stop_batch": 200, "training_reuse_start_lr": 0.0001,
                "training_reuse_start_pref_e": 0.1, "training_reuse_start_pref_f": 100, "training_reuse_old_ratio": "auto"
                """
            )
        ])
        let reuse = try #require(input.training.reuse)
        // 10 new frames count as 100 of 300.
        #expect(reuse.oldShare?.value(old: 200, new: 10) == 2.0 / 3)
        let text = try input.training.input(steps: reuse, systems: 3, newest: (1, 0.4))
        #expect(text.contains("\"numb_steps\":200") && text.contains("\"start_pref_f\":100"))
        #expect(text.contains("\"auto_prob\":\"prob_sys_size; 0:2:0.4; 2:3:0.6\""))
        let first = try input.training.input(steps: nil, systems: 3)
        #expect(first.contains("\"numb_steps\":1000") && !first.contains("auto_prob"))
    }

    /// DP-GEN's rule: all labels below the soft threshold, none above the other, linear between.
    @Test func fewerLabelsWhenAccurate() throws {
        let selection = try Self.small([
            (
                "\"fp_task_min\": 5",
                "\"fp_task_min\": 5, \"fp_accurate_soft_threshold\": 0.9, \"fp_accurate_threshold\": 0.99"
            )
        ]).selection
        #expect(selection.maximum(accurateShare: 0.8) == 300)
        #expect(selection.maximum(accurateShare: 0.96) == 100)
        #expect(selection.maximum(accurateShare: 0.99) == 0)
        // The default thresholds are 1: only a share of 1 buys nothing.
        #expect(try Self.small().selection.maximum(accurateShare: 0.9999) == 300)
        #expect(try Self.small().selection.maximum(accurateShare: 1) == 0)
    }
}
