import Calculations
import Execution
import Reporting

extension RadialDistributions {
    /// One material and model at one temperature, ordered and disordered.
    struct Comparison {
        var ordered: [PlannedRun]
        var disordered: [PlannedRun]
        var found: [Found<Dynamics>]
        /// By the other species: `P`.
        var differences: [(partner: String, difference: RadialDifference)]
        /// Of all pairs.
        var overlap: RadialOverlap?

        var run: PlannedRun { ordered[0] }
        /// `Ge/VASP-PBE`.
        var series: String { "\(run.material.rawValue)/\(run.level.name)" }
        var obstacle: String? { found.compactMap(\.failure).first?.reason }
    }

    /// The elements whose distributions around Li are compared.
    static func partners(_ run: PlannedRun) -> [String] { ["Li", run.material.rawValue, "P", "S"] }

    /// For each material and model the lowest temperature at which both arrangements are planned.
    func comparisons(of study: Study, _ outcomes: Outcomes) throws -> [Comparison] {
        let runs = try study.runs(for: name)
        var comparisons: [Comparison] = []
        for run in runs where run.arrangement == .ordered {
            let same = runs.filter { $0.material == run.material && $0.level == run.level }
            let temperatures = Set(same.filter { $0.arrangement == .ordered }.map(\.temperature))
                .intersection(same.filter { $0.arrangement == .disordered }.map(\.temperature))
            guard run.temperature == temperatures.min() else { continue }
            let series = "\(run.material.rawValue)/\(run.level.name)"
            guard !comparisons.contains(where: { $0.series == series }) else { continue }
            let here = same.filter { $0.temperature == run.temperature && $0.cell == run.cell }
            comparisons.append(
                Self.comparison(
                    here.filter { $0.arrangement == .ordered }, here.filter { $0.arrangement == .disordered }, outcomes)
            )
        }
        return comparisons
    }

    private static func comparison(
        _ ordered: [PlannedRun], _ disordered: [PlannedRun], _ outcomes: Outcomes
    ) -> Comparison {
        func records(_ runs: [PlannedRun]) -> [Found<Dynamics>] { runs.map { Found(outcomes, $0.calculation) } }
        let (there, here) = (records(ordered), records(disordered))
        func averages(_ found: [Found<Dynamics>], _ partner: String) -> [RadialAverage] {
            found.compactMap { $0.content?.radial("Li", partner) }
        }
        let differences = partners(ordered[0]).compactMap { partner in
            RadialDifference(averages(here, partner), averages(there, partner)).map { (partner, $0) }
        }
        return Comparison(
            ordered: ordered, disordered: disordered, found: there + here, differences: differences,
            overlap: RadialOverlap(there.compactMap(\.content), here.compactMap(\.content)))
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try comparisons(of: study, outcomes).flatMap { comparison -> [Finding] in
            let distances = Self.partners(comparison.run).map { partner in
                ("Li-\(partner)", comparison.differences.first { $0.partner == partner }?.difference.distance)
            }
            return (distances + [("overlap", comparison.overlap?.worst?.overlap)]).map { name, value in
                let result: Finding.Result =
                    if let obstacle = comparison.obstacle {
                        .obstacle(obstacle)
                    } else if let value {
                        .value(value)
                    } else { .obstacle("no run") }
                return Finding(
                    "rdf/\(comparison.series)/\(name)", result, unit: "", keys: comparison.found.map(\.key),
                    origin: Origin(of: comparison.found.compactMap(\.origin)),
                    distrust: comparison.found.compactMap(\.content).compactMap(RunTrust.objection).first)
            }
        }
    }
}
