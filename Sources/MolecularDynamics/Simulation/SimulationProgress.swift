/// How far a run is; for progress bars and logs only, nothing in the run depends on it.
public struct SimulationProgress: Sendable {
    public var step: Int
    /// Steps in all.
    public var steps: Int
    /// K.
    public var temperature: Double
    /// Steps per second of wall time since this process began or resumed the run.
    public var stepsPerSecond: Double
    /// Wall time to the end at this rate; nil before the first step.
    public var secondsLeft: Double? { stepsPerSecond > 0 ? Double(steps - step) / stepsPerSecond : nil }
}

/// Measures the rate and says when a report is due: twice a second.
struct ProgressReporter {
    private let firstStep: Int
    private let start = ContinuousClock.now
    private var last: ContinuousClock.Instant?

    init(firstStep: Int) { self.firstStep = firstStep }

    mutating func report(_ state: MDState, of steps: Int, force: Bool) -> SimulationProgress? {
        let now = ContinuousClock.now
        if !force, let last, now - last < .milliseconds(500) { return nil }
        last = now
        let seconds = (now - start) / .seconds(1)
        return SimulationProgress(
            step: state.step, steps: steps, temperature: state.temperature,
            stepsPerSecond: seconds > 0 ? Double(state.step - firstStep) / seconds : 0)
    }
}
