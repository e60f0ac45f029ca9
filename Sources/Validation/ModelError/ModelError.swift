import Calculations
import Execution

/// What the models' own error does to D: each model of an ensemble drives the same run.
struct ModelError: Experiment {
    let name = "models"
    let title = "The models' part of the error of D"
    let families: [FindingFamily] = [.models]

    func needs(of study: Study) throws -> [any Calculation] { try study.runs(for: name).map(\.calculation) }
}
