import Files

/// The section `optimizer`.
public struct OptimizerInput: Equatable, Sendable {
    public enum Kind: String, Sendable {
        case adam = "Adam"
        case adamW = "AdamW"
        case muon = "HybridMuon"
        case kalman = "LKF"
    }

    public var kind = Kind.adam
    public var beta1 = 0.9
    public var beta2 = 0.999
    public var weightDecay = 0.0
    public var momentum = 0.95
    public var kalman = KalmanInput()

    init(_ node: InputNode?) throws {
        guard let node else { return }
        let keys = try node.object(
            known: [
                "type", "adam_beta1", "adam_beta2", "weight_decay", "momentum", "muon_momentum",
                "kf_blocksize", "kf_start_pref_e", "kf_limit_pref_e", "kf_start_pref_f", "kf_limit_pref_f",
            ],
            unsupported: [
                "lr_adjust": ["0"], "lr_adjust_coeff": [], "muon_mode": [], "enable_gram": [], "flash_muon": [],
                "magma_muon": ["false"],
            ])
        let name = try keys["type"]?.string ?? "Adam"
        guard let kind = Kind(rawValue: name) else {
            throw node.failure("the optimizer '\(name)' is not supported", mend: "use Adam, AdamW, HybridMuon or LKF")
        }
        self.kind = kind
        weightDecay = kind == .adam ? 0 : 0.001
        if kind == .muon { beta2 = 0.95 }
        func fraction(_ key: String, _ value: inout Double) throws {
            guard let node = keys[key] else { return }
            value = try node.double
            guard value >= 0, value < 1 else { throw node.failure("must lie in [0, 1), but is \(value)") }
        }
        try fraction("adam_beta1", &beta1)
        try fraction("adam_beta2", &beta2)
        try fraction("momentum", &momentum)
        try fraction("muon_momentum", &momentum)
        weightDecay = try keys["weight_decay"]?.notNegative() ?? weightDecay
        try readKalman(keys)
    }

    private mutating func readKalman(_ keys: [String: InputNode]) throws {
        kalman.blockSize = try keys["kf_blocksize"]?.atLeast(1, most: 50_000) ?? kalman.blockSize
        func prefactor(_ key: String, _ path: WritableKeyPath<LossSchedule, Double>) throws {
            guard let value = try keys[key]?.notNegative() else { return }
            kalman.measurements[keyPath: path] = value
        }
        try prefactor("kf_start_pref_e", \.start.energy)
        try prefactor("kf_limit_pref_e", \.limit.energy)
        try prefactor("kf_start_pref_f", \.start.force)
        try prefactor("kf_limit_pref_f", \.limit.force)
    }
}

/// The Kalman filter's own settings.
public struct KalmanInput: Equatable, Sendable {
    /// The most parameters that one block of the covariance holds: memory and time grow with it.
    public var blockSize = 5120
    /// Factors of the measurements; virials are not measured.
    public var measurements = LossSchedule(
        start: Prefactors(energy: 1, force: 1, virial: 0), limit: Prefactors(energy: 1, force: 1, virial: 0))
}
