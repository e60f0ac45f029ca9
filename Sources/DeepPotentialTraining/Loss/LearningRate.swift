import Files

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// DeePMD-kit's learning-rate schedules (the section `learning_rate`), with the numbers of its version 3.2 for every
/// combination of keys.
public struct LearningRate: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// lr0·r^⌊t/s⌋ with r such that the last step has the stop rate; continuous when smooth.
        case exponential(decaySteps: Int, rate: Double, isSmooth: Bool)
        /// Half a cosine from start to stop.
        case cosine
        /// Constant, then a decay over the last part: warm-up, stable, decay.
        case stableDecay(decaySteps: Int, Decay)
    }

    public enum Decay: String, Sendable {
        case inverseLinear = "inverse_linear"
        case cosine, linear
    }

    public var start: Double
    public var stop: Double
    public var kind: Kind
    public var warmupSteps: Int
    public var warmupStartFactor: Double
    /// Steps after the warm-up.
    public var decaySteps: Int

    init(_ node: InputNode, steps: Int) throws {
        let keys = try node.object(
            known: [
                "type", "start_lr", "stop_lr", "stop_lr_ratio", "decay_steps", "decay_rate", "smooth", "warmup_steps",
                "warmup_ratio", "warmup_start_factor", "decay_phase_ratio", "decay_type", "scale_by_worker",
            ])
        guard let first = keys["start_lr"] else { throw node.failure("start_lr is missing") }
        let start = try first.positive()
        self.start = start
        func exclude(_ one: String, _ other: String) throws {
            guard keys[one] == nil || keys[other] == nil else {
                throw node.failure("\(one) and \(other) exclude each other", mend: "give one of them")
            }
        }
        try exclude("stop_lr", "stop_lr_ratio")
        let given = try keys["stop_lr"]?.notNegative() ?? Self.defaultStop
        if let ratio = try keys["stop_lr_ratio"]?.notNegative() { stop = start * ratio } else { stop = given }
        if let counted = try keys["warmup_steps"]?.atLeast(0), counted > 0 {
            try exclude("warmup_steps", "warmup_ratio")
        }
        let share = try keys["warmup_ratio"]?.notNegative() ?? 0
        guard let warmup = Count.rounding(share * Double(steps), .towardZero) else {
            throw node.failure("warmup_ratio (\(share)) is out of range")
        }
        let counted = try keys["warmup_steps"]?.atLeast(0) ?? 0
        warmupSteps = keys["warmup_ratio"] == nil ? counted : warmup
        warmupStartFactor = try keys["warmup_start_factor"]?.notNegative() ?? 0
        decaySteps = steps - warmupSteps
        guard decaySteps > 0 else { throw node.failure("the warm-up takes all \(steps) steps") }
        switch try keys["type"]?.string ?? "exp" {
        case "exp": kind = try Self.exponential(keys, start: start, stop: stop, steps: decaySteps)
        case "cosine": kind = .cosine
        case "wsd":
            let ratio = try keys["decay_phase_ratio"]?.positive() ?? 0.1
            let name = try keys["decay_type"]?.string ?? "inverse_linear"
            guard ratio <= 1, let decay = Decay(rawValue: name) else {
                throw node.failure(
                    "decay_phase_ratio must not exceed 1, decay_type be inverse_linear, cosine or linear")
            }
            guard stop > 0 else { throw node.failure("stop_lr must be positive for wsd") }
            kind = .stableDecay(decaySteps: max(1, min(Int(ratio * Double(steps)), decaySteps)), decay)
        default:
            throw keys["type"]!.failure("this schedule is not supported", mend: "use exp, cosine or wsd")
        }
    }

    /// `decay_rate` decides alone when it is given, `stop_lr` then being the least rate. Otherwise the last step has the
    /// stop rate, and a decay as long as the run is replaced by one of a hundredth of it, at most 100 steps.
    private static func exponential(
        _ keys: [String: InputNode], start: Double, stop: Double, steps: Int
    ) throws -> Kind {
        var every = try keys["decay_steps"]?.atLeast(1) ?? 5000
        let isSmooth = try keys["smooth"]?.bool ?? false
        if let rate = try keys["decay_rate"]?.positive() {
            return .exponential(decaySteps: every, rate: rate, isSmooth: isSmooth)
        }
        if every >= steps { every = steps / 10 > 100 ? 100 : steps / 100 + 1 }
        let ratio = max(stop, leastStop) / start
        return .exponential(
            decaySteps: every, rate: exp(log(ratio) / (Double(steps) / Double(every))), isSmooth: isSmooth)
    }

    /// What DeePMD-kit 3.2 takes when neither `stop_lr` nor `stop_lr_ratio` is given (deepmd/utils/argcheck.py).
    private static let defaultStop = 5e-8
    /// In place of a stop rate of zero, of which there is no logarithm (deepmd/dpmodel/utils/learning_rate.py).
    private static let leastStop = 1e-10

    /// The rate of step `step`, counted from 0.
    public func rate(_ step: Int) -> Double {
        if step < warmupSteps {
            return start * (warmupStartFactor + (1 - warmupStartFactor) * Double(step) / Double(warmupSteps))
        }
        let t = max(0, step - warmupSteps)
        switch kind {
        case .exponential(let every, let rate, let isSmooth):
            let power = isSmooth ? Double(t) / Double(every) : Double(t / every)
            return max(start * pow(rate, power), stop)
        case .cosine:
            return stop + (start - stop) * 0.5 * (1 + cos(.pi * min(1, Double(t) / Double(decaySteps))))
        case .stableDecay(let length, let decay):
            let x = Double(t - (decaySteps - length)) / Double(length)
            guard x > 0 else { return start }
            let y = min(x, 1)
            switch decay {
            case .linear: return start + (stop - start) * y
            case .cosine: return stop + (start - stop) * 0.5 * (1 + cos(.pi * y))
            case .inverseLinear: return 1 / (y / stop + (1 - y) / start)
            }
        }
    }
}
