import Calculations
import Execution

/// Fig. 8: models of PBE and of PBEsol at the same, experimental cell.
struct FunctionalComparison: Experiment {
    let name = "functional"
    let title = "PBE and PBEsol at the measured cell (Fig. 8)"
    let families: [FindingFamily] = [.diffusion, .diffusionAB, .diffusionC]

    func needs(of study: Study) throws -> [any Calculation] { try study.diffusionRuns(for: name).map(\.calculation) }
}
