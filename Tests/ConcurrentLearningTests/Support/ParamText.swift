/// Texts of `param.json` in the styles that are met in public.
enum ParamText {
    /// A whole protocol, small, of present spelling; `changes` replace pieces of it.
    static func small(_ changes: [(String, String)] = []) -> String {
        var text = """
            {
              "type_map": ["Li", "Ge", "P", "S"],
              "mass_map": "auto",
              "init_data_prefix": "data",
              "init_data_sys": ["init"],
              "sys_configs_prefix": "configs",
              "sys_configs": [["ordered*/POSCAR"], ["disordered*/POSCAR"]],
              "numb_models": 4,
              "default_training_param": {
                "model": {
                  "descriptor": {"type": "se_e2_a", "rcut": 6.0, "rcut_smth": 2.0, "sel": [60, 20, 20, 60],
                    "neuron": [8, 16], "axis_neuron": 4},
                  "fitting_net": {"neuron": [24, 24]}
                },
                "learning_rate": {"type": "exp", "start_lr": 0.001, "decay_steps": 100, "stop_lr": 1e-5},
                "loss": {"start_pref_e": 0.02, "limit_pref_e": 1, "start_pref_f": 1000, "limit_pref_f": 1},
                "training": {"numb_steps": 1000}
              },
              "model_devi_dt": 0.002,
              "model_devi_skip": 0,
              "model_devi_f_trust_lo": 0.12,
              "model_devi_f_trust_hi": 0.25,
              "model_devi_jobs": [
                {"sys_idx": [0], "temps": [300, 500], "press": [1], "trj_freq": 10, "nsteps": 500, "ensemble": "npt-aniso"},
                {"sys_idx": [0, 1], "temps": [300], "trj_freq": 10, "nsteps": 1000, "ensemble": "nvt"}
              ],
              "fp_style": "model",
              "user_fp_params": {"model": "teacher.dp"},
              "fp_task_max": 300,
              "fp_task_min": 5
            }
            """
        for (old, new) in changes {
            precondition(text.contains(old), "there is no '\(old)' to replace")
            text = text.replacingOccurrences(of: old, with: new)
        }
        return text
    }

    /// As public files were written for DeePMD-kit 1 and the first versions of DP-GEN: repeated comments, integers for
    /// numbers, sections that have moved, keys that were removed, jobs in the old spelling.
    static let old = """
        {
          "_comment": " Basics",
          "type_map": ["O", "H"],
          "mass_map": [16, 2],
          "_comment": " Data",
          "init_data_prefix": "/home/someone/water/init.train",
          "init_data_sys": ["ice01c", "liquid/nvt-330K"],
          "init_batch_size": [1, 1],
          "sys_configs": [["/home/someone/init.md/ice01c/00009?/POSCAR"], ["/home/someone/init.md/liquid/00[0-4]?/POSCAR"]],
          "sys_batch_size": [1, 1],
          "_comment": " Training",
          "numb_models": 4,
          "train_param": "input.json",
          "default_training_param": {
            "model": {
              "_comment": "the top type_map goes before this",
              "descriptor": {"seed": 0, "type": "se_a", "sel": [200, 400], "rcut": 6, "rcut_smth": 0.5,
                "neuron": [25, 50, 100], "axis_neuron": 12, "resnet_dt": false},
              "fitting_net": {"seed": 0, "n_neuron": [240, 240, 240], "resnet_dt": true, "coord_norm": true,
                "type_fitting_net": false}
            },
            "learning_rate": {"type": "exp", "start_lr": 0.005, "decay_steps": 2000, "decay_rate": 0.95},
            "loss": {"start_pref_e": 0.02, "limit_pref_e": 1, "start_pref_f": 1000, "limit_pref_f": 1, "start_pref_v": 0,
              "limit_pref_v": 0, "start_pref_pf": 0, "limit_pref_pf": 0},
            "training": {"systems": [], "set_prefix": "set", "stop_batch": 400000, "batch_size": 1, "seed": 1,
              "disp_file": "lcurve.out", "disp_freq": 100, "numb_test": 4, "save_freq": 1000, "save_ckpt": "model.ckpt",
              "load_ckpt": "model.ckpt", "disp_training": true, "time_training": true, "profiling": false,
              "profiling_file": "timeline.json", "_comment": "that's all"}
          },
          "_comment": " Exploration",
          "model_devi_dt": 0.001,
          "model_devi_taut": 0.1,
          "model_devi_taup": 0.5,
          "model_devi_skip": 10,
          "model_devi_f_trust_lo": 0.15,
          "model_devi_f_trust_hi": 0.25,
          "model_devi_e_trust_lo": 1e10,
          "model_devi_e_trust_hi": 1e10,
          "model_devi_clean_traj": true,
          "model_devi_jobs": [
            {"sys_idx": [0], "s_t": true, "Ts": [50], "Ps": [0.1, 1.0, 50000.0], "t_freq": 20, "nsteps": 1000, "ens": "npt",
              "_idx": "00"},
            {"sys_idx": ["0-2"], "temps": [300, 400], "trj_freq": 10, "nsteps": 2000, "ensemble": "nvt", "_idx": 1}
          ],
          "_comment": " Labelling",
          "fp_style": "vasp",
          "shuffle_poscar": false,
          "fp_task_max": 300,
          "fp_task_min": 5,
          "fp_pp_path": ".",
          "fp_pp_files": ["POTCAR_O", "POTCAR_H"],
          "fp_params": {"ENCUT": 600, "EDIFF": 1e-05, "KSPACING": 0.16, "ALGO": "fast", "ISYM": 0, "NPAR": 1, "LWAVE": false,
            "NSW": 0, "ISIF": 2}
        }
        """
}
