import Calculations
import Execution

/// Figs. 9 and 10: how the cell grows with temperature, and what that does to diffusion.
struct Expansion: Experiment {
    let name = "expansion"
    let title = "Thermal expansion (Fig. 9) and diffusion (Fig. 10)"
    let families: [FindingFamily] = [.expansion, .volume, .diffusion, .diffusionAB, .diffusionC]

    /// K: the paper fits below it.
    static let highestOfFit = 700.0

    func needs(of study: Study) throws -> [any Calculation] {
        try cellRuns(of: study).map(\.calculation) + study.diffusionRuns(for: name).map(\.calculation)
    }

    /// Those at zero pressure.
    func cellRuns(of study: Study) throws -> [PlannedRun] { try study.runs(for: name).filter { $0.cell == .npt } }
}
