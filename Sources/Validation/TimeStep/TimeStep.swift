import Calculations
import Execution

/// How long a step may be: the same crystal with steps of 2, 3 and 4 fs.
struct TimeStep: Experiment {
    let name = "timestep"
    let title = "Time step"
    let families: [FindingFamily] = [.timestep]

    func needs(of study: Study) throws -> [any Calculation] { try study.runs(for: name).map(\.calculation) }
}
