import Calculations
import Execution

/// Fig. 12: what disorder of M and P does to the radial distributions around Li.
struct RadialDistributions: Experiment {
    let name = "rdf"
    let title = "Radial distributions with and without disorder (Fig. 12)"
    let families: [FindingFamily] = [.rdf]

    func needs(of study: Study) throws -> [any Calculation] { try study.runs(for: name).map(\.calculation) }
}
