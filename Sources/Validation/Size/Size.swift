import Calculations
import Execution
import Structures

/// Fig. 7b: diffusion coefficients against the number of atoms.
struct Size: Experiment {
    let name = "size"
    let title = "Convergence in size (Fig. 7b)"
    let families: [FindingFamily] = [.size]

    func needs(of study: Study) throws -> [any Calculation] { try study.runs(for: name).map(\.calculation) }
}
