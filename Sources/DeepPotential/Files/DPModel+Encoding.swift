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
                "descriptor": descriptorTree,
                "fitting": fitting.tree(typeMap: typeMap, inputs: fittingInputs),
                "atom_exclude_types": .list([]), "pair_exclude_types": .list([]),
                "rcond": .null, "preset_out_bias": .null,
                "@variables": .map([
                    "out_bias": .values(outBias, shape: [1, typeMap.count, 1]),
                    "out_std": .values(typeMap.map { _ in 1 }, shape: [1, typeMap.count, 1]),
                ]),
            ]),
        ])
    }

    private var descriptorTree: ModelTree {
        let first = descriptor.tree(typeMap: typeMap)
        guard let threeBody else { return first }
        return .hybrid(
            [first, threeBody.tree(typeMap: typeMap)],
            more: ["@class": .string("Descriptor"), "@version": .integer(1)])
    }

    /// The `model` section of an `input.json` that would train such a model; DeePMD-kit keeps it with its own files.
    private var definition: ModelTree {
        .map([
            "type_map": .strings(typeMap),
            "descriptor": threeBody.map { .hybrid([descriptor.definition, $0.definition]) } ?? descriptor.definition,
            "fitting_net": .map([
                "type": .string("ener"), "neuron": .integers(fitting.neuron), "resnet_dt": .bool(fitting.resnetDt),
                "activation_function": .string("tanh"), "precision": .string(fitting.precision.rawValue),
            ]),
        ])
    }
}

extension ModelTree {
    /// A `hybrid` descriptor of these.
    fileprivate static func hybrid(_ parts: [ModelTree], more: [String: ModelTree] = [:]) -> ModelTree {
        .map(["type": .string("hybrid"), "list": .list(parts)].merging(more) { first, _ in first })
    }
}

extension SmoothDescriptor {
    /// The descriptor as an `input.json` asks for it.
    fileprivate var definition: ModelTree {
        .map([
            "type": .string("se_e2_a"), "rcut": .number(cutoff), "rcut_smth": .number(smoothStart),
            "sel": .integers(sel), "neuron": .integers(neuron), "axis_neuron": .integer(axisNeuron),
            "resnet_dt": .bool(resnetDt), "type_one_side": .bool(typeOneSide),
            "activation_function": .string("tanh"), "precision": .string(precision.rawValue),
        ])
    }

    fileprivate func tree(typeMap: [String]) -> ModelTree {
        let types = typeMap.count
        return .map([
            "@class": .string("Descriptor"), "type": .string("se_e2_a"), "@version": .integer(2),
            "rcut": .number(cutoff), "rcut_smth": .number(smoothStart), "sel": .integers(sel),
            "neuron": .integers(neuron), "axis_neuron": .integer(axisNeuron), "resnet_dt": .bool(resnetDt),
            "trainable": .bool(true), "type_one_side": .bool(typeOneSide), "exclude_types": .list([]),
            "env_protection": .number(0), "set_davg_zero": .bool(false), "activation_function": .string("tanh"),
            "precision": .string(precision.rawValue), "spin": .null, "type_map": .strings(typeMap),
            "env_mat": .environment(cutoff: cutoff, smoothStart: smoothStart),
            "embeddings": .embeddings(
                embeddings, types: types, dimensions: typeOneSide ? 1 : 2, neuron: neuron, resnetDt: resnetDt,
                precision: precision),
            "@variables": .statistics(averages: averages, deviations: deviations, slots: slots),
        ])
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
