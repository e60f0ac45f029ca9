/// What the trees of several classes have in common.
extension DenseNetwork {
    func tree(
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
    static func strings(_ items: [String]) -> ModelTree { .list(items.map { .string($0) }) }
    static func integers(_ items: [Int]) -> ModelTree { .list(items.map { .integer($0) }) }

    static func values(_ values: [Double], shape: [Int], precision: Precision = .float64) -> ModelTree {
        let rounded = precision == .float32 ? values.map { Double(Float($0)) } : values
        return .array(ModelArray(shape: shape, precision: precision, values: rounded))
    }

    /// A descriptor's `embeddings`: types^dimensions networks.
    static func embeddings(
        _ nets: [DenseNetwork], types: Int, dimensions: Int, neuron: [Int], resnetDt: Bool, precision: Precision
    ) -> ModelTree {
        .map([
            "@class": .string("NetworkCollection"), "@version": .integer(1), "ndim": .integer(dimensions),
            "ntypes": .integer(types), "network_type": .string("embedding_network"),
            "networks": .list(
                nets.map { net in
                    net.tree(
                        name: "EmbeddingNetwork", version: 2, neuron: neuron, resnetDt: resnetDt,
                        precision: precision, more: ["bias": .bool(true)])
                }),
        ])
    }

    /// A descriptor's `env_mat`.
    static func environment(cutoff: Double, smoothStart: Double) -> ModelTree {
        .map([
            "rcut": .number(cutoff), "rcut_smth": .number(smoothStart), "protection": .number(0),
            "use_exp_switch": .bool(false),
        ])
    }

    /// A descriptor's davg and dstd: one row per slot, [types, slots, 4], float64 whatever the nets' precision, as
    /// DeePMD-kit has it.
    static func statistics(averages: [SIMD4<Double>], deviations: [SIMD4<Double>], slots: Int) -> ModelTree {
        func spread(_ byType: [SIMD4<Double>]) -> ModelTree {
            let rows = byType.flatMap { row in (0..<slots).flatMap { _ in [row.x, row.y, row.z, row.w] } }
            return .values(rows, shape: [byType.count, slots, 4])
        }
        return .map(["davg": spread(averages), "dstd": spread(deviations)])
    }
}
