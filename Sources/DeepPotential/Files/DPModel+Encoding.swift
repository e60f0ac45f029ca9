extension DPModel {
    /// The whole file, with the class versions of DeePMD-kit 3.2.
    var fileTree: ModelTree {
        .map([
            "software": .string("lgps-bench"),
            "backend": .string("DPModel"),
            "model_def_script": definition,
            "model": .map([
                "@class": .string("Model"), "type": .string("standard"), "@version": .integer(2),
                "type_map": .strings(typeMap),
                "descriptor": descriptor.tree(typeMap: typeMap),
                "fitting": fitting.tree(typeMap: typeMap, inputs: descriptor.dimension),
                "atom_exclude_types": .list([]), "pair_exclude_types": .list([]),
                "rcond": .null, "preset_out_bias": .null,
                "@variables": .map([
                    "out_bias": .values(outBias, shape: [1, typeMap.count, 1]),
                    "out_std": .values(typeMap.map { _ in 1 }, shape: [1, typeMap.count, 1]),
                ]),
            ]),
        ])
    }

    /// The `model` section of an `input.json` that would train such a model; DeePMD-kit keeps it with its own files.
    private var definition: ModelTree {
        .map([
            "type_map": .strings(typeMap),
            "descriptor": .map([
                "type": .string("se_e2_a"), "rcut": .number(descriptor.cutoff),
                "rcut_smth": .number(descriptor.smoothStart), "sel": .integers(descriptor.sel),
                "neuron": .integers(descriptor.neuron), "axis_neuron": .integer(descriptor.axisNeuron),
                "resnet_dt": .bool(descriptor.resnetDt), "type_one_side": .bool(descriptor.typeOneSide),
                "activation_function": .string("tanh"), "precision": .string(descriptor.precision.rawValue),
            ]),
            "fitting_net": .map([
                "type": .string("ener"), "neuron": .integers(fitting.neuron), "resnet_dt": .bool(fitting.resnetDt),
                "activation_function": .string("tanh"), "precision": .string(fitting.precision.rawValue),
            ]),
        ])
    }
}

extension SmoothDescriptor {
    fileprivate func tree(typeMap: [String]) -> ModelTree {
        let types = typeMap.count
        return .map([
            "@class": .string("Descriptor"), "type": .string("se_e2_a"), "@version": .integer(2),
            "rcut": .number(cutoff), "rcut_smth": .number(smoothStart), "sel": .integers(sel),
            "neuron": .integers(neuron), "axis_neuron": .integer(axisNeuron), "resnet_dt": .bool(resnetDt),
            "trainable": .bool(true), "type_one_side": .bool(typeOneSide), "exclude_types": .list([]),
            "env_protection": .number(0), "set_davg_zero": .bool(false), "activation_function": .string("tanh"),
            "precision": .string(precision.rawValue), "spin": .null, "type_map": .strings(typeMap),
            "env_mat": .map([
                "rcut": .number(cutoff), "rcut_smth": .number(smoothStart), "protection": .number(0),
                "use_exp_switch": .bool(false),
            ]),
            "embeddings": .map([
                "@class": .string("NetworkCollection"), "@version": .integer(1),
                "ndim": .integer(typeOneSide ? 1 : 2), "ntypes": .integer(types),
                "network_type": .string("embedding_network"),
                "networks": .list(
                    embeddings.map { net in
                        net.tree(
                            name: "EmbeddingNetwork", version: 2, neuron: neuron, resnetDt: resnetDt,
                            precision: precision, more: ["bias": .bool(true)])
                    }),
            ]),
            "@variables": .map(["davg": statistics(averages), "dstd": statistics(deviations)]),
        ])
    }

    /// One row per slot, [types, slots, 4], float64 whatever the nets' precision, as DeePMD-kit has it.
    private func statistics(_ byType: [SIMD4<Double>]) -> ModelTree {
        let rows = byType.flatMap { row in (0..<slots).flatMap { _ in [row.x, row.y, row.z, row.w] } }
        return .values(rows, shape: [byType.count, slots, 4])
    }
}

