import Calculations
import Execution

/// Fig. 11: ordered against disordered arrangements of M and P.
struct Disorder: Experiment {
    let name = "disorder"
    let title = "Disorder of M and P (Fig. 11)"
    let families: [FindingFamily] = [
        .disorder, .diffusion, .diffusionAB, .diffusionC, .activation, .extrapolated, .curvature,
    ]

    func needs(of study: Study) throws -> [any Calculation] { try study.diffusionRuns(for: name).map(\.calculation) }
}
