import Calculations
import Execution
import Statistics

extension Convergence {
    /// What the first part of a run tells.
    struct Part {
        var picoseconds: Double
        var result: DiffusionResult
        /// MSD/6τ (m²/s).
        var apparent: Double
    }

    /// The parts of a run, in ascending order, the last being all of it.
    static func parts(of run: DiffusionPoint.Run) throws -> [Part] {
        guard let record = run.found.content else { return [] }
        let length = run.planned.calculation.picoseconds
        let whole = DynamicsRecord.Milestone(picoseconds: length, displacements: record.displacements)
        return try (record.milestones.filter { $0.picoseconds < 0.999 * length } + [whole]).map {
            Part(
                picoseconds: $0.picoseconds, result: try DiffusionEstimator().estimate($0.displacements),
                apparent: $0.displacements.apparentDiffusion)
        }
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try DiffusionPoint.group(study.runs(for: name), outcomes).flatMap { point -> [Finding] in
            let parts = try point.runs.map { try Self.parts(of: $0) }
            let lengths = Set(parts.flatMap { $0.map(\.picoseconds) }).sorted()
            return lengths.flatMap { length -> [Finding] in
                let here = parts.compactMap { $0.first { $0.picoseconds == length } }
                return findings(here, point, "\(point.label)/\(Int(length.rounded()))ps")
            }
        }
    }

    private func findings(_ parts: [Part], _ point: DiffusionPoint, _ label: String) -> [Finding] {
        let estimates = parts.compactMap { $0.result.estimate?.diffusion }
        func finding(_ family: String, _ result: Finding.Result, _ unit: String) -> Finding {
            Finding(
                "\(family)/\(label)", result, unit: unit, keys: point.keys, origin: point.origin,
                distrust: point.distrust)
        }
        if let reason = parts.compactMap(\.result.reason).first {
            let obstacle = Finding.Result.obstacle(DiffusionText.reason(reason))
            return [finding("convergence", obstacle, "m²/s"), finding("convergence-error", obstacle, "")]
        }
        // Of one run, however many there are: that is what a length is judged by.
        let errors = estimates.map(\.relativeError)
        let typical = (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
        return [
            finding("convergence", .value(.mean(of: estimates)), "m²/s"),
            // An error known from n blocks is itself known to about 20 %.
            finding("convergence-error", .value(Estimate(typical, error: 0.2 * typical)), ""),
        ]
    }
}