extension EnergyFitting {
    fileprivate func tree(typeMap: [String], inputs: Int) -> ModelTree {
        .map([
            "@class": .string("Fitting"), "type": .string("ener"), "@version": .integer(4),
            "var_name": .string("energy"), "ntypes": .integer(typeMap.count), "dim_descrpt": .integer(inputs),
            "mixed_types": .bool(false), "dim_out": .integer(1), "neuron": .integers(neuron),
            "resnet_dt": .bool(resnetDt), "numb_fparam": .integer(0), "numb_aparam": .integer(0),
            "dim_case_embd": .integer(0), "default_fparam": .null, "rcond": .null, "tot_ener_zero": .bool(false),
            "trainable": .list(Array(repeating: .bool(true), count: neuron.count + 1)), "atom_ener": .list([]),
            "activation_function": .string("tanh"), "precision": .string(precision.rawValue), "layer_name": .null,
            "use_aparam_as_mask": .bool(false), "spin": .null, "exclude_types": .list([]),
            "type_map": .strings(typeMap),
            "nets": .map([
                "@class": .string("NetworkCollection"), "@version": .integer(1), "ndim": .integer(1),
                "ntypes": .integer(typeMap.count), "network_type": .string("fitting_network"),
                "networks": .list(
                    nets.map { net in
                        net.tree(
                            name: "FittingNetwork", version: 1, neuron: neuron, resnetDt: resnetDt,
                            precision: precision, more: ["out_dim": .integer(1), "bias_out": .bool(true)])
                    }),
            ]),
            "@variables": .map([
                "bias_atom_e": .values(biases, shape: [typeMap.count, 1]), "fparam_avg": .null,
                "fparam_inv_std": .null, "aparam_avg": .null, "aparam_inv_std": .null, "case_embd": .null,
            ]),
        ])
    }
}

extension DenseNetwork {
    fileprivate func tree(
        name: String, version: Int, neuron: [Int], resnetDt: Bool, precision: Precision, more: [String: ModelTree]
    ) -> ModelTree {
        let common: [String: ModelTree] = [
            "@class": .string(name), "@version": .integer(version), "in_dim": .integer(inputs),
            "neuron": .integers(neuron), "activation_function": .string("tanh"), "resnet_dt": .bool(resnetDt),
            "precision": .string(precision.rawValue), "layers": .list(layers.map { $0.tree(precision: precision) }),
        ]
        return .map(common.merging(more) { first, _ in first })
    }
}

extension DenseLayer {
    fileprivate func tree(precision: Precision) -> ModelTree {
        .map([
            "@class": .string("Layer"), "@version": .integer(2), "bias": .bool(true),
            "use_timestep": .bool(timestep != nil), "activation_function": .string(isActivated ? "tanh" : "none"),
            "resnet": .bool(resnet), "precision": .string(precision.rawValue), "trainable": .bool(true),
            "@variables": .map([
                "w": .values(weights, shape: [inputs, outputs], precision: precision),
                "b": .values(bias, shape: [outputs], precision: precision),
                "idt": timestep.map { .values($0, shape: [outputs], precision: precision) } ?? .null,
            ]),
        ])
    }
}

extension ModelTree {
    fileprivate static func strings(_ items: [String]) -> ModelTree { .list(items.map { .string($0) }) }
    fileprivate static func integers(_ items: [Int]) -> ModelTree { .list(items.map { .integer($0) }) }

    fileprivate static func values(_ values: [Double], shape: [Int], precision: Precision = .float64) -> ModelTree {
        let rounded = precision == .float32 ? values.map { Double(Float($0)) } : values
        return .array(ModelArray(shape: shape, precision: precision, values: rounded))
    }
}
