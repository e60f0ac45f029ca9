import Foundation
import Synchronization

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
        onProgress: (@Sendable (ReplicaProgress) -> Void)? = nil
    ) -> [ReplicaOutcome<Result>] {
        guard !tasks.isEmpty else { return [] }
        // The longest first, so that no worker is left with a long one at the end.
        let order = tasks.indices.sorted { (tasks[$0].steps, $1) > (tasks[$1].steps, $0) }
        let board = ReplicaBoard(steps: tasks.map(\.steps), workers: min(workers, tasks.count), onProgress)
        let work = Work<Result>(count: tasks.count)
        let group = DispatchGroup()
        for _ in 0..<min(workers, tasks.count) {
            group.enter()
            let thread = Thread {
                while !stop.isRaised, let place = work.next() {
                    let index = order[place]
                    work.set(Self.perform(tasks[index], at: index, from: start, stop: stop, board), at: index)
                }
                group.leave()
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        group.wait()
        return work.outcomes
    }

    /// What the workers share: the place in the queue and the outcomes.
    private final class Work<Result: Sendable>: Sendable {
        private let taken = Atomic<Int>(0)
        private let ended: Mutex<[ReplicaOutcome<Result>]>
        private let count: Int

        init(count: Int) {
            self.count = count
            ended = Mutex(Array(repeating: .interrupted, count: count))
        }

        func next() -> Int? {
            let place = taken.add(1, ordering: .relaxed).oldValue
            return place < count ? place : nil
        }

        func set(_ outcome: ReplicaOutcome<Result>, at index: Int) { ended.withLock { $0[index] = outcome } }

        var outcomes: [ReplicaOutcome<Result>] { ended.withLock { $0 } }
    }

    private static func perform<Result>(
        _ task: ReplicaTask<Result>, at index: Int, from start: Simulation.Start, stop: StopFlag, _ board: ReplicaBoard
    ) -> ReplicaOutcome<Result> {
        do {
            let run = try task.prepare()
            run.simulation.onProgress = { board.update(index, to: $0.step) }
            let outcome = try run.simulation.run(from: start, stop: stop)
            guard outcome == .completed else { return .interrupted }
            let result = try run.result()
            board.end(index)
            return .completed(result)
        } catch {
            board.end(index)
            return .failed(error)
        }
    }
}
