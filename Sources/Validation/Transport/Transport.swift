import Calculations
import Execution

/// Beyond the paper: how the ions move together, along which axes and between which sites.
struct Transport: Experiment {
    let name = "transport"
    let title = "Conductivity, Haven ratio and sites of Li"
    let families: [FindingFamily] = [.haven, .conductivity, .sites, .jumps]

    func needs(of study: Study) throws -> [any Calculation] { try study.diffusionRuns(for: name).map(\.calculation) }
}
