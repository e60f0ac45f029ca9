import Files
import Foundation
import Parallel

/// Where calculations are done: with whose inputs and outcomes, and by which program.
public struct Workplace: Sendable {
    public let store: Store
    /// Where outcomes of dependencies are looked for that the store does not have.
    public let shipped: [OutcomeStore]
    /// Where runs go on from that were begun elsewhere.
    public let states: StateStore?
    /// What takes neither outcome nor state from there.
    public let fresh: Freshness
    /// For the provenance: "lgps-bench 0.2.0".
    public let program: String
    private static let occupied = "another process works on this calculation"

    public init(
        _ store: Store, shipped: [OutcomeStore] = [], states: StateStore? = nil, fresh: Freshness = .nothing,
        program: String
    ) {
        self.store = store
        self.shipped = shipped
        self.states = states
        self.fresh = fresh
        self.program = program
    }

    /// Runs one calculation on the calling thread, and leaves its outcome in the store.
    ///
    /// Nothing is thrown: every error is a failure of the calculation, and `Interrupted` an interruption. The folder is
    /// locked meanwhile, and what a killed driver left running in it is ended first. When the outcome cannot be written,
    /// the checkpoint stays, so that another attempt has little to do.
    public func attempt(
        _ calculation: some Calculation, stop: StopFlag, report: @escaping @Sendable (Double) -> Void = { _ in }
    ) -> JobEnd {
        let key = calculation.key
        let folder: WorkFolder
        let lock: FolderLock
        do {
            folder = try store.workFolder(calculation.folderKey)
            lock = try FolderLock(folder.path, occupied: Self.occupied, mend: "wait for its end, then retry")
        } catch let error as InputError where error.problem == Self.occupied {
            return JobEnd(.failed, reason: "\(error)", isTemporary: true)
        } catch {
            return JobEnd(.failed, reason: "\(error)")
        }
        let clock = AttemptClock(calculation.cores, file: CalculationFolder.file(key, "spent", in: folder))
        let fraction = DoneFraction()
        return withExtendedLifetime(lock) {
            var end: JobEnd
            do {
                TemporaryName.removeLeftovers(in: folder.path, andBelow: true)
                TemporaryName.removeLeftovers(of: store.outcomes.file(key))
                try ExternalProcessGuard.endLeftover(in: folder)
                try CalculationFolder.write(calculation, key: key, in: folder)
                try restoreState(of: calculation, key: key, in: folder)
                let control = RunControl(stop: stop, inputs: store.inputs, outcomeFile: outcomeFile) { value in
                    fraction.set(value)
                    report(value)
                    clock.noteNowAndThen()
                }
                let content = try calculation.run(in: folder, control: control)
                // The outcome last: with it nobody comes back here to finish, or clear up, what a kill leaves.
                clock.note()
                try leave(content, of: calculation, clock.total)
                end = JobEnd(.done)
            } catch is Interrupted {
                end = JobEnd(.interrupted)
            } catch {
                end = JobEnd(.failed, reason: "\(error)")
                folder.log("failed: \(error)")
            }
            if end.status != .done { clock.note() }
            end.lastLines = folder.lastLines()
            end.fraction = fraction.value
            end.wallSeconds = clock.spent.wallSeconds
            end.coreSeconds = clock.spent.coreSeconds
            return end
        }
    }

    /// Gives a calculation that was begun elsewhere its state, unless it is to be computed afresh.
    ///
    /// - Throws: `InputError` when a file cannot be read or written.
    func restoreState(of calculation: some Calculation, key: String, in folder: WorkFolder) throws {
        if !fresh.contains(key) { try states?.restore(calculation, in: folder) }
    }

    private func leave<C: Calculation>(_ content: C.Content, of calculation: C, _ spent: TimeSpent) throws {
        let provenance = Provenance(
            program: program, machine: .current, threads: calculation.cores.count,
            finished: Date.now.ISO8601Format(), wallSeconds: spent.wallSeconds, coreSeconds: spent.coreSeconds)
        try store.outcomes.write(Outcome(calculation, content: content, provenance: provenance))
    }

    func hasOutcome(_ key: String) -> Bool { outcomeFile(key) != nil }

    private func outcomeFile(_ key: String) -> String? {
        ([store.outcomes] + shipped).first { $0.contains(key) }?.file(key)
    }
}
