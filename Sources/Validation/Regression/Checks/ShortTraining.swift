import DeepPotentialTraining
import Files
import Synchronization

/// A few steps of training from a seed, with each optimiser.
struct ShortTraining: RegressionCheck {
    let name = "training"
    let about =
        "Training from a seed on committed frames for some tens of steps, with inputs/training-*.json: loss and errors at each "
        + "display, and the errors on the validation frames at the end."
    let reasons = [
        "rounding":
            "Nets are trained in Float32, whose sums depend on the processor. OpenBLAS's kernels for Prescott, Sandy Bridge "
            + "and Haswell move these numbers by 2e-5 of themselves at most; a thousandth leaves room for vectors of other "
            + "widths."
    ]

    /// Relative.
    private static let tolerance = 1e-3

    func measure(_ bench: RegressionBench) throws -> [Baseline] {
        let folder = bench.input("")
        let inputs = try InputFile.names(in: folder).filter { $0.hasPrefix("training-") && $0.hasSuffix(".json") }
        return try inputs.flatMap { file -> [Baseline] in
            try bench.checkStop()
            return try train(String(file.dropFirst(9).dropLast(5)), bench.input(file), bench)
        }
    }

    private func train(_ label: String, _ file: String, _ bench: RegressionBench) throws -> [Baseline] {
        let training = try EnsembleTraining(
            TrainingInput(contentsOf: file), output: "\(bench.scratch)/training-\(label)", threads: bench.threads)
        let reports = ReportList()
        let stop = bench.stop
        let outcomes = try training.run(
            restart: false, shouldStop: { stop.isRaised }, report: { reports.add($1) })
        try bench.checkStop()
        func found(_ id: String, _ value: Double, _ unit: String = "") -> Baseline {
            .number("\(name)/\(label)/\(id)", value, unit: unit, relative: Self.tolerance, "rounding")
        }
        var baselines = reports.all.flatMap { report in
            [
                found("step-\(report.step)/loss", report.trainingLoss),
                found("step-\(report.step)/force", 1000 * report.training.forceRMSE, "meV/Å"),
            ]
        }
        if let errors = outcomes.first?.validation {
            baselines += [
                found("validation/energy", 1000 * errors.energyRMSE, "meV/atom"),
                found("validation/force", 1000 * errors.forceRMSE, "meV/Å"),
                found("validation/virial", 1000 * errors.virialRMSE, "meV/atom"),
            ]
        }
        return baselines
    }
}

/// Takes what training reports, from its threads.
private final class ReportList: Sendable {
    private let reports = Mutex<[TrainingProgress]>([])

    func add(_ report: TrainingProgress) { reports.withLock { $0.append(report) } }

    var all: [TrainingProgress] { reports.withLock { $0 } }
}
