/// What a run reports at its display steps.
public struct TrainingProgress: Sendable {
    public var step: Int
    public var steps: Int
    public var learningRate: Double
    /// Of the training batches since the report before.
    public var training: ErrorSums
    /// The mean loss of these batches.
    public var trainingLoss: Double
    /// Of the displayed validation frames.
    public var validation: ErrorSums?
    /// Of all validation frames, when this step validated them.
    public var fullValidation: ErrorSums?
    public var secondsPerStep: Double
    /// Until the last step.
    public var secondsLeft: Double
}

/// How a run ended.
public struct TrainingOutcome: Sendable {
    /// Steps done, all runs included.
    public var step: Int
    /// False when it was stopped before the last step.
    public var isComplete: Bool
    /// The written model: the best on the validation frames, or the last when there are none.
    public var modelPath: String
    public var bestStep: Int
    /// Of the written model on all validation frames.
    public var validation: ErrorSums?
    /// Of training, all runs included; preparation and other models excluded.
    public var seconds: Double
}

/// The loss or its gradient ceased to be finite, or rose out of all proportion.
public struct TrainingDiverged: Error, CustomStringConvertible, Sendable {
    public var step: Int
    public var system: String
    public var frame: Int
    public var loss: Double
    public var modelPath: String?

    public var description: String {
        let kept = modelPath.map { "; the last good model is \($0)" } ?? "; no model had been saved yet"
        return
            "training diverged at step \(step), frame \(frame) of \(system) (loss \(loss))\(kept) (lower the learning rate, or check this frame's labels)"
    }
}
