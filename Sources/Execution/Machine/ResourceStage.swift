/// What kind of work a calculation is, as the stages of DP-GEN's machine.json tell it apart: each has resources of its own.
public enum ResourceStage: String, Codable, CaseIterable, Sendable {
    case training = "train"
    /// Dynamics, and everything else that evaluates models.
    case exploration = "model_devi"
    case labelling = "fp"
}
