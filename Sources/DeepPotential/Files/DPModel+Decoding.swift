import Structures

extension DPModel {
    /// Understands the `model` node of a file (deepmd/dpmodel/atomic_model/dp_atomic_model.py, `serialize`).
    init(_ node: ModelNode) throws {
        try node.checkVersion(atMost: 2)
        if let type = try node.optional("type"), try type.string() != "standard" { throw type.unsupported() }
        try node.checkOff(["atom_exclude_types", "pair_exclude_types"])
        // rcond and preset_out_bias only act in training.
        try node.checkKeys([
            "@class", "@version", "@variables", "type", "type_map", "descriptor", "fitting", "atom_exclude_types",
            "pair_exclude_types", "rcond", "preset_out_bias",
        ])
        typeMap = try node.child("type_map").elements().map { try $0.string() }
        guard !typeMap.isEmpty, Set(typeMap).count == typeMap.count else {
            throw node.failure("type_map is empty or names an element twice: \(typeMap.joined(separator: " "))")
        }
        guard typeMap.count <= Self.mostTypes else {
            throw node.failure(
                "\(typeMap.count) types are more than \(Self.mostTypes)",
                mend: "tables grow with the square of their number: use a model of the elements that you need")
        }
        (descriptor, threeBody) = try Self.descriptors(node.child("descriptor"), typeMap: typeMap)
        fitting = try EnergyFitting(
            node.child("fitting"), typeMap: typeMap, inputs: descriptor.dimension + (threeBody?.width ?? 0))
        // out_std does not enter energies (base_atomic_model.py, `apply_out_stat`); version 1 had neither.
        outBias =
            try node.optional("@variables")?.optional("out_bias")?.values(count: typeMap.count)
            ?? Array(repeating: 0, count: typeMap.count)
    }

    /// Tables of all pairs of as many types take some hundred MB.
    private static let mostTypes = 40

    /// se_e2_a alone, or `hybrid` of it and se_e3 (deepmd/dpmodel/descriptor/hybrid.py, `serialize`).
    private static func descriptors(
        _ node: ModelNode, typeMap: [String]
    ) throws -> (SmoothDescriptor, ThreeBodyDescriptor?) {
        guard try node.child("type").string() == "hybrid" else {
            return (try SmoothDescriptor(node, typeMap: typeMap), nil)
        }
        try node.checkVersion(atMost: 1)
        try node.checkKeys(["@class", "@version", "type", "list"])
        let parts = try node.child("list").elements()
        guard parts.count == 2 else {
            throw node.failure(
                "a hybrid of \(parts.count) descriptors is not supported", mend: "se_e2_a followed by se_e3 is read")
        }
        let descriptor = try SmoothDescriptor(parts[0], typeMap: typeMap)
        let threeBody = try ThreeBodyDescriptor(parts[1], typeMap: typeMap)
        guard threeBody.cutoff <= descriptor.cutoff else {
            throw parts[1].failure(
                "rcut = \(threeBody.cutoff) Å is beyond the \(descriptor.cutoff) Å of se_e2_a",
                mend: "such a hybrid is not supported")
        }
        return (descriptor, threeBody)
    }
}

extension SmoothDescriptor {
    /// Understands a `descriptor` node (deepmd/dpmodel/descriptor/se_e2_a.py, `serialize`), versions 1 to 3.
    ///
    /// Version 3 marks a compressed model; its tables approximate the nets, which are there too, and we read the nets.
    init(_ node: ModelNode, typeMap: [String]) throws {
        try node.checkVersion(atMost: 3)
        let type = try node.child("type")
        guard ["se_e2_a", "se_a"].contains(try type.string()) else { throw type.unsupported() }
        try node.checkOff(["exclude_types", "env_protection", "spin"])
        // set_davg_zero and trainable only act in training.
        try node.checkKeys([
            "@class", "@version", "@variables", "type", "type_map", "rcut", "rcut_smth", "sel", "neuron",
            "axis_neuron", "resnet_dt", "trainable", "type_one_side", "exclude_types", "env_protection",
            "set_davg_zero", "activation_function", "precision", "embeddings", "env_mat", "spin", "compress", "ntypes",
            "seed",
        ])
        try node.checkTanh()
        (cutoff, smoothStart) = try node.cutoffs()
        sel = try node.selection(typeMap: typeMap)
        neuron = try node.child("neuron").positiveIntegers()
        axisNeuron = try node.child("axis_neuron").integer()
        guard let width = neuron.last, (1...width).contains(axisNeuron) else {
            throw node.failure("axis_neuron = \(axisNeuron) and neuron = \(neuron)")
        }
        // The JSON input's default is false; files always say.
        typeOneSide = try node.child("type_one_side").bool()
        resnetDt = try node.child("resnet_dt").bool()
        precision = try node.precision()
        (averages, deviations) = try node.statistics(types: typeMap.count, slots: sel.reduce(0, +))
        let nets = try node.child("embeddings").networks(types: typeMap.count, dimensions: typeOneSide ? 1 : 2)
        embeddings = try nets.map { [neuron] in
            let net = try DenseNetwork($0, newestVersion: 2)
            try net.check($0, widths: [1] + neuron)
            return net
        }
    }
}

extension EnergyFitting {
    /// Understands a `fitting` node (deepmd/dpmodel/fitting/general_fitting.py, `serialize`), versions 1 to 4.
    init(_ node: ModelNode, typeMap: [String], inputs: Int) throws {
        try node.checkVersion(atMost: 4)
        let type = try node.child("type")
        guard try type.string() == "ener" else { throw type.unsupported() }
        try node.checkOff([
            "numb_fparam", "numb_aparam", "dim_case_embd", "default_fparam", "mixed_types", "tot_ener_zero",
            "use_aparam_as_mask", "spin", "exclude_types",
        ])
        // atom_ener fixes energies of lone atoms by a correction to the nets; a list of nulls is none.
        if let fixed = try node.optional("atom_ener"), try fixed.elements().contains(where: { $0.tree != .null }) {
            throw fixed.unsupported()
        }
        // rcond, trainable and layer_name only act in training.
        try node.checkKeys([
            "@class", "@version", "@variables", "type", "type_map", "var_name", "ntypes", "dim_descrpt", "dim_out",
            "neuron", "resnet_dt", "rcond", "trainable", "atom_ener", "activation_function", "precision", "layer_name",
            "nets", "seed",
        ])
        try node.checkTanh()
        neuron = try node.child("neuron").positiveIntegers()
        resnetDt = try node.child("resnet_dt").bool()
        precision = try node.precision()
        if let size = try node.optional("dim_descrpt"), try size.integer() != inputs {
            throw size.failure("\(try size.integer()) is not the descriptor's \(inputs)")
        }
        nets = try node.child("nets").networks(types: typeMap.count, dimensions: 1).map { [neuron] in
            let net = try DenseNetwork($0, newestVersion: 1)
            try net.check($0, widths: [inputs] + neuron + [1])
            return net
        }
        let variables = try node.child("@variables")
        for key in ["fparam_avg", "fparam_inv_std", "aparam_avg", "aparam_inv_std", "case_embd"] {
            if let node = try variables.optional(key) { throw node.unsupported() }
        }
        biases = try variables.child("bias_atom_e").values(count: typeMap.count)
    }
}
