import Calculations
import Execution

/// Fig. 13 (and 1a): diffusion coefficients against temperature, beside experiment.
struct Arrhenius: Experiment {
    let name = "experiment"
    let title = "Diffusion against temperature, beside experiment (Fig. 13)"
    let families: [FindingFamily] = [.diffusion, .diffusionAB, .diffusionC, .activation, .extrapolated, .curvature]

    func needs(of study: Study) throws -> [any Calculation] { try study.diffusionRuns(for: name).map(\.calculation) }
}
