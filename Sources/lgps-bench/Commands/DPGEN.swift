import ArgumentParser
import ConcurrentLearning
import Execution
import Files
import Foundation
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
    @Argument(help: "Where the calculations run: DP-GEN's machine.json. (default: the cores of this machine)")
    var machine: String?

    @Option(help: "Where the results go.") var output = "."
    @Option(help: "Where calculations are kept. (default: OUTPUT/store)") var store: String?
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
        let engine = try LearningEngine.choose(machine: machine, cores: common.threadCount)
        let store = try Store(store ?? "\(output)/store")
        let plan = LearningPlan(
            input, try LearningInputs(input, library: store.inputs), acceptsFailures: acceptFailures)
        StopSignal.install(resumeHint: "the same command goes on")
        let loop = LearningLoop(
            plan, in: Workplace(store, program: "lgps-bench \(Program.version)"), output: output,
            retriesFailures: retryFailed, meter: common.progress)
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
}

/// The one place where it is decided who gets a loop's calculations done.
enum LearningEngine {
    /// - Parameter machine: DP-GEN's machine.json.
    static func choose(machine: String?, cores: Int) throws -> any Engine {
        guard let machine else { return LocalEngine(cores: cores) }
        throw InputError(
            file: machine, problem: "calculations run on this machine only", mend: "leave machine.json out")
    }
}
