import ArgumentParser
import DeepPotentialTraining
import Files
import Foundation
import MolecularDynamics
import Parallel
import Reporting
import Structures
import Validation

/// Training of models from labelled data.
struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train a Deep Potential model, or an ensemble of them, on labelled data.",
        discussion: """
            INPUT.json has DeePMD-kit's keys for se_e2_a, or a hybrid of se_e2_a and se_e3, and ener. Beyond them: \
            "batch_size": "mixed:N" takes frames of any systems until there are N atoms, and "lgps_bench" may hold "models" \
            (an ensemble with consecutive seeds), "initial_nets" ("spread", or "deepmd" for its initial parameters), \
            "validation_freq", "table_intervals", "fine_tune" (a model to start from, or a folder with one for each of the \
            ensemble) and "donors" (for its missing elements). \
            Results do not depend on the number of threads, nor on interruptions followed by --restart.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The input file.")
    var input: String

    @Option(help: "Where lcurve.out, the checkpoint and model.dp go; several models go into 000, 001, ... there.")
    var output = "."

    @Flag(help: "Go on from the checkpoints in the output folder.")
    var restart = false

    func run() throws {
        StopSignal.install(resumeHint: "continue with --restart")
        let progress = common.progress
        let settings = try TrainingInput(contentsOf: input)
        let folder = try OutputFolder(output)
        defer { withExtendedLifetime(folder) {} }
        progress.begin("preparing the data")
        let ensemble = try EnsembleTraining(settings, output: output, threads: common.threadCount)
        progress.finish(
            "\(ensemble.training.frameCount) frames to train on, \(ensemble.validation?.frameCount ?? 0) to validate on"
        )
        let count = ensemble.folders.count
        progress.begin(count == 1 ? "training" : "training \(count) models")
        let outcomes: [TrainingOutcome]
        do {
            let isStopped: @Sendable () -> Bool = { StopSignal.received != 0 }
            outcomes = try ensemble.run(restart: restart, shouldStop: isStopped) { all, model in
                progress.update(
                    all.fraction, detail: (count == 1 ? "" : "model \(all.task + 1): ") + Self.detail(model))
            }
        } catch let error as TrainingDiverged {
            throw InputError(problem: "\(error)")
        }
        if outcomes.contains(where: { !$0.isComplete }) || outcomes.count < count {
            throw Interrupted()
        }
        let summary = EnsembleSummary(outcomes)
        try AtomicFile.write(summary.csv, to: "\(output)/models.csv")
        if common.json {
            try common.printJSON(summary)
        } else {
            common.say(summary.text)
        }
    }

    /// The errors in the units of Table V.
    private static func detail(_ report: TrainingProgress) -> String {
        let errors = report.fullValidation ?? report.validation ?? report.training
        return String(
            format: "%@ %.2f meV/atom, %.1f meV/Å, %.1f ms a step",
            report.validation == nil ? "training" : "validation", 1000 * errors.energyRMSE, 1000 * errors.forceRMSE,
            1000 * report.secondsPerStep)
    }
}
