import Calculations
import Execution
import Reporting
import Statistics

extension TimeStep {
    /// The runs of one crystal and temperature with one step.
    struct Point {
        var diffusion: DiffusionPoint

        /// fs.
        var step: Double { 1000 * diffusion.runs[0].planned.calculation.timestep }
        /// `Ge/VASP-PBE/500K`.
        var series: String {
            let run = diffusion.runs[0].planned
            return "\(run.material.rawValue)/\(run.level.name)/\(PlannedRun.kelvins(run.temperature))"
        }
        /// `timestep/Ge/VASP-PBE/500K/2fs`.
        var label: String { "timestep/\(series)/\(NumberText.significant(step, digits: 1))fs" }
        var records: [DynamicsRecord] { diffusion.runs.compactMap(\.found.content) }
        /// The largest drift of the conserved quantity (meV/atom/ns), either way.
        var drift: Double? { records.map { 1000 * $0.thermodynamics.drift }.max { abs($0) < abs($1) } }
    }

    /// By crystal, temperature and step, shortest steps first.
    func points(of study: Study, _ outcomes: Outcomes) throws -> [Point] {
        try DiffusionPoint.group(study.runs(for: name), outcomes) {
            "\($0.label)/\($0.calculation.timestep)"
        }.map { Point(diffusion: $0) }.sorted { ($0.series, $0.step) < ($1.series, $1.step) }
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        let points = try points(of: study, outcomes)
        return points.flatMap { point -> [Finding] in
            let shortest = points.first { $0.series == point.series }
            var findings = [
                point.diffusion.finding("\(point.label)/diffusion", point.diffusion.diffusion, unit: "m²/s"),
                point.diffusion.finding("\(point.label)/drift", point.drift.map { Estimate($0) }, unit: "meV/atom/ns"),
            ]
            if let shortest, shortest.step < point.step, let difference = Self.difference(point, shortest) {
                findings.append(point.diffusion.finding("\(point.label)/rdf", difference, unit: ""))
            }
            return findings
        }
    }

    /// Of the radial distribution of Li and S, whose vibration is the stiffest that lithium has.
    private static func difference(_ point: Point, _ shortest: Point) -> Estimate? {
        func averages(_ point: Point) -> [RadialAverage] {
            point.records.compactMap { $0.radial("Li", "S") }
        }
        return RadialDifference(averages(point), averages(shortest))?.distance
    }
}
