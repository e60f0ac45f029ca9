import Foundation

/// One calculation that is with Slurm, and what is known of its job.
struct SlurmElement {
    /// What squeue said last.
    enum Sighting: Equatable {
        /// Nothing yet.
        case none
        case absent
        case entry(SlurmQueue.Entry)

        /// The state as Slurm writes it.
        var word: String? { if case .entry(let entry) = self { entry.word } else { nil } }
    }

    let job: Job
    let array: String
    let place: Int
    var losses: [String]
    /// Whether an earlier driver has submitted it.
    let isAdopted: Bool

    var hasBegun = false
    /// Whether this driver has seen it alive.
    var wasAlive = false
    var isCancelled = false
    var sighting = Sighting.none
    /// When squeue answered last.
    var sighted: ContinuousClock.Instant?
    /// Since when it is gone from the queue, or stands there as ended, without an exit file.
    var goneSince: ContinuousClock.Instant?
    var exit: SlurmExit?
    /// Since when the exit file is known.
    var exitSince: ContinuousClock.Instant?
    /// Whether squeue was asked after the exit file was seen.
    var isSightedAfterExit = false

    /// What is to be done about it.
    enum Verdict: Equatable {
        case wait
        case ended(JobEnd)
        /// The machinery has failed, not the calculation: it is to be submitted again.
        case lost(String)
        /// Nobody has tried yet, or somebody has stopped it while no driver was there: as lost, but nothing to count.
        case again
    }

    /// What the files of a job say.
    struct Files {
        /// Of the worker.
        var end: JobEnd?
        var hasOutcome: Bool
        var log: [String]
    }

    /// - Parameters:
    ///   - patience: that a shared disk may take to show a file, and that a job must have been gone.
    ///   - files: looked at only when they matter.
    func verdict(at now: ContinuousClock.Instant, patience: Duration, files: () -> Files) -> Verdict {
        exit.map { verdict($0, now, patience, files) } ?? verdictWithoutExit(patience, files)
    }

    private func verdict(
        _ exit: SlurmExit, _ now: ContinuousClock.Instant, _ patience: Duration, _ files: () -> Files
    ) -> Verdict {
        let files = files()
        // An outcome is an outcome, whatever became of its job afterwards.
        if files.hasOutcome { return .ended(files.end?.status == .done ? files.end ?? JobEnd(.done) : JobEnd(.done)) }
        let isLate = exitSince.map { now - $0 < patience } ?? true
        if exit.code == 0 {
            return isLate ? .wait : .lost("it ended well on \(exit.host), but its outcome is not seen in the store")
        }
        if !exit.isSignalled {
            guard let end = files.end else {
                if isLate { return .wait }
                return .ended(
                    JobEnd(
                        .failed, reason: "the job ended with code \(exit.code) on \(exit.host)", lastLines: files.log))
            }
            if end.isTemporary == true { return .lost("\(end.reason ?? "it was hindered") (on \(exit.host))") }
            return .ended(end)
        }
        // A job that was stopped may have been requeued, and then goes on by itself.
        guard isSightedAfterExit else { return .wait }
        if case .entry(let entry) = sighting, entry.state.isAlive { return .wait }
        if isCancelled { return .ended(files.end ?? JobEnd(.interrupted)) }
        if let end = files.end, end.status == .interrupted {
            if let verdict = wasCancelledByOthers { return verdict }
            // Who meets a time limit at the very beginning will again; who was stopped otherwise had bad luck.
            if isTimeout || end.fraction ?? 0 > 0 { return .ended(end) }
            return .lost("it was stopped on \(exit.host) before it got on")
        }
        if let verdict = verdictOfState(files) { return verdict }
        if exit.isKilled { return .lost("signal \(exit.code - 128) ended it on \(exit.host)") }
        return .ended(
            JobEnd(.failed, reason: "the job ended by signal \(exit.code - 128) on \(exit.host)", lastLines: files.log))
    }

    private func verdictWithoutExit(_ patience: Duration, _ files: () -> Files) -> Verdict {
        // Twice, as a disk may show a file late and a controller forget for a moment.
        guard let goneSince, let sighted, sighted - goneSince >= patience else { return .wait }
        let files = files()
        if files.hasOutcome { return .ended(JobEnd(.done)) }
        if isCancelled { return .ended(JobEnd(.interrupted)) }
        if let verdict = verdictOfState(files) { return verdict }
        guard case .entry(let entry) = sighting else {
            return .lost("it vanished from the queue without a word")
        }
        return .lost(
            "Slurm says \(entry.word)\(entry.nodes.isEmpty ? "" : " on \(entry.nodes)"), and it left no exit file")
    }

    /// For states that tell how a job ended better than its files do.
    private func verdictOfState(_ files: Files) -> Verdict? {
        guard case .entry(let entry) = sighting else { return nil }
        switch entry.state {
        case .timeout: return .ended(JobEnd(.interrupted))
        case .outOfMemory:
            return .ended(
                JobEnd(
                    .failed,
                    reason: "it ran out of memory on \(entry.nodes): ask for more by mem_limit in machine.json",
                    lastLines: files.log))
        case .deadline: return .ended(JobEnd(.failed, reason: "its deadline in Slurm has passed", lastLines: files.log))
        case .cancelled: return wasCancelledByOthers
        default: return nil
        }
    }

    private var isTimeout: Bool { if case .entry(let entry) = sighting { entry.state == .timeout } else { false } }

    /// A user who cancels a job while the driver looks on does not want it; what was cancelled while none was there is
    /// taken up again with the command.
    private var wasCancelledByOthers: Verdict? {
        guard case .entry(let entry) = sighting, entry.state == .cancelled else { return nil }
        guard !isAdopted || wasAlive else { return .again }
        return .ended(
            JobEnd(.failed, reason: "it was cancelled in Slurm (scancel); `lgps-bench retry` lets it go on"))
    }
}
