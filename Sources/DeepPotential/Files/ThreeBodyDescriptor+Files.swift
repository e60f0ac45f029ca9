extension ThreeBodyDescriptor {
    /// Understands an se_e3 `descriptor` node (deepmd/dpmodel/descriptor/se_t.py, `serialize`), versions 1 to 3.
    ///
    /// Version 3 marks a compressed model, of which the nets are read.
    init(_ node: ModelNode, typeMap: [String]) throws {
        try node.checkVersion(atMost: 3)
        let type = try node.child("type")
        guard ["se_e3", "se_at", "se_a_3be"].contains(try type.string()) else {
            throw type.unsupported("a hybrid must be of se_e2_a and se_e3, in this order")
        }
        try node.checkOff(["exclude_types", "env_protection"])
        try node.checkKeys([
            "@class", "@version", "@variables", "type", "type_map", "rcut", "rcut_smth", "sel", "neuron", "resnet_dt",
            "trainable", "exclude_types", "env_protection", "set_davg_zero", "activation_function", "precision",
            "embeddings", "env_mat", "compress", "ntypes", "seed",
        ])
        try node.checkTanh()
        (cutoff, smoothStart) = try node.cutoffs()
        sel = try node.selection(typeMap: typeMap)
        neuron = try node.child("neuron").positiveIntegers()
        resnetDt = try node.child("resnet_dt").bool()
        precision = try node.precision()
        (averages, deviations) = try node.statistics(types: typeMap.count, slots: sel.reduce(0, +))
        guard averages.allSatisfy({ $0.y == 0 && $0.z == 0 && $0.w == 0 }) else {
            throw node.failure("davg has angular means that are not zero", mend: "DeePMD-kit writes zeros there")
        }
        let types = typeMap.count
        let nets = try node.child("embeddings").networks(types: types, dimensions: 2)
        embeddings = try (0..<types).flatMap { [neuron] second in
            try (0...second).map { first in
                let node = nets[first + second * types]
                let net = try DenseNetwork(node, newestVersion: 2)
                try net.check(node, widths: [1] + neuron)
                return net
            }
        }
    }

    /// The descriptor as an `input.json` asks for it.
    var definition: ModelTree {
        .map([
            "type": .string("se_e3"), "rcut": .number(cutoff), "rcut_smth": .number(smoothStart),
            "sel": .integers(sel), "neuron": .integers(neuron), "resnet_dt": .bool(resnetDt),
            "activation_function": .string("tanh"), "precision": .string(precision.rawValue),
        ])
    }

    func tree(typeMap: [String]) -> ModelTree {
        let types = typeMap.count
        // DeePMD-kit keeps a net for every ordered pair and clears those that it does not use.
        let nets = (0..<types).flatMap { second in
            (0..<types).map { first in
                first <= second
                    ? embeddings[Self.pairIndex(first, second)]
                    : embeddings[Self.pairIndex(second, first)].cleared
            }
        }
        return .map([
            "@class": .string("Descriptor"), "type": .string("se_e3"), "@version": .integer(2),
            "rcut": .number(cutoff), "rcut_smth": .number(smoothStart), "sel": .integers(sel),
            "neuron": .integers(neuron), "resnet_dt": .bool(resnetDt), "set_davg_zero": .bool(false),
            "activation_function": .string("tanh"), "precision": .string(precision.rawValue),
            "embeddings": .embeddings(
                nets, types: types, dimensions: 2, neuron: neuron, resnetDt: resnetDt, precision: precision),
            "env_mat": .environment(cutoff: cutoff, smoothStart: smoothStart), "exclude_types": .list([]),
            "env_protection": .number(0), "type_map": .strings(typeMap), "trainable": .bool(true),
            "@variables": .statistics(averages: averages, deviations: deviations, slots: sel.reduce(0, +)),
        ])
    }
}

extension DenseNetwork {
    /// The same shape with all parameters zero.
    fileprivate var cleared: DenseNetwork {
        DenseNetwork(
            layers: layers.map { layer in
                var layer = layer
                layer.weights = layer.weights.map { _ in 0 }
                layer.bias = layer.bias.map { _ in 0 }
                layer.timestep = layer.timestep?.map { _ in 0 }
                return layer
            })
    }
}
