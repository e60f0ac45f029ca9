import Files

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// DeePMD-kit's learning-rate schedules (the section `learning_rate`).
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
        start = try first.positive()
        if let ratio = keys["stop_lr_ratio"] {
            stop = start * (try ratio.positive())
        } else {
            stop = try keys["stop_lr"]?.positive() ?? 1e-8
        }
        warmupSteps =
            try keys["warmup_steps"]?.atLeast(0) ?? Int((keys["warmup_ratio"]?.notNegative() ?? 0) * Double(steps))
        warmupStartFactor = try keys["warmup_start_factor"]?.notNegative() ?? 0
        decaySteps = steps - warmupSteps
        guard decaySteps > 0 else { throw node.failure("the warm-up takes all \(steps) steps") }
        switch try keys["type"]?.string ?? "exp" {
        case "exp":
            var every = try keys["decay_steps"]?.atLeast(1) ?? 5000
            // DeePMD-kit's mend for a decay longer than the run.
            if every >= decaySteps { every = decaySteps > 100 ? 100 : 1 }
            let rate =
                try keys["decay_rate"]?.positive()
                ?? exp(log(stop / start) * Double(every) / Double(decaySteps))
            kind = .exponential(decaySteps: every, rate: rate, isSmooth: try keys["smooth"]?.bool ?? false)
        case "cosine": kind = .cosine
        case "wsd":
            let ratio = try keys["decay_phase_ratio"]?.positive() ?? 0.1
            let name = try keys["decay_type"]?.string ?? "inverse_linear"
            guard ratio <= 1, let decay = Decay(rawValue: name) else {
                throw node.failure(
                    "decay_phase_ratio must not exceed 1, decay_type be inverse_linear, cosine or linear")
            }
            kind = .stableDecay(decaySteps: max(1, Int(ratio * Double(steps))), decay)
        default:
            throw keys["type"]!.failure("this schedule is not supported", mend: "use exp, cosine or wsd")
        }
    }

    /// The rate of step `step`, counted from 0.
    public func rate(_ step: Int) -> Double {
        if step < warmupSteps {
            return start * (warmupStartFactor + (1 - warmupStartFactor) * Double(step) / Double(warmupSteps))
        }
        return base(step)
    }

    /// The same without the warm-up: what the loss' prefactors follow.
    public func base(_ step: Int) -> Double {
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
