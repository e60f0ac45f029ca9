import Execution
import Files
import Foundation
import Labelling
import Parallel
import Structures

/// Labels many frames by the scheduler, several at a time and none twice, and writes their datasets.
///
/// `OUTPUT/LEVEL/DATASET/` is a deepmd/npy system with its manifest. It is a view of the finished labels in the store:
/// written when the batch ends, in whatever way but by force, and once a minute before that. Frames that are in it already
/// with the same settings are not computed again.
public struct LabelBatch: Sendable {
    /// The functionals of VASP do not go on from one another, so that each is a code of its own.
    public let codes: [LabelCode]
    public let output: String
    public let workplace: Workplace
    public let machine: LabellingMachine
    /// Frames that are computed at the same time.
    public let jobs: Int
    public let retriesFailures: Bool
    /// Where the labels are computed; `jobs` is for this machine.
    public let engine: EngineChoice
    /// Takes what a user has to know besides the progress.
    public let say: @Sendable (String) -> Void
    public let stop: StopFlag

    public init(
        codes: [LabelCode], output: String, workplace: Workplace, machine: LabellingMachine = .current, jobs: Int = 1,
        retriesFailures: Bool = false, engine: EngineChoice = .local,
        say: @escaping @Sendable (String) -> Void = { _ in }, stop: StopFlag = .signals
    ) {
        self.codes = codes
        self.output = output
        self.workplace = workplace
        self.machine = machine
        self.jobs = max(1, jobs)
        self.retriesFailures = retriesFailures
        self.engine = engine
        self.say = say
        self.stop = stop
    }

    /// Labels `frames` in their order, and reports after each label.
    ///
    /// - Throws: `Interrupted` after a stop, all finished labels being written; `InputError` for folders that cannot be
    ///   written, hold something else or are in use by another run, and for frames that do not fit their datasets.
    public func run(
        _ frames: [QueuedFrame], progress: @escaping @Sendable (LabelProgress) -> Void = { _ in }
    ) async throws -> LabelProgress {
        let lock = try FolderLock(
            output, occupied: "another run is labelling into this folder",
            mend: "wait for its end, or give it more --jobs instead of starting a second one")
        defer { withExtendedLifetime(lock) {} }
        let board = LabelBoard(output: output, store: workplace.store, report: progress)
        try board.enter(frames, codes: codes, machine: machine)
        // For workers elsewhere, as no calculation knows how it is computed.
        try machine.save(in: workplace.store)
        let cores = jobs * (codes.map(machine.cores).max() ?? 1)
        let engine = ObservedEngine(
            try self.engine.engine(for: workplace.store, cores: cores, stop: stop, say: say)
        ) { key, end in
            board.take(end, of: key)
        }
        let scheduler = try Scheduler(
            workplace, engine: engine, retriesFailures: retriesFailures, stop: stop)
        defer { scheduler.close() }
        if !retriesFailures { try board.noteFailures(ScheduleStatus(of: workplace.store).failed) }
        board.report()
        do {
            let outcomes = try await scheduler.outcomes(of: board.calculations, for: "label")
            try board.close(with: outcomes)
        } catch {
            // What is finished shall be seen, even when something else has gone wrong.
            try? board.write()
            throw error
        }
        return board.progress
    }
}
