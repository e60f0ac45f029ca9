import Execution
import Reporting
import Statistics

extension Expansion {
    /// One for each crystal and model.
    func expansions(of study: Study, _ outcomes: Outcomes) throws -> [CellExpansion] {
        let points = try CellPoint.group(cellRuns(of: study), outcomes)
        return try points.map(\.series).distinct.map { name in try CellExpansion(points.filter { $0.series == name }) }
    }

    /// Fixed and expanded cells, for Fig. 10.
    func points(of study: Study, _ outcomes: Outcomes) throws -> [DiffusionPoint] {
        try DiffusionPoint.group(study.diffusionRuns(for: name).filter { $0.cell != .npt }, outcomes)
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try expansions(of: study, outcomes).flatMap(Self.findings)
            + points(of: study, outcomes).flatMap(\.findings)
    }

    private static func findings(_ expansion: CellExpansion) -> [Finding] {
        let points = expansion.points
        let series = points[0].series
        func finding(_ id: String, _ estimate: Estimate?, _ unit: String, _ points: [CellPoint]) -> Finding {
            let obstacle = points.compactMap(\.obstacle).first ?? "fewer than two temperatures"
            return Finding(
                id, estimate.map { .value($0) } ?? .obstacle(obstacle), unit: unit, keys: points.flatMap(\.keys),
                origin: Origin(of: points.map(\.origin)), distrust: points.compactMap(\.distrust).first)
        }
        var findings = points.map { point in
            finding(
                "volume/\(series)/\(PlannedRun.kelvins(point.temperature))", point.volume, "Å³", [point])
        }
        let coefficients = [
            ("alpha", expansion.mean?.coefficient), ("alpha-a", expansion.a?.coefficient),
            ("alpha-c", expansion.c?.coefficient), ("anisotropy-above-700K", expansion.anisotropyAbove),
        ]
        findings += coefficients.map { finding("expansion/\(series)/\($0)", $1, "1/K", points) }
        return findings
    }

    /// Each crystal in the fixed and, second, in the expanded cell.
    static func pairs(_ points: [DiffusionPoint]) -> [DiffusionPair] {
        DiffusionPair.all(points, where: { $0.cell == .fixed }, second: { $0.cell = .expanded })
    }
}
