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
            throw node.failure("type_map is empty or names an element twice: \(typeMap)")
        }
        descriptor = try SmoothDescriptor(node.child("descriptor"), typeMap: typeMap)
        fitting = try EnergyFitting(node.child("fitting"), typeMap: typeMap, inputs: descriptor.dimension)
        // out_std does not enter energies (base_atomic_model.py, `apply_out_stat`); version 1 had neither.
        outBias =
            try node.optional("@variables")?.optional("out_bias")?.values(count: typeMap.count)
            ?? Array(repeating: 0, count: typeMap.count)
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
        if let names = try node.optional("type_map"), try names.elements().map({ try $0.string() }) != typeMap {
            throw names.failure("the descriptor's type_map differs from the model's")
        }
        cutoff = try node.child("rcut").number()
        smoothStart = try node.child("rcut_smth").number()
        guard cutoff > 0, smoothStart >= 0, smoothStart < cutoff else {
            throw node.failure("rcut_smth = \(smoothStart) and rcut = \(cutoff) Å", mend: "0 <= rcut_smth < rcut")
        }
        sel = try node.child("sel").positiveIntegers()
        guard sel.count == typeMap.count else {
            throw node.failure("sel has \(sel.count) entries for \(typeMap.count) types")
        }
        neuron = try node.child("neuron").positiveIntegers()
        axisNeuron = try node.child("axis_neuron").integer()
        guard let width = neuron.last, (1...width).contains(axisNeuron) else {
            throw node.failure("axis_neuron = \(axisNeuron) and neuron = \(neuron)")
        }
        // The JSON input's default is false; files always say.
        typeOneSide = try node.child("type_one_side").bool()
        resnetDt = try node.child("resnet_dt").bool()
        precision = try node.precision()
        if let matrix = try node.optional("env_mat") { try Self.check(matrix, cutoff: cutoff, start: smoothStart) }

        let variables = try node.child("@variables")
        let slots = sel.reduce(0, +)
        averages = try Self.statistics(variables.child("davg"), types: typeMap.count, slots: slots)
        deviations = try Self.statistics(variables.child("dstd"), types: typeMap.count, slots: slots)
        guard deviations.allSatisfy({ $0.min() > 0 }) else {
            throw try variables.child("dstd").failure("dstd has elements that are not positive")
        }
        let nets = try node.child("embeddings").networks(types: typeMap.count, dimensions: typeOneSide ? 1 : 2)
        embeddings = try nets.map { [neuron] in
            let net = try DenseNetwork($0, newestVersion: 2)
            try net.check($0, widths: [1] + neuron)
            return net
        }
    }

    private static func check(_ matrix: ModelNode, cutoff: Double, start: Double) throws {
        try matrix.checkOff(["protection", "use_exp_switch"])
        try matrix.checkKeys(["rcut", "rcut_smth", "protection", "use_exp_switch"])
        for (key, value) in [("rcut", cutoff), ("rcut_smth", start)] {
            guard let node = try matrix.optional(key) else { continue }
            guard try node.number() == value else { throw node.failure("differs from the descriptor's \(value)") }
        }
    }

    /// davg or dstd, [types, slots, 4] in the file. DeePMD-kit stores one row per slot, but they are equal by how
    /// they are made (one radial and one angular value per type), and only so do the slots not depend on the order.
    private static func statistics(_ node: ModelNode, types: Int, slots: Int) throws -> [SIMD4<Double>] {
        let array = try node.array()
        guard array.values.count == types * slots * 4 else {
            throw node.failure("expected the shape [\(types), \(slots), 4], found \(array.shape)")
        }
        return try (0..<types).map { type in
            let rows = (0..<slots).map { slot in
                let start = (type * slots + slot) * 4
                return SIMD4(
                    array.values[start], array.values[start + 1], array.values[start + 2], array.values[start + 3])
            }
            if let odd = rows.firstIndex(where: { $0 != rows[0] }) {
                throw node.failure(
                    "type \(type) has different values in slot 0 and slot \(odd): \(rows[0]) and \(rows[odd])",
                    mend: "only statistics that are the same in all slots of a type are supported")
            }
            return rows[0]
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

extension ModelNode {
    fileprivate func precision() throws -> Precision {
        guard let node = try optional("precision") else { return .float64 }
        guard let precision = Precision(deepmdName: try node.string()) else {
            throw node.unsupported("float64 and float32 are supported")
        }
        return precision
    }

    fileprivate func checkTanh() throws {
        guard let node = try optional("activation_function"), try node.string() != "tanh" else { return }
        throw node.unsupported("only tanh is supported")
    }

    /// The networks of a `NetworkCollection`: types^dimensions of them.
    fileprivate func networks(types: Int, dimensions: Int) throws -> [ModelNode] {
        try checkVersion(atMost: 1)
        let found = (try child("ndim").integer(), try child("ntypes").integer())
        guard found == (dimensions, types) else {
            throw failure("ndim = \(found.0) and ntypes = \(found.1), expected \(dimensions) and \(types)")
        }
        let nets = try child("networks").elements()
        let expected = dimensions == 1 ? types : types * types
        guard nets.count == expected else { throw failure("\(nets.count) networks, expected \(expected)") }
        return nets
    }
}
