import ArgumentParser
import Calculations
import Execution
import Foundation
import Parallel
import Validation

/// `lgps-bench status STORE`: what is done, running, waiting, failed and why.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what is done, running, waiting and failed in a store, and the hours left.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "The folder named by --store, or OUTPUT/store.") var store: String

    func run() throws {
        let status = try ScheduleStatus(of: Store(existing: store))
        if common.json { try common.printJSON(status) } else { print(status.text(cores: common.threadCount)) }
    }
}

/// `lgps-bench retry STORE [KEY...]`
struct Retry: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let failed or cancelled calculations be tried again by the next run.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "The store.") var store: String
    @Argument(help: "Keys, or their first characters. (default: all that failed)") var keys: [String] = []

    func run() throws {
        let retried = try Store(existing: store).retry(keys.isEmpty ? nil : keys)
        common.say("\(retried.count) will be tried again")
    }
}

/// `lgps-bench cancel STORE KEY...`
struct Cancel: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Cancel calculations that wait or run; they leave a checkpoint, and `retry` lets them go on.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "The store.") var store: String
    @Argument(help: "Keys, or their first characters.") var keys: [String]

    func run() throws { common.say("\(try Store(existing: store).cancel(keys).count) cancelled") }
}

/// `lgps-bench work STORE FOLDERKEY/KEY`: one calculation, for engines that use other machines.
struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Do one calculation of a store, as jobs of a cluster call it.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "The store.") var store: String
    @Argument(help: "FOLDERKEY/KEY, or KEY alone.") var calculation: String

    func run() async throws {
        // Slurm ends by force what does not end by itself.
        StopSignal.install(resumeHint: "the queue goes on with it", isPatient: true)
        let reference = try ReferenceData.locate()
        let store = try Store(existing: store)
        if let machine = try LabellingMachine.saved(in: store) { LabellingMachine.current = machine }
        let workplace = Workplace(
            store, shipped: [reference.outcomes], program: "lgps-bench \(Program.version)")
        let end = try await Worker(workplace, kinds: .all).perform(calculation, patience: .seconds(60))
        switch end.status {
        case .done: common.say("done")
        case .interrupted: throw Interrupted()
        case .failed:
            FileHandle.standardError.write(Data("failed: \(end.reason ?? "no reason is known")\n".utf8))
            throw ExitCode(1)
        }
    }
}
