import Files
import MolecularDynamics
import Statistics
import Structures

/// D and its error from a stored trajectory.
struct StoredTrajectory: RegressionCheck {
    let name = "diffusion"
    let about =
        "What `lgps-bench analyze` finds in inputs/diffusion.h5 (50 atoms of Li10GeP2S12, NVT, 1200 K; inputs/trajectory.sh): D with "
        + "every part of its error, the range of lags, the MSD, the conductivity."
    let reasons = [
        "arithmetic":
            "Sums in Double over stored positions: the order of their rounding moves D by 1e-10 of itself at most; a millionth shows "
            + "one lag or one frame more or less, which move it by 1e-3."
    ]

    /// Discarded (ps).
    private static let equilibration = 2.0
    /// K.
    private static let temperature = 1200.0

    func measure(_ bench: RegressionBench) throws -> [Baseline] {
        let path = bench.input("diffusion.h5")
        let result = try TrajectoryAnalysis(
            path: path, equilibration: Self.equilibration, temperature: Self.temperature
        ).run(progress: .none)
        guard let found = result.diffusion.estimate else {
            throw InputError(
                file: path, problem: "no D is found any more: \(result.diffusion.reason.map { "\($0)" } ?? "")")
        }
        let curve = result.curve
        let middle = curve.lags.count / 2
        return estimate("D", found.diffusion) + estimate("D-collective", found.collective)
            + zip(["x", "y", "z"], found.axes).flatMap { estimate("D-\($0)", $1) }
            + [
                number("noise", found.noise, "m²/s"), number("memory", found.memory, "m²/s"),
                number("choice", found.choice, "m²/s"), number("error-of-atoms", found.atomError, "m²/s"),
                number("error-of-model", found.modelError, "m²/s"), number("start", found.regime.start, "ps"),
                number("end", found.regime.end, "ps"), number("intercept", found.intercept, "Å²"),
                number("msd-first", curve.total[0], "Å²"), number("msd-middle", curve.total[middle], "Å²"),
                number("lag-middle", curve.times[middle], "ps"),
            ] + estimate("exponent", found.regime.exponent, "")
            + (result.conductivity.map { estimate("conductivity", $0, "mS/cm") } ?? [])
    }

    private func estimate(_ id: String, _ estimate: Estimate, _ unit: String = "m²/s") -> [Baseline] {
        Baseline.estimate("\(name)/\(id)", estimate, unit: unit, relative: 1e-6, "arithmetic")
    }

    private func number(_ id: String, _ value: Double, _ unit: String) -> Baseline {
        .number("\(name)/\(id)", value, unit: unit, relative: 1e-6, "arithmetic")
    }
}
