import Execution

extension CalculationKinds {
    /// Every kind that this program knows.
    public static let all = CalculationKinds([
        Dynamics.self, Exploration.self, FrameErrors.self, Labels.self, Relaxation.self, RelaxationByLabels.self,
        StepTimes.self, Training.self,
    ])
}
