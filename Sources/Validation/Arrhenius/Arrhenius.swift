import Calculations
import Execution
import Structures

/// Fig. 13 (and 1a): diffusion coefficients against temperature, beside experiment.
struct Arrhenius: Experiment {
    let name = "experiment"
    let title = "Diffusion against temperature, beside experiment (Fig. 13)"
    let families: [FindingFamily] = [.diffusion, .diffusionAB, .diffusionC, .activation, .extrapolated, .curvature]

    /// K.
    static let roomTemperature = 300.0
    /// The lowest temperature (K) that extrapolations start from, as those of AIMD do.
    static let lowestOfExtrapolation = 500.0

    func needs(of study: Study) throws -> [any Calculation] { try study.runs(for: name).map(\.calculation) }
}
