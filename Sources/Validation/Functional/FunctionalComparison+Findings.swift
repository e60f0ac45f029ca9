import Execution
import Structures

extension FunctionalComparison {
    func points(of study: Study, _ outcomes: Outcomes) throws -> [DiffusionPoint] {
        try DiffusionPoint.group(study.diffusionRuns(for: name), outcomes)
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try points(of: study, outcomes).flatMap(\.findings)
    }

    /// A point of PBE with its partner of PBEsol: the same code, crystal and temperature.
    static func pairs(_ points: [DiffusionPoint]) -> [(pbe: DiffusionPoint, pbesol: DiffusionPoint)] {
        points.filter { $0.runs[0].planned.level.functional == .pbe }.compactMap { pbe in
            let own = pbe.runs[0].planned
            let partner = points.first {
                let other = $0.runs[0].planned
                return other.level.functional == .pbesol && other.level.code == own.level.code
                    && other.material == own.material && other.arrangement == own.arrangement && other.cell == own.cell
                    && other.temperature == own.temperature
            }
            return partner.map { (pbe, $0) }
        }
    }
}
