import ArgumentParser
import Files
import Foundation
import MolecularDynamics
import Parallel
import Reporting
import Structures
import Validation

/// The command line: `lgps-bench all`, `lgps-bench md CONFIG.json`, ...
@main
struct LGPSBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lgps-bench",
        abstract: "Deep Potential models of Li10MP2S12 (M = Ge, Si, Sn): benchmark, validation and tools.",
        discussion: """
            Checks every result of Huang et al., J. Chem. Phys. 154, 094703 (2021).
            Exit codes: 0 done, 1 a check failed, 2 usage or bad input, 3 an external program failed, \
            130 or 143 stopped by a signal at a checkpoint.
            """,
        version: Program.version,
        subcommands: [
            All.self,
            Status.self,
            Retry.self,
            Cancel.self,
            Work.self,
            Export.self,
            Recompute.self,
            Check.self,
            Train.self,
            Evaluate.self,
            DPGEN.self,
            MD.self,
            Analyze.self,
            LabelCommand.self,
            RelaxCommand.self,
            StructureCommand.self,
            Convert.self,
            Doctor.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot(withExperiment(CommandLine.arguments.dropFirst()))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            quit(error)
        }
    }

    /// `lgps-bench convergence ...` is `lgps-bench all --only convergence ...`, so that an experiment needs no command of its
    /// own.
    private static func withExperiment(_ arguments: ArraySlice<String>) -> [String] {
        let names = Set(Experiments.all.map(\.name))
        if let first = arguments.first, names.contains(first) {
            return ["all", "--only", first] + arguments.dropFirst()
        }
        if arguments.first == "help", let second = arguments.dropFirst().first, names.contains(second) {
            return ["help", "all"]
        }
        return Array(arguments)
    }

    /// Says what went wrong on standard error and ends with the exit code that belongs to it.
    private static func quit(_ error: any Error) -> Never {
        let status: Int32
        switch error {
        case is InputError: status = 2
        case is ExternalProgramFailure: status = 3
        case is SimulationFailure: status = 1
        case is Interrupted: status = 128 + StopSignal.received
        case let code as ExitCode: Foundation.exit(code.rawValue)
        default:
            let code = exitCode(for: error)
            // Help and version requests succeed; everything else that the parser throws is a fault of usage.
            if code.isSuccess { exit(withError: error) }
            FileHandle.standardError.write(Data((fullMessage(for: error) + "\n").utf8))
            Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
        }
        FileHandle.standardError.write(Data("lgps-bench: \(error)\n".utf8))
        Foundation.exit(status)
    }
}
