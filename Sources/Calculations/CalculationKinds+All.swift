import Execution

extension CalculationKinds {
    /// Every kind that this program knows.
    public static let all = CalculationKinds([
        DisplacedForces.self, Dynamics.self, Exploration.self, FrameErrors.self, Labels.self, MinimumEnergy.self,
        PerturbedForces.self, Relaxation.self, RelaxationByLabels.self, StepTimes.self, StrainedStresses.self,
        Training.self,
    ])
}
