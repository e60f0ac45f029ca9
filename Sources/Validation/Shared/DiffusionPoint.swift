import Calculations
import Execution
import Reporting
import Statistics
import Structures

/// The diffusion coefficient of one crystal at one temperature, over all runs there: other arrangements of M and P, other
/// velocities.
struct DiffusionPoint: Sendable {
    /// One run and what its displacements tell.
    struct Run: Sendable {
        var planned: PlannedRun
        var found: Found<Dynamics>
        /// nil where the run has failed.
        var result: DiffusionResult?
    }

    var runs: [Run]

    /// `Ge/VASP-PBE/disordered/expanded/666K`.
    var label: String { runs[0].planned.label }
    /// `Ge/VASP-PBE/disordered/expanded`.
    var series: String { runs[0].planned.series }
    /// K.
    var temperature: Double { runs[0].planned.temperature }
    var material: Material { runs[0].planned.material }
    /// Of one unit cell.
    var cell: CellLengths { runs[0].planned.calculation.crystal.cell }
    var keys: [String] { runs.map(\.found.key) }
    var origin: Origin { Origin(of: runs.compactMap(\.found.origin)) }

    /// The planned runs with their outcomes, by label, in the order of the plans.
    ///
    /// - Parameter by: what the runs of one point have in common.
    /// - Throws: `InputError` when displacements are not finite.
    static func group(
        _ planned: [PlannedRun], _ outcomes: Outcomes, by label: (PlannedRun) -> String = \.label
    ) throws -> [DiffusionPoint] {
        var points: [DiffusionPoint] = []
        for planned in planned {
            let found = Found(outcomes, planned.calculation)
            let run = Run(
                planned: planned, found: found,
                result: try found.content.map { try DiffusionEstimator().estimate($0.displacements) })
            if let place = points.firstIndex(where: { label($0.runs[0].planned) == label(planned) }) {
                points[place].runs.append(run)
            } else {
                points.append(DiffusionPoint(runs: [run]))
            }
        }
        return points
    }

    private var estimates: [DiffusionEstimate] { runs.compactMap { $0.result?.estimate } }

    /// Why there is no coefficient: leaving out the slow runs would bias the mean of the others.
    var obstacle: String? {
        for run in runs {
            if let failure = run.found.failure { return failure.reason }
            if let reason = run.result?.reason { return DiffusionText.reason(reason) }
        }
        return nil
    }

    /// The mean over the runs (m²/s); nil unless all are diffusive. Its error is the larger of the runs' own errors
    /// combined and of their scatter.
    var diffusion: Estimate? { obstacle == nil ? .mean(of: estimates.map(\.diffusion)) : nil }

    /// Along a, b and c (m²/s).
    var axes: [Estimate]? {
        obstacle == nil ? (0..<3).map { axis in .mean(of: estimates.map { $0.axes[axis] }) } : nil
    }

    /// In the plane of a and b (m²/s).
    var plane: Estimate? {
        axes.map { axes in
            let (a, b) = (axes[0], axes[1])
            return Estimate(
                0.5 * (a.value + b.value),
                error: 0.5 * (a.standardError * a.standardError + b.standardError * b.standardError).squareRoot())
        }
    }

    /// MSD/6τ at a quarter of the run (m²/s), the mean over the runs: what one would read off if the motion were diffusive.
    var apparent: Double? {
        let values = runs.compactMap { $0.found.content?.displacements.apparentDiffusion }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// Production of all runs (ps).
    var picoseconds: Double { runs.map(\.planned.calculation.picoseconds).reduce(0, +) }

    /// Why nothing may be decided by it; nil where it is trusted.
    var distrust: String? { runs.compactMap { $0.found.content }.compactMap(RunTrust.objection).first }
}
