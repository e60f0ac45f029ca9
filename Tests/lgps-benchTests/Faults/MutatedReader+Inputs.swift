import Files
import Foundation
import Structures

/// Inputs that users write, or bring from DeePMD-kit, DP-GEN and dpdispatcher.
extension MutatedReader {
    static let inputs = [
        MutatedReader(
            name: "MD configuration", file: "md.json", make: { try copy("\(faults)/md1.json", to: $0) },
            arguments: ["md", "md.json", "--structure", "none.xyz", "--output", "out"], statusOfWhole: 2),
        MutatedReader(
            name: "training input", file: "train.json", make: { try copy("\(faults)/train-descseed.json", to: $0) },
            arguments: ["train", "train.json", "--output", "out"], statusOfWhole: 2),
        MutatedReader(
            name: "profile", file: "profile.json",
            make: { try copy("../reference-data/protocols/smoke.json", to: $0) },
            arguments: ["all", "--profile", "profile.json", "--dry-run", "--output", "out"]),
        MutatedReader(
            name: "machine.json", file: "machine.json", make: { try AtomicFile.write(machine, to: $0) },
            arguments: [
                "all", "--profile", "smoke", "--dry-run", "--engine", "slurm", "--machine", "machine.json", "--output",
                "out",
            ]),
    ]

    static let protocols = [
        MutatedReader(
            name: "DP-GEN's param.json", file: "param.json",
            make: { path in
                try learningInputs(beside: path)
                try AtomicFile.write(param(labels: #""model", "user_fp_params": {"model": "teacher.dp"}"#), to: path)
            }, arguments: ["dpgen", "param.json", "--dry-run"]),
        MutatedReader(
            name: "INCAR", file: "INCAR",
            make: { path in
                try learningInputs(beside: path)
                let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
                try AtomicFile.write(param(labels: #""vasp", "fp_incar": "INCAR""#), to: "\(folder)/param.json")
                try AtomicFile.write(
                    """
                    PREC = Accurate   ! and more
                    ENCUT = 650; EDIFF = 1E-6
                    NELM = 100
                    KSPACING = 0.26
                    KGAMMA = .FALSE.
                    GGA = PS
                    ISMEAR = 0
                    SIGMA = 0.05
                    NSW = 0

                    """, to: path)
            }, arguments: ["dpgen", "param.json", "--dry-run"]),
    ]

    private static let machine = """
        {"machine": {"batch_type": "Slurm", "context_type": "LazyLocalContext"},
         "resources": {"number_node": 1, "cpu_per_node": 4, "gpu_per_node": 0, "queue_name": "main", "group_size": 3,
           "custom_flags": ["#SBATCH --mem=4G"], "module_list": ["cp2k"], "envs": {"OMP_NUM_THREADS": 2}},
         "slurm": {"poll_seconds": 1}}
        """

    private static func learningInputs(beside path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try labelled().write(to: "\(folder)/init")
        try StructureFile.write(crystal(), to: "\(folder)/a.vasp")
        try copy(model, to: "\(folder)/teacher.dp")
    }

    private static func param(labels: String) -> String {
        let job = """
            {"sys_idx": [0], "temps": [100, 300], "press": [1], "trj_freq": 5, "nsteps": 50, "ensemble": "npt-tri"}
            """
        return """
            {
              "type_map": ["Li", "Ge", "P", "S"], "mass_map": [6.9, 72.6, 31, 32.1], "init_data_sys": ["init"],
              "sys_configs": [["a.vasp"]], "numb_models": 2,
              "default_training_param": {
                "model": {
                  "descriptor": {"type": "se_a", "rcut": 5.0, "rcut_smth": 2.0, "sel": [20, 8, 8, 20], "neuron": [6, 12],
                    "axis_neuron": 4},
                  "fitting_net": {"n_neuron": [16, 16]}
                },
                "learning_rate": {"type": "exp", "start_lr": 0.01, "stop_lr": 0.0005, "decay_steps": 20},
                "loss": {"start_pref_e": 0.02, "limit_pref_e": 1, "start_pref_f": 1000, "limit_pref_f": 10},
                "training": {"batch_size": 1, "stop_batch": 100, "save_freq": 20, "numb_test": 4}
              },
              "model_devi_dt": 0.002, "model_devi_skip": 0, "model_devi_f_trust_lo": 0.05, "model_devi_f_trust_hi": 20,
              "model_devi_jobs": [\(job), \(job)],
              "fp_style": \(labels), "fp_task_max": 3, "fp_task_min": 1
            }

            """
    }
}
