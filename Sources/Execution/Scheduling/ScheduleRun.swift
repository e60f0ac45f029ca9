import Files
import Foundation
import Parallel

/// One call of the scheduler, from the first calculation that it begins to the end of the last.
struct ScheduleRun {
    private let scheduler: Scheduler
    private let nodes: [String: PlannedCalculation]
    private var graph: WorkGraph
    private var outcomes: Outcomes
    private var progress: RunProgress
    private var cancelled: Set<String> = []
    private var isStopping = false
    /// How far a calculation was when it stopped without being asked to, as at the time limit of a queue.
    private var stoppedAt: [String: Double] = [:]
    private var lastNote = ContinuousClock.now

    /// How long a raised stop flag may go unseen.
    private static let patience = Duration.milliseconds(200)
    /// Between two writings of fractions, and looks at requests.
    private static let noteInterval = Duration.seconds(3)

    /// - Parameters:
    ///   - work: what is to do, needs first; what has a failure among `outcomes` is not tried.
    ///   - fractions: how far earlier calls came, by key.
    init(_ scheduler: Scheduler, _ work: [PlannedCalculation], _ outcomes: Outcomes, fractions: [String: Double]) {
        self.scheduler = scheduler
        nodes = Dictionary(uniqueKeysWithValues: work.map { ($0.key, $0) })
        self.outcomes = outcomes
        graph = WorkGraph(work)
        progress = RunProgress(work, fractions: fractions)
        for node in work where outcomes.has(node.key) { fall(graph.fail(node.key), with: node.key) }
    }

    /// - Throws: `Interrupted` when something is left to do after a stop; `InputError` when store or ledger cannot be
    ///   written. Either way nothing runs any more.
    mutating func finish() throws -> Outcomes {
        progress.begin(scheduler.meter)
        do {
            try takeRequests()
            try submit()
            while !graph.unfinished.isEmpty, !(isStopping && graph.active.isEmpty) { try step() }
            if !graph.unfinished.isEmpty { throw Interrupted() }
        } catch {
            endEverything()
            progress.finish(scheduler.meter, failures: outcomes.failures.count, isWhole: false)
            throw error
        }
        progress.finish(scheduler.meter, failures: outcomes.failures.count, isWhole: true)
        return outcomes
    }

    private mutating func step() throws {
        if scheduler.stop.isRaised, !isStopping {
            isStopping = true
            scheduler.engine.detach(graph.active)
        }
        for event in try scheduler.engine.events(within: Self.patience) {
            switch event {
            case .began(let key, let date): try scheduler.ledger.begin(key, engine: scheduler.engine.name, at: date)
            case .ended(let key, let end): try take(end, of: key)
            }
        }
        progress.update(scheduler.engine.fractions(), scheduler.meter)
        if ContinuousClock.now - lastNote >= Self.noteInterval {
            lastNote = .now
            try scheduler.ledger.note(progress.running)
            try takeRequests()
        }
        if !isStopping { try submit() }
    }

    private mutating func submit() throws {
        let ready = graph.takeReady()
        guard !ready.isEmpty else { return }
        try scheduler.engine.submit(
            ready.map { node in
                Job(
                    node.calculation, key: node.key, folderKey: node.folderKey, cores: node.cores,
                    rank: graph.ranks[node.key] ?? node.cost)
            }, to: scheduler.workplace)
    }

    private mutating func take(_ end: JobEnd, of key: String) throws {
        guard let node = nodes[key], graph.active.contains(key) else { return }
        var end = end
        let fraction = progress.end(key, isDone: end.status == .done, at: end.fraction)
        if end.status == .done, let problem = read(node) {
            end.status = .failed
            end.reason = problem
        }
        if end.status == .interrupted, !isStopping, !cancelled.contains(key) {
            if fraction <= stoppedAt[key] ?? -1 {
                end.status = .failed
                end.reason = "it stops again and again without getting on"
            }
            stoppedAt[key] = fraction
        }
        switch end.status {
        case .done:
            try scheduler.ledger.end(key, as: .done, end)
            graph.finish(key)
        case .failed:
            try scheduler.ledger.end(key, as: .failed, end)
            fail(node, end.reason ?? "it failed", end.lastLines)
        case .interrupted where cancelled.contains(key):
            try scheduler.ledger.end(key, as: .cancelled, end)
            fail(node, "it was cancelled", end.lastLines)
        case .interrupted:
            try scheduler.ledger.note([key: fraction])
            try scheduler.ledger.end(key, as: .waiting, end)
            graph.release(key)
        }
    }

    /// Takes an outcome which is said to be there.
    ///
    /// - Returns: what is wrong with it.
    private mutating func read(_ node: PlannedCalculation) -> String? {
        func outcome(_ calculation: some Calculation) throws -> (any Sendable)? {
            try scheduler.workplace.store.outcomes.outcome(of: calculation, key: node.key)
        }
        do {
            guard let outcome = try outcome(node.calculation) else { return "it has ended, but left no outcome" }
            outcomes.insert(outcome, of: node.key, from: .here)
            return nil
        } catch {
            return "its outcome cannot be read: \(error)"
        }
    }

    private mutating func fail(_ node: PlannedCalculation, _ reason: String, _ lastLines: [String]) {
        outcomes.insert(node.failure(reason, lastLines: lastLines))
        fall(graph.fail(node.key), with: node.key)
    }

    private mutating func fall(_ fallen: [PlannedCalculation], with key: String) {
        guard let failure = outcomes.failure(of: key) else { return }
        for node in fallen where !outcomes.has(node.key) {
            let reason = "it needs '\(failure.title)', which has no outcome: \(failure.reason)"
            outcomes.insert(node.failure(reason, lastLines: failure.lastLines))
        }
        progress.drop([key] + fallen.map(\.key))
    }

    /// Cancels what `lgps-bench cancel` has asked for meanwhile.
    private mutating func takeRequests() throws {
        for key in scheduler.workplace.store.takeCancelRequests() {
            guard let node = nodes[key], graph.unfinished.contains(key) else {
                _ = try scheduler.ledger.move([key], from: [.waiting], to: .cancelled)
                continue
            }
            cancelled.insert(key)
            if graph.active.contains(key) {
                scheduler.engine.cancel([key])
            } else {
                _ = try scheduler.ledger.move([key], from: [.waiting], to: .cancelled)
                fail(node, "it was cancelled", [])
            }
        }
    }

    /// After an error of store, ledger or engine: nothing may run on that needs a driver.
    private mutating func endEverything() {
        isStopping = true
        scheduler.engine.detach(graph.active)
        while !graph.active.isEmpty, let events = try? scheduler.engine.events(within: Self.patience) {
            for case .ended(let key, let end) in events {
                if (try? take(end, of: key)) == nil { graph.release(key) }
            }
        }
    }
}
