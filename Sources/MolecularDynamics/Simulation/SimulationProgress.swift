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
