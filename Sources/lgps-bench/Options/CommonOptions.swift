import ArgumentParser
import Files
import Foundation
import Parallel
import Reporting
import Structures
import Validation

/// Options that every command understands.
struct CommonOptions: ParsableArguments {
    @Option(help: "Seed of every random choice.")
    var seed: UInt64 = 1

    @Option(help: "Threads to use; results do not depend on it. (default: all cores)")
    var threads: Int?

    @Flag(help: "Say nothing but errors.")
    var quiet = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

    func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1, not \(threads)") }
    }

    var progress: ProgressMeter { .standard(quiet: quiet) }

    /// Prints `text` unless `--quiet`.
    func say(_ text: String) {
        if !quiet { print(text) }
    }

    /// Prints a result as JSON.
    func printJSON(_ value: some Encodable) throws {
        FileHandle.standardOutput.write(try JSONText.data(value))
    }
}

/// Options of everything that makes a report.
struct RunOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions

    @Option(help: "How much to compute: \(Profile.all.map(\.name).joined(separator: ", ")).")
    var profile = "quick"

    @Option(help: "M of Li10MP2S12: Ge, Si or Sn.")
    var material = "Ge"

    @Option(
        help:
            "A model file, or a folder of model files (.dp, .yaml); several for an ensemble. (default: the model of this package)"
    )
    var model: [String] = []

    @Option(
        help:
            "A folder of labelled data (deepmd/npy at any depth); may be repeated. (default: $LGPS_DATA, or ../shared/data beside the package)"
    )
    var data: [String] = []

    @Option(help: "Where the report goes.")
    var output = "output"

    @Flag(help: "Go on with the run in the output folder; finished parts are not repeated.")
    var resume = false

    /// What the options mean, with defaults found.
    func settings(reference: ReferenceData) throws -> RunSettings {
        let material = try Material(name: material)
        return RunSettings(
            profile: try Profile.named(profile), material: material,
            models: try Defaults.models(model, material: material, reference: reference),
            data: try Defaults.data(data, reference: reference), output: output, seed: common.seed,
            threads: common.threadCount, resume: resume, commandLine: CommandLine.arguments)
    }
}
