import ArgumentParser
import DeepPotential
import Reporting
import Structures
import Validation

/// Errors of models on labelled data, as `dp test`.
struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Errors of models on labelled data, as `dp test`; for several models also their deviation.",
        discussion: """
            With several models, the errors of their mean prediction follow those of the models, and model_devi.out holds the \
            deviation of each frame, as `dp model-devi` writes it.
            """)

    @OptionGroup var common: CommonOptions

    @Option(
        parsing: .upToNextOption,
        help: "Model files (.dp, .yaml) or folders of them. (default: the model of this package)")
    var model: [String] = []

    @Option(
        parsing: .upToNextOption,
        help:
            "Folders of labelled data, searched at any depth. (default: $LGPS_DATA, or ../shared/data beside the package)"
    )
    var data: [String] = []

    @Option(help: "Write PREFIX.e.out, .e_peratom.out, .f.out, .v.out and .v_peratom.out (first model).")
    var detail: String?

    @Option(help: "Where the deviation of several models goes.")
    var deviation = "model_devi.out"

    @Option(help: "M of Li10MP2S12, which chooses the model when none is given.")
    var material = "Ge"

    @Flag(help: "Print every system, not only the sum.")
    var systems = false

    @Flag(
        name: .customLong("reference"),
        help: "Use the slow evaluator in double precision, to see what the fast one's tables and Float32 change.")
    var isReference = false

    func run() throws {
        let options = ModelTest.Options(
            models: try Defaults.models(
                model, material: try Material(name: material), reference: try ReferenceData.locate()),
            data: try Defaults.data(data, reference: try ReferenceData.locate()), detail: detail,
            deviationFile: deviation, threads: common.threadCount, isReference: isReference)
        let results = try ModelTest(options: options, progress: common.progress).run()
        if common.json {
            try common.printJSON(results.map { TestText.Summary(name: $0.model, $0.total, overflow: $0.overflow) })
            return
        }
        for result in results {
            common.say("# model : \(result.model)")
            if systems {
                for system in result.systems {
                    common.say("# system : \(system.name)")
                    TestText.lines(system.report).forEach(common.say)
                }
                common.say("# ----------weighted average of errors----------- ")
            }
            common.say("# number of systems : \(result.systems.count)")
            TestText.lines(result.total).forEach(common.say)
            for overflow in result.overflow { common.note("\(result.model): \(overflow)") }
        }
        if options.models.count > 1 { common.say("# deviation of the models : \(deviation)") }
    }
}
