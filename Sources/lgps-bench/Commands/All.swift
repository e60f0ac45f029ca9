import ArgumentParser
import Calculations
import Execution
import Files
import Foundation
import Labelling
import Parallel
import Reporting
import Structures
import Validation

/// Everything: all experiments, joined by one summary page. The name of an experiment in the place of `all` does that one.
struct All: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run every experiment of the profile and write OUTPUT/summary.md.",
        discussion: """
            `lgps-bench EXPERIMENT` runs one of them: \(Experiments.all.map(\.name).joined(separator: ", ")).
            Calling the same command again goes on where it stopped; what is done is not repeated. Outcomes of long runs come \
            with this program (reference-data/outcomes); numbers say whether they were computed here or shipped.
            """)

    @OptionGroup var options: StudyArguments

    @Option(help: ArgumentHelp("Run this experiment only; may be repeated.", valueName: "EXPERIMENT"))
    var only: [String] = []

    func run() async throws {
        let reference = try ReferenceData.locate()
        let experiments = only.isEmpty ? Experiments.all : try only.map(Experiments.named)
        LabellingMachine.current = labellingMachine
        let runner = StudyRunner(
            try options.study(experiments, reference: reference), reference: reference,
            meter: options.common.progress, stop: .signals)
        if options.dryRun {
            let plan = try runner.plan()
            if options.common.json { try options.common.printJSON(plan) } else { options.common.say(plan.text) }
            return
        }
        let folder = try OutputFolder(options.output)
        defer { withExtendedLifetime(folder) {} }
        StopSignal.install(resumeHint: options.place.resumeHint)
        let report = try await runner.run()
        if options.common.json {
            try options.common.printJSON(report.verdicts)
        } else {
            for row in report.page.verdicts {
                let remedy = row.remedy.map { ". To decide it: \($0)" } ?? ""
                options.common.say("\(row.source): \(row.word) - \(row.reason)\(remedy)")
            }
        }
        for failure in report.failures { FileHandle.standardError.write(Data("failed: \(failure)\n".utf8)) }
        if let message = report.page.figureMessage { FileHandle.standardError.write(Data("\(message)\n".utf8)) }
        if !options.common.json {
            options.common.say("\nThe report is \(options.output)/summary.html (for a forge: summary.md)")
        }
        if !report.failures.isEmpty { throw ExitCode(1) }
    }

    /// One label at a time: cells of 200 atoms take some 20 GB.
    private var labellingMachine: LabellingMachine {
        let installation = try? CP2KInstallation.find()
        let hasMPI = installation?.mpiLauncher != nil
        let cores = min(options.common.threadCount, 8)
        return LabellingMachine(
            cp2k: .init(ranks: hasMPI ? cores : 1, threads: hasMPI ? 1 : cores, niceLevel: 10),
            cp2kInstallation: installation)
    }
}

/// Options of everything that makes a report.
struct StudyArguments: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var place: EngineOptions

    @Option(help: "How much to compute: \(Profile.names.joined(separator: ", ")), or a JSON file of one's own.")
    var profile = "quick"

    @Option(help: "Which Li10MP2S12, by M: Ge, Si, Sn, separated by commas.")
    var material = "Ge,Si,Sn"

    @Option(
        help: ArgumentHelp(
            "Models (a file or a folder of .dp or .yaml files) in the place of the package's for a level of theory, such as "
                + "CP2K-PBE=DIR; without a level, for everything that they know. May be repeated.",
            valueName: "[LEVEL=]PATH"))
    var model: [String] = []

    @Option(
        help: ArgumentHelp(
            "The paper's labelled data (deepmd/npy at any depth); may be repeated. (default: $LGPS_DATA, or ../shared/data "
                + "beside the package)", valueName: "[LEVEL=]DIR"))
    var data: [String] = []

    @Option(
        help: ArgumentHelp(
            "The output of `dpgen`, for Table IV, with the level of theory of its labels; may be repeated.",
            valueName: "[LEVEL=]DIR"))
    var learning: [String] = []

    @Option(help: "Where the report goes.")
    var output = "output"

    @Option(help: "Where outcomes, checkpoints and the ledger are kept. (default: OUTPUT/store)")
    var store: String?

    @Flag(help: "Compute also what is shipped with this program.")
    var fresh = false

    @Flag(
        name: .customLong("cp2k"),
        help: "Compute what needs labels of CP2K and is not shipped: hours. (default: profiles standard and paper)")
    var computesLabels = false

    @Flag(help: "Show what would be computed and how long it would take, and do nothing.")
    var dryRun = false

    /// What the options mean, with defaults found.
    func study(_ experiments: [any Experiment], reference: ReferenceData) throws -> StudyOptions {
        StudyOptions(
            experiments: experiments, profile: profile, materials: try Material.list(material), models: model,
            data: try Defaults.data(data, reference: reference), learning: learning,
            store: store ?? "\(output)/store", output: output,
            seed: common.seed, cores: common.threadCount, isFresh: fresh, computesLabels: computesLabels,
            engine: try place.choice(), commandLine: CommandLine.arguments)
    }
}
