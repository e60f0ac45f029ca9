import Files
import Foundation
import Structures

/// Labels with CP2K: writes the input, runs the program, reads its output.
///
/// The first functional of a frame starts from atomic densities; another may start from the converged state of the one
/// before, which saves about half of its steps.
public struct CP2KLabeller: Sendable {
    /// How the program is run; no label depends on it.
    public struct Execution: Equatable, Sendable {
        /// MPI processes of one calculation.
        public var ranks: Int
        /// OpenMP threads of each process.
        public var threads: Int
        /// Limit of one calculation.
        public var timeout: Duration
        /// 0 to 19, as nice(1).
        public var niceLevel: Int

        public init(ranks: Int = 1, threads: Int = 1, timeout: Duration = .seconds(3600), niceLevel: Int = 0) {
            self.ranks = ranks
            self.threads = threads
            self.timeout = timeout
            self.niceLevel = niceLevel
        }
    }

    /// Atoms closer than this (Å) have no meaning and make CP2K's basis linearly dependent; Li-S bonds have 2.4, H-H 0.74.
    public static let smallestDistance = 0.5

    public let settings: CP2KSettings
    public let execution: Execution
    public let installation: CP2KInstallation
    private let library: CP2KDataLibrary

    /// - Throws: `InputError` when the data files cannot be read.
    public init(
        settings: CP2KSettings = .economical, execution: Execution = Execution(), installation: CP2KInstallation
    ) throws {
        self.settings = settings
        self.execution = execution
        self.installation = installation
        library = try CP2KDataLibrary(folder: installation.dataFolder)
    }

    /// Labels `structure` with one functional.
    ///
    /// - Parameters:
    ///   - folder: an existing folder for this calculation alone. What a failed one leaves there tells why.
    ///   - stateFile: the converged state of another functional to start from, as a path from `folder`.
    ///   - keepsState: whether the converged state is left for another functional.
    /// - Throws: `LabelFailure` when there is no label, `CancellationError` when the task is cancelled;
    ///   `ExternalProgramFailure` when the program cannot be started.
    public func label(
        _ structure: Structure, _ functional: Functional, in folder: String, startingFrom stateFile: String? = nil,
        keepsState: Bool = false, watch: ProcessWatch = .none
    ) async throws -> Label {
        try Self.check(structure)
        let project = Self.project(of: functional)
        let input = try CP2KInput(
            structure: structure, functional: functional, settings: settings, library: library, project: project,
            restartFile: stateFile, writesRestart: keepsState)
        try AtomicFile.write(input.text, to: "\(folder)/\(project).inp")
        let program = try installation.program(
            arguments: ["-i", "\(project).inp", "-o", "\(project).out"], ranks: execution.ranks,
            threads: execution.threads, niceLevel: execution.niceLevel)
        let outcome = try await program.run(in: folder, timeout: execution.timeout, watch: watch)
        let text = String(
            decoding: FileManager.default.contents(atPath: "\(folder)/\(project).out") ?? Data(), as: UTF8.self)
        let output = try Self.read(text, outcome: outcome, atoms: structure.count, timeout: execution.timeout)
        return Label(
            energy: output.energy, forces: output.forces,
            virial: structure.isPeriodic ? output.virial(volume: structure.cell.volume) : nil,
            selfConsistencySteps: output.selfConsistencySteps, wallTime: outcome.wallTime, code: output.version)
    }

    /// The name of a functional's files: "PBEvdW".
    private static func project(of functional: Functional) -> String {
        functional.rawValue.filter { $0.isLetter || $0.isNumber }
    }

    /// The names of files with converged states, which are large: density matrices (k-points) and orbitals (Γ).
    public static func stateFiles(of functional: Functional) -> [String] {
        let project = project(of: functional)
        return ["\(project)-RESTART.kp", "\(project)-RESTART.wfn"]
    }

    /// Reads an output in the light of how the program ended.
    static func read(
        _ text: String, outcome: ExternalProgram.Outcome, atoms: Int, timeout: Duration
    ) throws -> CP2KOutput {
        let lines = text.split(separator: "\n")
        let messages = outcome.output.split(separator: "\n").suffix(4).map(String.init)
        switch outcome.end {
        case .timedOut:
            throw LabelFailure(
                .timedOut, "CP2K was stopped after \(timeout)", quotedLines: CP2KOutput.tail(of: lines))
        case .signalled(let signal):
            throw LabelFailure(
                .killed,
                "signal \(signal) ended CP2K"
                    + (signal == SIGKILL ? " (by hand, or for want of memory)" : ""),
                quotedLines: CP2KOutput.tail(of: lines) + messages)
        case .exited(let status):
            let output: CP2KOutput
            do {
                output = try CP2KOutput(text: text, atoms: atoms)
            } catch let failure as LabelFailure where failure.reason == .incompleteOutput && status != 0 {
                // mpirun and shells report a child's signal as 128 + signal.
                let reason: LabelFailure.Reason = [128 + 9, 128 + 15].contains(status) ? .killed : .crashed
                throw LabelFailure(
                    reason, "CP2K ended with status \(status)", quotedLines: failure.quotedLines + messages)
            }
            guard status == 0 else {
                throw LabelFailure(
                    .crashed, "CP2K ended with status \(status) after a complete output", quotedLines: messages)
            }
            return output
        }
    }

    static func check(_ structure: Structure) throws {
        let list: NeighbourList
        do {
            list = try NeighbourList(structure, cutoff: smallestDistance)
        } catch let error as InputError {
            throw LabelFailure(.badStructure, error.description)
        }
        guard let atom = (0..<structure.count).first(where: { !list.entries(of: $0).isEmpty }) else { return }
        let other = Int(list.neighbours(of: atom).first!)
        throw LabelFailure(
            .badStructure,
            "atoms \(atom) (\(structure.species[atom])) and \(other) (\(structure.species[other])) overlap: they are "
                + "closer than \(smallestDistance) Å")
    }
}
