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

    @Option(help: "Unit of the file's times, where it names none: fs, ps or ns. (default: ps)")
    var timeUnit: TimeUnit?

    @Option(
        help: ArgumentHelp(
            "The cell, for files without: edges (Å), edges and angles (degrees), or nine numbers.",
            valueName: "a,b,c[,alpha,beta,gamma]"))
    var cell: String?

    @Option(help: "A file of the same atoms, for trajectories that do not name their elements.")
    var structure: String?

    @Option(help: "How positions are held, wrapped or unwrapped. (default: the positions tell)")
    var coordinates: PathContinuation.Coordinates?

    @Option(parsing: .unconditional, help: "Discarded at the beginning (ps).")
    var equilibration = 0.0

    @Option(help: "The element that diffuses.")
    var mobile = "Li"

    @Option(
        parsing: .unconditional,
        help: "The ion's charge (e), for the conductivity. (default: the element's usual one)")
    var charge: Double?

    @Option(parsing: .unconditional, help: "Temperature (K), for the conductivity.")
    var temperature: Double?

    @Option(help: "Where the report goes.")
    var output = "analysis"

    func run() async throws {
        let folder = try OutputFolder(output)
        defer { withExtendedLifetime(folder) {} }
        var analysis = TrajectoryAnalysis(
            path: trajectory, frameInterval: frameInterval, equilibration: equilibration,
            mobile: try Species(symbol: mobile, place: "--mobile"), temperature: temperature)
        analysis.timeUnit = timeUnit
        analysis.cell = try cell.map { try Cell(text: $0, place: "--cell") }
        analysis.species = try structure.map { try StructureFile.read($0, remark: common.note).species }
        analysis.coordinates = coordinates
        analysis.charge = charge
        let result = try analysis.run(progress: common.progress)
        let section = analysis.section(result)
        if let message = try await section.write(to: output) {
            FileHandle.standardError.write(Data("\(message)\n".utf8))
        }
        result.remarks.forEach(common.note)
        if common.json {
            try common.printJSON(result.diffusion)
        } else {
            common.say(section.tables[0].markdown)
            common.say("The report is \(output)/diffusion/report.md")
        }
    }
}

extension TimeUnit: ExpressibleByArgument {}
extension PathContinuation.Coordinates: ExpressibleByArgument {}
