import Calculations
import Execution
import Structures

/// Fig. 7a: diffusion coefficients against the length of the trajectory.
struct Convergence: Experiment {
    let name = "convergence"
    let title = "Convergence in time (Fig. 7a)"
    let families: [FindingFamily] = [.convergence, .convergenceError]

    func needs(of study: Study) throws -> [any Calculation] { try study.runs(for: name).map(\.calculation) }
}
