import Synchronization

/// Gathers the progress of all replicas and reports their sum, at most twice a second.
final class ReplicaBoard: Sendable {
    private struct State {
        /// Steps done, and those of them that a checkpoint already held, by replica.
        var done: [Int]
        var inherited: [Int?]
        var hasEnded: [Bool]
        var lastReport: ContinuousClock.Instant?
    }

    private let steps: [Int]
    private let workers: Int
    private let report: (@Sendable (ReplicaProgress) -> Void)?
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    init(steps: [Int], workers: Int, _ report: (@Sendable (ReplicaProgress) -> Void)?) {
        self.steps = steps
        self.workers = workers
        self.report = report
        state = Mutex(
            State(
                done: steps.map { _ in 0 }, inherited: steps.map { _ in nil }, hasEnded: steps.map { _ in false }))
    }

    /// A running replica has done its first `step` steps.
    func update(_ index: Int, to step: Int) {
        state.withLock { state in
            // The first report comes after the first step.
            if state.inherited[index] == nil { state.inherited[index] = step - 1 }
            state.done[index] = step
            publish(&state, force: false)
        }
    }

    /// A replica has ended and leaves nothing to be done.
    func end(_ index: Int) {
        state.withLock { state in
            // Steps that a failed replica does not take must not look like work done.
            state.inherited[index] = (state.inherited[index] ?? 0) + steps[index] - state.done[index]
            state.done[index] = steps[index]
            state.hasEnded[index] = true
            publish(&state, force: true)
        }
    }

    private func publish(_ state: inout State, force: Bool) {
        guard let report else { return }
        let now = ContinuousClock.now
        if !force, let last = state.lastReport, now - last < .milliseconds(500) { return }
        state.lastReport = now
        let done = state.done.reduce(0, +)
        let inherited = state.inherited.reduce(0) { $0 + ($1 ?? 0) }
        let rate = Double(done - inherited) / max((now - start) / .seconds(1), 1e-9)
        let left = zip(steps, state.done).map { $0 - $1 }
        let seconds =
            rate > 0
            ? max(Double(left.reduce(0, +)) / rate, Double(left.max() ?? 0) * Double(workers) / rate) : nil
        report(
            ReplicaProgress(
                step: done, steps: steps.reduce(0, +), ended: state.hasEnded.count { $0 }, replicas: steps.count,
                stepsPerSecond: rate, secondsLeft: seconds))
    }
}
