import Files

/// The section `loss`: prefactors that go from start to limit as the learning rate decays,
/// pref(t) = limit + (start − limit)·lr(t)/lr₀, where lr₀ is `start_lr` and lr(t) has its warm-up, as in DeePMD-kit 3.2.
public struct LossSchedule: Equatable, Sendable {
    public var start: Prefactors
    public var limit: Prefactors

    public init(start: Prefactors, limit: Prefactors) {
        self.start = start
        self.limit = limit
    }

    init(_ node: InputNode?) throws {
        start = Prefactors(energy: 0.02, force: 1000, virial: 0)
        limit = Prefactors(energy: 1, force: 1, virial: 0)
        guard let node else { return }
        let keys = try node.object(
            known: [
                "type", "start_pref_e", "limit_pref_e", "start_pref_f", "limit_pref_f", "start_pref_v", "limit_pref_v",
            ],
            unsupported: [
                "start_pref_ae": ["0"], "limit_pref_ae": ["0"], "start_pref_pf": ["0"], "limit_pref_pf": ["0"],
                "start_pref_gf": ["0"], "limit_pref_gf": ["0"], "numb_generalized_coord": ["0"], "relative_f": [],
                "enable_atom_ener_coeff": ["false"], "use_huber": ["false"], "huber_delta": [], "loss_func": ["mse"],
                "intensive_ener_virial": ["false"], "f_use_norm": ["false"], "start_pref_h": ["0"],
                "limit_pref_h": ["0"],
            ])
        guard try keys["type"]?.string ?? "ener" == "ener" else {
            throw node.failure("only the loss 'ener' is supported")
        }
        start.energy = try keys["start_pref_e"]?.notNegative() ?? start.energy
        limit.energy = try keys["limit_pref_e"]?.notNegative() ?? limit.energy
        start.force = try keys["start_pref_f"]?.notNegative() ?? start.force
        limit.force = try keys["limit_pref_f"]?.notNegative() ?? limit.force
        start.virial = try keys["start_pref_v"]?.notNegative() ?? start.virial
        limit.virial = try keys["limit_pref_v"]?.notNegative() ?? limit.virial
    }

    /// - Parameter ratio: lr(t)/lr₀.
    public func prefactors(ratio: Double) -> Prefactors {
        func mix(_ path: KeyPath<Prefactors, Double>) -> Double {
            limit[keyPath: path] + (start[keyPath: path] - limit[keyPath: path]) * ratio
        }
        return Prefactors(energy: mix(\.energy), force: mix(\.force), virial: mix(\.virial))
    }
}
