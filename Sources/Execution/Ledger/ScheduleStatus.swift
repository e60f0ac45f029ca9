import Files
import Foundation

/// Where the calculations of a store stand, as its ledger tells; may be asked for while a driver runs.
public struct ScheduleStatus: Codable, Sendable {
    public struct Running: Codable, Sendable {
        public var key: String
        public var title: String
        /// 0 to 1, some seconds old.
        public var fraction: Double
    }

    public var done: Int
    public var waiting: Int
    /// Beside `waiting`: those that need one which failed or was cancelled.
    public var blocked: Int
    public var cancelled: Int
    public var running: [Running]
    public var failed: [CalculationFailure]
    /// Core seconds of the waiting and running ones.
    public var coreSecondsLeft: Double
    /// Process and host of the driver; nil when none runs.
    public var driver: String?
    /// Calculations that are with Slurm, whether a driver runs or not, by the names of their jobs.
    public var slurmJobs: [String: Int]

    /// - Throws: `InputError` when there is no ledger yet, or it is damaged, foreign or of another version.
    public init(of store: Store) throws {
        let reader = try LedgerReader(of: store)
        let totals = try reader.totals()
        let note = DriverNote.read(store)
        driver = note.flatMap { $0.isAlive ? "process \($0.process.id) on \($0.host), since \($0.started)" : nil }
        let marked = try reader.calculations(.running)
        // What a dead driver has left as running will go on with the next.
        running =
            driver == nil ? [] : marked.map { Running(key: $0.key, title: $0.title, fraction: $0.fraction) }
        done = totals.counts[.done] ?? 0
        blocked = totals.blocked
        waiting = (totals.counts[.waiting] ?? 0) - totals.blocked + (driver == nil ? marked.count : 0)
        cancelled = totals.counts[.cancelled] ?? 0
        failed = try reader.failures().values.sorted { ($0.title, $0.key) < ($1.title, $1.key) }
        coreSecondsLeft = totals.coreSecondsLeft
        let open = SlurmJournal(store).open()
        slurmJobs = Dictionary(uniqueKeysWithValues: open.map { ($0.array.name, $0.places.count) })
    }

    /// A page for a terminal.
    ///
    /// - Parameter cores: that the rest is done on, for the time left.
    public func text(cores: Int) -> String {
        var lines = [driver.map { "Driven by \($0)." } ?? "No driver runs; calling the command again goes on."]
        var counts = ["\(done) done", "\(running.count) running", "\(waiting) waiting"]
        if blocked > 0 { counts.append("\(blocked) that need a failed or cancelled one") }
        if !failed.isEmpty { counts.append("\(failed.count) failed") }
        if cancelled > 0 { counts.append("\(cancelled) cancelled") }
        lines.append(counts.joined(separator: ", ") + ".")
        if !slurmJobs.isEmpty {
            let names = slurmJobs.keys.sorted().joined(separator: ",")
            lines.append("\(slurmJobs.values.reduce(0, +)) with Slurm: squeue --name=\(names)")
        }
        if coreSecondsLeft > 0 {
            let wall = DurationText.of(seconds: coreSecondsLeft / Double(cores))
            lines.append(
                "\(DurationText.of(seconds: coreSecondsLeft)) of core time left, about \(wall) on \(cores) "
                    + (cores == 1 ? "core." : "cores."))
        }
        for row in running {
            let percent = String(format: "%3.0f %%", 100 * row.fraction)
            lines.append("running  \(row.key.prefix(12))  \(percent)  \(row.title)")
        }
        for failure in failed {
            lines.append("failed   \(failure.key.prefix(12))  \(failure)")
            lines += failure.lastLines.map { "             | \($0)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
