import ArgumentParser
import Calculations
import ConcurrentLearning
import Execution
import Files
import Foundation
import Labelling
import Parallel
import Validation

/// `lgps-bench dpgen PARAM.json`: the concurrent-learning loop.
struct DPGEN: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dpgen", abstract: "Train, explore, select and label in turn, as `dpgen run` does.",
        discussion: """
            PARAM.json has DP-GEN's keys; those that have no effect here are told, those that are not supported are errors \
            that name the alternative. "fp_style": "model" labels by a Deep Potential as teacher. The section "lgps_bench" may \
            hold "selection" (strata, dpgen, random), "seed", "hold_out" (labelled systems that every iteration is tested on), \
            "converged_share", "stop_when_converged", "failed_in_a_row" and "spacing".
            The loop stops when its last stage has converged or the jobs are used up, and says which. Calling the same \
            command again goes on where it stopped; jobs may be added to PARAM.json meanwhile. OUTPUT holds learning.json, \
            its page learning/report.md, and dpgen.log, record.dpgen and iter.NNNNNN for those who know them.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The protocol: DP-GEN's param.json, or YAML.") var param: String
    @Argument(
        help: """
            The cluster: DP-GEN's machine.json, with resources of their own for train, model_devi and fp. (default: the cores of \
            this machine)
            """)
    var machine: String?

    @Option(help: "Where the results go.") var output = "."
    @Option(help: "Where calculations are kept. (default: OUTPUT/store)") var store: String?
    @Option(help: "MPI processes of one CP2K calculation. (default: 1, or cpu_per_node of machine.json's fp)")
    var ranks: Int?
    @Option(name: .customLong("cp2k"), help: "CP2K's executable. (default: searched in PATH)") var cp2k: String?
    @Option(help: "Shell command that runs VASP in the current folder. (default: the command of machine.json's fp)")
    var vaspCommand: String?
    @Flag(help: "Try again what has failed.") var retryFailed = false
    @Flag(help: "Go on however many labels fail.") var acceptFailures = false
    @Flag(help: "Read the protocol and everything that it names, say what is understood, and do nothing.")
    var dryRun = false

    func run() async throws {
        let input = try LearningProtocol(contentsOf: param)
        for remark in input.remarks { common.say("note: \(remark)") }
        if dryRun {
            let inputs = try LearningInputs(input, library: InputLibrary())
            common.say(LearningPlan(input, inputs).summary)
            return
        }
        let place = try LearningPlace(machine: machine)
        try place.engine.checkPresence()
        let store = try Store(store ?? "\(output)/store")
        let plan = LearningPlan(
            input, try LearningInputs(input, library: store.inputs), acceptsFailures: acceptFailures)
        // For calculations here, and for workers elsewhere.
        LabellingMachine.current = try labelling(input, place)
        try LabellingMachine.current.save(in: store)
        StopSignal.install(resumeHint: "the same command goes on")
        let loop = LearningLoop(
            plan, in: Workplace(store, program: "lgps-bench \(Program.version)"), output: output,
            retriesFailures: retryFailed, meter: common.progress)
        let engine = try place.engine.engine(
            for: store, cores: common.threadCount, say: { [common] in common.say($0) })
        let isQuiet = common.quiet || common.json
        let record = try await loop.run(on: engine) { if !isQuiet { print($0) } }
        let message = try await LearningPage(record).section.write(to: output)
        if let message { FileHandle.standardError.write(Data("\(message)\n".utf8)) }
        if common.json { try common.printJSON(record) }
        if let end = record.end, !end.isSuccess {
            FileHandle.standardError.write(Data("lgps-bench: \(end.message)\n".utf8))
            throw ExitCode(1)
        }
    }

    private func labelling(_ input: LearningProtocol, _ place: LearningPlace) throws -> LabellingMachine {
        let cluster = try place.labelling()
        var installation: CP2KInstallation?
        // The nodes of a cluster may have a CP2K that this machine lacks: then they look for it.
        if case .cp2k = input.labelling.code, cluster == nil || cp2k != nil {
            installation = try CP2KInstallation.find(executable: cp2k)
        }
        return LabellingMachine(
            cp2k: .init(
                ranks: ranks ?? cluster?.resources.coresPerNode ?? 1, threads: 1, niceLevel: cluster == nil ? 10 : 0),
            cp2kInstallation: installation,
            vasp: .init(
                exchange: "\(output)/vasp", command: vaspCommand ?? cluster?.command,
                potcarFolder: try PotcarFolder.make(for: input, in: "\(output)/potcar")))
    }
}

/// The one place where it is decided who gets a loop's calculations done.
struct LearningPlace {
    let engine: EngineChoice
    private let file: MachineFile?

    /// - Parameter machine: DP-GEN's machine.json; nil for the cores of this machine.
    init(machine: String?) throws {
        file = try machine.map { try MachineFile($0) }
        guard let file, try file.stage(.training).batch == .slurm else {
            engine = .local
            return
        }
        let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        engine = .slurm(file, worker: [program, "work", "--quiet"])
    }

    /// What labels are computed with; nil on this machine.
    func labelling() throws -> MachineFile.Stage? { try file?.stage(.labelling) }
}
