extension LearningProtocol {
    /// The keys of `param.json` itself (dpgen/generator/arginfo.py and run.py, and what public files still carry of older
    /// versions).
    static let keys = KeyClasses(
        used: basics.union(trainingKeys).union(explorationKeys).union(labellingKeys).union(["lgps_bench"]),
        renamed: [
            "training_reuse_stop_batch": "training_reuse_numb_steps", "fp_params": "user_fp_params",
            "ratio_failure": "ratio_failed",
        ], withoutEffect: withoutEffect, unsupported: unsupported)

    private static let basics: Set<String> = [
        "type_map", "mass_map", "init_data_prefix", "init_data_sys", "sys_format", "init_batch_size",
        "sys_configs_prefix", "sys_configs", "sys_batch_size",
    ]

    private static let trainingKeys: Set<String> = [
        "numb_models", "default_training_param", "training_iter0_model_path", "training_init_model",
        "training_init_frozen_model", "training_finetune_model", "training_reuse_iter", "training_reuse_numb_steps",
        "training_reuse_start_lr", "training_reuse_start_pref_e", "training_reuse_start_pref_f",
        "training_reuse_old_ratio",
    ]

    private static let explorationKeys: Set<String> = [
        "model_devi_dt", "model_devi_skip", "model_devi_f_trust_lo", "model_devi_f_trust_hi", "model_devi_v_trust_lo",
        "model_devi_v_trust_hi", "model_devi_adapt_trust_lo", "model_devi_numb_candi_f", "model_devi_numb_candi_v",
        "model_devi_perc_candi_f", "model_devi_perc_candi_v", "model_devi_taut", "model_devi_taup", "model_devi_jobs",
    ]

    private static let labellingKeys: Set<String> = [
        "fp_style", "fp_task_max", "fp_task_min", "fp_accurate_threshold", "fp_accurate_soft_threshold",
        "fp_skip_bad_box", "ratio_failed", "fp_pp_path", "fp_pp_files", "fp_incar", "user_fp_params",
    ]

    private static let withoutEffect: [String: String] = [
        "train_backend": "there is one trainer", "train_param": "it names a file that DP-GEN writes",
        "dp_train_skip_neighbor_stat": "the neighbours of the data are counted in a moment",
        "dp_compress": "models are always tabulated", "one_h5": "data are not packed",
        "training_reuse_decay_steps": "DP-GEN ignores it too",
        "model_devi_e_trust_lo": "DP-GEN has removed it", "model_devi_e_trust_hi": "DP-GEN has removed it",
        "model_devi_clean_traj": "only the frames that may be labelled are kept",
        "model_devi_merge_traj": "only the frames that may be labelled are kept",
        "model_devi_neidelay": "the neighbour list is rebuilt when atoms have moved",
        "lmp_neigh_modify_one": "neighbour lists have no limit", "detailed_report_make_fp": "counts are always given",
        "fp_nbands_esti_data": "it is for VASP on metals in DP-GEN's old versions", "sys_charges": "cells are neutral",
        "use_multi_systems": "systems are told apart anyway", "restart_from_iter": "calling again goes on",
        "cvasp": "calculations that fail are not mended, but told",
    ]

    private static let unsupported: [String: KeyClasses.Unsupported] = [
        "use_ele_temp": .init(off: ["0"], alternative: "leave it out: electrons are in their ground state"),
        "srtab_file_path": .init(alternative: "leave it out, or train with DeePMD-kit"),
        "model_devi_activation_func": .init(
            alternative: "leave it out: all models have tanh, and differ by their seeds"),
        "mlp_engine": .init(off: ["dp"], alternative: "use \"dp\""),
        "model_devi_engine": .init(
            off: ["lammps"], alternative: "leave it out: dynamics are our own, with LAMMPS' ensembles"),
        "model_devi_f_avg_relative": .init(off: ["false"], alternative: "give trust levels in eV/Å"),
        "use_relative": .init(off: ["false"], alternative: "give trust levels in eV/Å"),
        "epsilon": .init(alternative: "give trust levels in eV/Å"),
        "use_relative_v": .init(off: ["false"], alternative: "give model_devi_v_trust_lo and _hi"),
        "epsilon_v": .init(alternative: "give model_devi_v_trust_lo and _hi"),
        "model_devi_nopbc": .init(off: ["false"], alternative: "put clusters into large cells"),
        "model_devi_plumed": .init(off: ["false"], alternative: "explore at several temperatures and pressures"),
        "model_devi_plumed_path": .init(off: ["false"], alternative: "explore at several temperatures and pressures"),
        "shuffle_poscar": .init(
            off: ["false"], alternative: "give disordered structures: `lgps-bench structure` exchanges M and P over 4d"),
        "lmp_d3": .init(off: ["false"], alternative: "label with a functional that has dispersion (optB88-vdW)"),
        "fp_cluster_vacuum": .init(alternative: "leave it out: frames are labelled whole"),
        "fp_aniso_kspacing": .init(alternative: "give KSPACING, one for all axes"),
        "external_input_path": .init(
            alternative: "say it by user_fp_params: functional, basis, cutoff, k-points, convergence"),
    ]
}
