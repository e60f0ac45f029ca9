import Foundation
import Synchronization

/// Long tasks on threads of their own, so many at a time, begun in the order of their numbers.
public enum TaskQueue {
    /// Stack of a worker (bytes): what the main thread has.
    private static let stackSize = 8 << 20

    /// Runs tasks 0 ..< `count` and returns when all that were begun have ended.
    ///
    /// - Parameters:
    ///   - shouldStop: asked before each task; once true, no other begins.
    ///   - task: takes the task's number and that of the worker, 0 ..< `workers`, which does one task at a time.
    /// - Returns: by task, its result, or nil where it was not begun.
    public static func run<Result: Sendable>(
        _ count: Int, workers: Int, shouldStop: @escaping @Sendable () -> Bool = { false },
        task: @escaping @Sendable (_ index: Int, _ worker: Int) -> Result
    ) -> [Result?] {
        let work = Work<Result>(count: count)
        let group = DispatchGroup()
        for worker in 0..<min(workers, count) {
            group.enter()
            let thread = Thread {
                while !shouldStop(), let index = work.next() { work.set(task(index, worker), at: index) }
                group.leave()
            }
            thread.stackSize = stackSize
            thread.start()
        }
        group.wait()
        return work.results
    }

    /// What the workers share: the place in the queue and the results.
    private final class Work<Result: Sendable>: Sendable {
        private let taken = Atomic<Int>(0)
        private let ended: Mutex<[Result?]>
        private let count: Int

        init(count: Int) {
            self.count = count
            ended = Mutex(Array(repeating: nil, count: count))
        }

        func next() -> Int? {
            let place = taken.add(1, ordering: .relaxed).oldValue
            return place < count ? place : nil
        }

        func set(_ result: Result, at index: Int) { ended.withLock { $0[index] = result } }

        var results: [Result?] { ended.withLock { $0 } }
    }
}
