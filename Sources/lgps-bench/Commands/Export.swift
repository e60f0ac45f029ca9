import ArgumentParser
import Calculations
import Execution
import Validation

/// `lgps-bench export STORE`
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy what a store has finished to the outcomes that the program carries, or to a folder like them.",
        discussion:
            "Timings stay behind. States of long runs are copied too, finished or not: elsewhere they go on from there."
    )

    @OptionGroup var common: CommonOptions
    @Argument(help: "The store.") var store: String
    @Option(help: "A folder with outcomes/ and states/. (default: the program's reference-data)") var to: String?
    @Option(help: ArgumentHelp("Runs of at least so many ps leave their state.", valueName: "ps"))
    var statesFrom = 500.0

    func run() throws {
        let folder = try to ?? ReferenceData.locate().folder
        let export = try Store(existing: store).export(
            to: OutcomeStore("\(folder)/outcomes"), states: StateStore("\(folder)/states"), kinds: .all,
            isWanted: { !($0 is StepTimes) },
            keepsState: { ($0 as? Dynamics).map { $0.picoseconds >= statesFrom } ?? false })
        if common.json {
            try common.printJSON(export)
        } else {
            common.say("\(export.outcomes.count) outcomes and \(export.states.count) states copied to \(folder)")
        }
    }
}
