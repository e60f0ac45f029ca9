import Calculations
import Execution

extension Arrhenius {
    /// One line for each crystal and model, in the order of the plans.
    func lines(of study: Study, _ outcomes: Outcomes) throws -> [DiffusionLine] {
        try DiffusionLine.lines(DiffusionPoint.group(study.diffusionRuns(for: name), outcomes))
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try lines(of: study, outcomes).flatMap { line in line.points.flatMap(\.findings) + line.findings }
    }
}
