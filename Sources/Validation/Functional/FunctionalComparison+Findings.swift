import Execution
import Structures

extension FunctionalComparison {
    func points(of study: Study, _ outcomes: Outcomes) throws -> [DiffusionPoint] {
        try DiffusionPoint.group(study.diffusionRuns(for: name), outcomes)
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try points(of: study, outcomes).flatMap(\.findings)
    }

    /// Each crystal by the models of PBE and, second, of PBEsol, of one code.
    static func pairs(_ points: [DiffusionPoint]) -> [DiffusionPair] {
        DiffusionPair.all(points, where: { $0.level.functional == .pbe }, second: { $0.level.functional = .pbesol })
    }
}
