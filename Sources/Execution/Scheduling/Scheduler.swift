import Files
import Foundation
import Parallel
import Synchronization

/// Gets calculations done: each once, in the order that their needs and lengths ask for, going on from whatever earlier
/// calls have left.
///
/// Calling it again *is* resuming. Until it is closed, or goes, no other driver may use the store.
public final class Scheduler: Sendable {
    let workplace: Workplace
    let engine: any Engine
    let ledger: Ledger
    let stop: StopFlag
    let meter: ProgressMeter
    private let retriesFailures: Bool
    private let lock: Mutex<DriverLock?>
    /// One call at a time uses the engine.
    private let turn = NSLock()

    /// - Parameters:
    ///   - retriesFailures: tries again what has failed or was cancelled, once per call.
    ///   - stop: raised when everything shall stop at checkpoints.
    /// - Throws: `InputError` when another driver has the store, or its ledger is damaged, foreign or of a later version.
    public init(
        _ workplace: Workplace, engine: any Engine, retriesFailures: Bool = false,
        stop: StopFlag = .signals, meter: ProgressMeter = .none
    ) throws {
        self.workplace = workplace
        self.engine = engine
        self.retriesFailures = retriesFailures
        self.stop = stop
        self.meter = meter
        lock = Mutex(try DriverLock(workplace.store))
        ledger = try Ledger(workplace.store.ledgerFile)
    }

    /// The outcomes of calculations that some experiments need, taken from the store, from what is shipped, or computed.
    ///
    /// A failure leaves the others alone, but for those that need it. Failed and cancelled calculations are not tried
    /// again unless `retry` or `retriesFailures` asks for it; interrupted ones go on.
    /// - Throws: `Interrupted` when `stop` was raised and something is left to do, after all have ended at a checkpoint;
    ///   `InputError` when the store or its ledger cannot be written.
    public func outcomes(of calculations: [any Calculation], for experiments: String...) async throws -> Outcomes {
        try await outcomes(of: Dictionary(experiments.map { ($0, calculations) }) { first, _ in first })
    }

    /// As above, where each experiment needs others.
    ///
    /// - Parameter needs: by the experiment's name.
    public func outcomes(of needs: [String: [any Calculation]]) async throws -> Outcomes {
        try await onOwnThread { [self] in
            try turn.withLock { try finish(needs) }
        }
    }

    /// Leaves the store to other drivers; nothing may be asked of this one any more.
    ///
    /// Without it the lock goes with the last reference, which a thread that is just ending may hold for a while.
    public func close() { turn.withLock { lock.withLock { $0 = nil } } }

    private func finish(_ needs: [String: [any Calculation]]) throws -> Outcomes {
        var sources = OutcomeSources(workplace)
        precondition(lock.withLock { $0 != nil }, "a scheduler was asked that is closed")
        let known = try ledger.reader.known()
        let gathering = try Gathering(needs, known: known) { try sources.find($0, key: $1) }
        var outcomes = sources.outcomes
        try ledger.register(try registration(gathering, known))

        let work = gathering.missing
        if !retriesFailures {
            let failures = try ledger.reader.failures()
            for node in work {
                switch known[node.key]?.state {
                case .failed: outcomes.insert(failures[node.key] ?? node.failure("it failed in an earlier run"))
                case .cancelled: outcomes.insert(node.failure("it was cancelled"))
                default: break
                }
            }
        }
        if work.isEmpty { return outcomes }
        try workplace.store.saveInputs()
        var run = ScheduleRun(self, work, outcomes, fractions: known.mapValues(\.fraction))
        return try run.finish()
    }

    /// What the ledger has to learn.
    private func registration(
        _ gathering: Gathering, _ known: [String: KnownCalculation]
    ) throws -> Ledger.Registration {
        var registration = Ledger.Registration(askedBy: gathering.askedBy)
        func take(_ node: PlannedCalculation, as state: CalculationState) throws {
            guard let row = known[node.key] else {
                var record = try node.record()
                record.state = state
                if state == .done { record.fraction = 1 }
                return registration.new.append((record, node.needs))
            }
            if row.state != state { registration.states.append((node.key, state)) }
            if row.title != node.title || row.cost != node.cost {
                registration.estimates.append((node.key, node.title, node.cost))
            }
        }
        for (key, calculation) in gathering.found where known[key]?.state != .done {
            try take(PlannedCalculation(calculation, key: key, needs: []), as: .done)
        }
        for node in gathering.missing {
            let state = known[node.key]?.state
            let stays = !retriesFailures && (state == .failed || state == .cancelled)
            try take(node, as: stays ? state ?? .waiting : .waiting)
        }
        return registration
    }
}

extension PlannedCalculation {
    func failure(_ reason: String, lastLines: [String] = []) -> CalculationFailure {
        CalculationFailure(key: key, title: title, reason: reason, lastLines: lastLines)
    }
}
