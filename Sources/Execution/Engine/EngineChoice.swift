import Parallel

/// Where a command's calculations are done.
public enum EngineChoice: Sendable {
    /// On this machine's cores.
    case local
    /// By Slurm, with what machine.json says.
    ///
    /// - Parameter worker: the command that does one calculation on any machine: a store and the calculation's name follow.
    case slurm(MachineFile, worker: [String])

    /// - Throws: `InputError` when the engine is not here.
    public func checkPresence() throws {
        if case .slurm = self { try SlurmCommands().checkPresence() }
    }

    /// - Parameters:
    ///   - cores: of this machine that are used at once.
    ///   - say: takes what a user has to know.
    /// - Throws: `InputError` when the engine is not here.
    public func engine(
        for store: Store, cores: Int, stop: StopFlag = .signals, say: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> any Engine {
        switch self {
        case .local: LocalEngine(cores: cores)
        case .slurm(let machine, let worker):
            try SlurmEngine(machine, store: store, cores: cores, worker: worker, stop: stop, say: say)
        }
    }
}
