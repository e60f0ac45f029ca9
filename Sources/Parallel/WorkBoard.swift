import Synchronization

/// Gathers how far many long tasks are, which run on several workers, and hands their sum to whoever shows it.
public final class WorkBoard: Sendable {
    private struct State {
        /// Steps done, and those of them that an earlier run had done, by task.
        var done: [Int]
        var inherited: [Int?]
        var hasEnded: [Bool]
        var lastReport: ContinuousClock.Instant?
    }

    private let steps: [Int]
    private let workers: Int
    private let interval: Duration
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    /// - Parameters:
    ///   - steps: of each task.
    ///   - workers: tasks that run at a time.
    ///   - interval: no two reports of running tasks follow each other faster.
    public init(steps: [Int], workers: Int, interval: Duration = .milliseconds(500)) {
        self.steps = steps
        self.workers = workers
        self.interval = interval
        state = Mutex(
            State(
                done: steps.map { _ in 0 }, inherited: steps.map { _ in nil }, hasEnded: steps.map { _ in false }))
    }

    /// A task begins with its first `step` steps done by an earlier run.
    public func begin(_ task: Int, at step: Int) {
        state.withLock { state in
            state.inherited[task] = step
            state.done[task] = step
        }
    }

    /// A running task has done its first `step` steps; what it did not `begin` with, it has done one by one.
    ///
    /// - Parameter report: takes the sum, one call at a time, unless the report before is too recent.
    public func update(_ task: Int, to step: Int, report: (WorkProgress) -> Void) {
        state.withLock { state in
            if state.inherited[task] == nil { state.inherited[task] = step - 1 }
            state.done[task] = step
            let now = ContinuousClock.now
            if let last = state.lastReport, now - last < interval { return }
            self.report(task, &state, at: now, report)
        }
    }

    /// A task has ended, however, and leaves nothing to be done.
    ///
    /// - Parameter report: takes the sum, one call at a time.
    public func end(_ task: Int, report: (WorkProgress) -> Void) {
        state.withLock { state in
            // Steps that a failed task does not take must not look like work done.
            state.inherited[task] = (state.inherited[task] ?? 0) + steps[task] - state.done[task]
            state.done[task] = steps[task]
            state.hasEnded[task] = true
            self.report(task, &state, at: .now, report)
        }
    }

    private func report(
        _ task: Int, _ state: inout State, at now: ContinuousClock.Instant, _ report: (WorkProgress) -> Void
    ) {
        state.lastReport = now
        let done = state.done.reduce(0, +)
        let inherited = state.inherited.reduce(0) { $0 + ($1 ?? 0) }
        let rate = Double(done - inherited) / max((now - start) / .seconds(1), 1e-9)
        let left = zip(steps, state.done).map { $0 - $1 }
        // The longest task takes its time at one worker's rate.
        let stepsLeft = max(left.reduce(0, +), (left.max() ?? 0) * workers)
        report(
            WorkProgress(
                task: task, step: done, steps: steps.reduce(0, +), ended: state.hasEnded.count { $0 },
                tasks: steps.count, stepsPerSecond: rate, secondsLeft: rate > 0 ? Double(stepsLeft) / rate : nil))
    }
}

/// How far all tasks of a board together are.
public struct WorkProgress: Sendable {
    /// The task that brought this report about.
    public var task: Int
    /// Steps done and to do, of all tasks.
    public var step: Int
    public var steps: Int
    /// Tasks that have ended, however.
    public var ended: Int
    public var tasks: Int
    /// Steps per second of wall time, of all workers together; steps that an earlier run had done do not count.
    public var stepsPerSecond: Double
    /// Wall time to the end; nil before the first step. At least that of the longest task at one worker's rate.
    public var secondsLeft: Double?

    /// Done of all, from 0 to 1.
    public var fraction: Double { Double(step) / Double(max(steps, 1)) }
}
