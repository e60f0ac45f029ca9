import DeepPotential
import Parallel

/// Runs many independent simulations over the cores, each on one thread of its own.
///
/// Replicas with folders continue from their checkpoints. What a replica computes depends on nothing but itself, so
/// results are the same for any number of workers.
public struct ReplicaScheduler: Sendable {
    /// Replicas that run at a time.
    public let workers: Int

    public init(workers: Int) {
        precondition(workers >= 1, "at least one worker")
        self.workers = workers
    }

    /// Runs all tasks, the longest first, and returns how each ended, in the order given.
    ///
    /// - Parameters:
    ///   - start: passed to each simulation.
    ///   - stop: when raised, running replicas write a checkpoint and the others do not begin.
    ///   - onProgress: called from the workers, one at a time, a few times per second.
    public func run<Result: Sendable>(
        _ tasks: [ReplicaTask<Result>], from start: Simulation.Start = .resumeIfPossible, stop: StopFlag = StopFlag(),
        onProgress: @escaping @Sendable (WorkProgress) -> Void = { _ in }
    ) -> [ReplicaOutcome<Result>] {
        guard !tasks.isEmpty else { return [] }
        // The longest first, so that no worker is left with a long one at the end.
        let order = tasks.indices.sorted { (tasks[$0].steps, $1) > (tasks[$1].steps, $0) }
        let board = WorkBoard(steps: tasks.map(\.steps), workers: min(workers, tasks.count))
        @Sendable func shouldStop() -> Bool { stop.isRaised }
        let outcomes = TaskQueue.run(tasks.count, workers: workers, shouldStop: shouldStop) { place, _ in
            let index = order[place]
            return Self.perform(
                tasks[index], from: start, stop: stop,
                onStep: { board.update(index, to: $0, report: onProgress) },
                onEnd: { board.end(index, report: onProgress) })
        }
        var ended = [ReplicaOutcome<Result>](repeating: .interrupted, count: tasks.count)
        for (index, outcome) in zip(order, outcomes) { ended[index] = outcome ?? .interrupted }
        return ended
    }

    private static func perform<Result>(
        _ task: ReplicaTask<Result>, from start: Simulation.Start, stop: StopFlag, onStep: @escaping (Int) -> Void,
        onEnd: () -> Void
    ) -> ReplicaOutcome<Result> {
        do {
            let run = try task.prepare()
            run.simulation.onProgress = { onStep($0.step) }
            let outcome = try run.simulation.run(from: start, stop: stop)
            guard outcome == .completed else { return .interrupted }
            let result = try run.result()
            onEnd()
            return .completed(result)
        } catch {
            onEnd()
            return .failed(error)
        }
    }
}
