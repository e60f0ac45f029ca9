import ArgumentParser
import Files
import Foundation
import MolecularDynamics
import Reporting
import Statistics
import Structures
import Validation

/// What a trajectory tells about diffusion.
struct Analyze: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Diffusion coefficient and mean square displacement of a trajectory (H5MD or extended XYZ).",
        discussion: "Writes OUTPUT/diffusion/: report.md, diffusion.csv, msd.csv and the figure.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The trajectory: *.h5 (H5MD) or *.extxyz.")
    var trajectory: String

    @Option(help: "Time between frames (ps), for files that do not tell it.")
    var frameInterval: Double?

    @Option(help: "Discarded at the beginning (ps).")
    var equilibration = 0.0

    @Option(help: "The element that diffuses.")
    var mobile = "Li"

    @Option(help: "Temperature (K), for the conductivity.")
    var temperature: Double?

    @Option(help: "Where the report goes.")
    var output = "analysis"

    func run() async throws {
        try Folder.prepare(output)
        let analysis = TrajectoryAnalysis(
            path: trajectory, frameInterval: frameInterval, equilibration: equilibration,
            mobile: try Species(symbol: mobile, place: "--mobile"), temperature: temperature)
        let result = try analysis.run(progress: common.progress)
        let section = analysis.section(result)
        if let message = try await section.write(to: output) {
            FileHandle.standardError.write(Data("\(message)\n".utf8))
        }
        if common.json {
            try common.printJSON(result.diffusion)
        } else {
            common.say(section.tables[0].markdown)
            common.say("The report is \(output)/diffusion/report.md")
        }
    }
}
