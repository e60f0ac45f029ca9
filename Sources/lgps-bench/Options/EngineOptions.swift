import ArgumentParser
import Execution
import Foundation

/// Where calculations are done.
struct EngineOptions: ParsableArguments {
    enum Name: String, ExpressibleByArgument, CaseIterable { case local, slurm }

    @Option(help: "Where calculations are done: on this machine's cores, or by Slurm as --machine says.")
    var engine = Name.local

    @Option(
        help: ArgumentHelp(
            "The cluster, in the style of DP-GEN and dpdispatcher: partition, account, cores, modules, environment for each of "
                + "train, model_devi (dynamics) and fp (labels).",
            valueName: "machine.json"))
    var machine: String?

    func validate() throws {
        if engine == .slurm, machine == nil { throw ValidationError("--engine slurm needs --machine machine.json") }
        if engine == .local, machine != nil { throw ValidationError("--machine is for --engine slurm") }
    }

    /// - Throws: `InputError` when machine.json cannot be read, or makes no sense.
    func file() throws -> MachineFile? { try machine.map { try MachineFile($0) } }

    /// - Throws: `InputError` when machine.json cannot be read, makes no sense, or Slurm is not here.
    func choice() throws -> EngineChoice {
        guard engine == .slurm, let file = try file() else { return .local }
        let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        let choice = EngineChoice.slurm(file, worker: [program, "work", "--quiet"])
        try choice.checkPresence()
        return choice
    }

    /// How a run goes on that was stopped.
    var resumeHint: String {
        switch engine {
        case .local: "the same command goes on where it stopped"
        case .slurm: "what is with Slurm goes on there, and the same command takes it up"
        }
    }
}
