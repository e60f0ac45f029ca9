/// What `all` consists of, in the order of the work.
public enum Part: String, Codable, CaseIterable, Sendable {
    case accuracy, speed, convergence, experiment

    /// Whether it draws on the MD runs of the profile's diffusion plan.
    var needsDynamics: Bool { self == .convergence || self == .experiment }
}
