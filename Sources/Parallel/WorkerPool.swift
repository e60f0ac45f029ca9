import Foundation
import Synchronization

/// Threads that wait for indexed work; the caller's thread is one of them.
///
/// Which worker takes which index is left to chance, so work must write to places that depend on the index only:
/// then results do not depend on the number of threads. One caller at a time.
public final class WorkerPool: @unchecked Sendable {
    /// Workers, the caller included.
    public let threads: Int

    private let shared: Shared

    public init(threads: Int) {
        precondition(threads >= 1, "a pool needs at least one thread")
        self.threads = threads
        shared = Shared(helpers: threads - 1)
        for worker in 1..<threads {
            let thread = Thread { [shared] in shared.serve(worker: worker) }
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    deinit { shared.stop() }

    /// Calls `body` once for each index below `count`, on all workers; returns when all are done.
    ///
    /// - Parameter body: takes the index and the worker (below `threads`) that runs it.
    public func parallel(_ count: Int, _ body: (_ index: Int, _ worker: Int) -> Void) {
        if threads == 1 || count <= 1 {
            for index in 0..<count { body(index, 0) }
            return
        }
        withoutActuallyEscaping(body) { shared.run(count: count, body: $0) }
    }

    /// Calls `body` for consecutive ranges of 0..<count, on all workers: for elementwise work over long arrays.
    public func parallel(ranges count: Int, _ body: (_ range: Range<Int>) -> Void) {
        let pieces = Self.pieces(of: 0..<count)
        parallel(pieces.count) { index, _ in body(pieces[index]) }
    }

    /// Elements of long arrays that are worth a call.
    public static let pieceLength = 1 << 14

    /// Consecutive pieces of a range, of that length or less.
    public static func pieces(of range: Range<Int>) -> [Range<Int>] {
        stride(from: range.lowerBound, to: range.upperBound, by: pieceLength).map {
            $0..<min($0 + pieceLength, range.upperBound)
        }
    }
}

/// What the threads share; it outlives the pool until the last thread has left.
private final class Shared: @unchecked Sendable {
    private let helpers: Int
    private let condition = NSCondition()
    private let generation = Atomic<Int>(0)
    private let next = Atomic<Int>(0)
    private let finished = Atomic<Int>(0)
    private let isStopping = Atomic<Bool>(false)
    private var count = 0
    private var body: ((Int, Int) -> Void)?

    /// A helper polls this often before it sleeps: some 20 µs, longer than the pause between two parallel sections.
    private static let pollsBeforeSleep = 10_000

    init(helpers: Int) { self.helpers = helpers }

    func run(count: Int, body: @escaping (Int, Int) -> Void) {
        self.count = count
        self.body = body
        next.store(0, ordering: .relaxed)
        finished.store(0, ordering: .relaxed)
        condition.lock()
        generation.add(1, ordering: .releasing)
        condition.broadcast()
        condition.unlock()
        drain(worker: 0)
        var polls = 0
        while finished.load(ordering: .acquiring) < helpers {
            polls += 1
            if polls > Self.pollsBeforeSleep { sched_yield() }
        }
        self.body = nil
    }

    func serve(worker: Int) {
        var seen = 0
        while true {
            seen = awaitGeneration(after: seen)
            if isStopping.load(ordering: .acquiring) { return }
            drain(worker: worker)
            finished.add(1, ordering: .releasing)
        }
    }

    func stop() {
        isStopping.store(true, ordering: .releasing)
        condition.lock()
        generation.add(1, ordering: .releasing)
        condition.broadcast()
        condition.unlock()
    }

    private func drain(worker: Int) {
        guard let body else { return }
        while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            if index >= count { return }
            body(index, worker)
        }
    }

    private func awaitGeneration(after seen: Int) -> Int {
        for _ in 0..<Self.pollsBeforeSleep {
            let current = generation.load(ordering: .acquiring)
            if current != seen { return current }
        }
        condition.lock()
        defer { condition.unlock() }
        while true {
            let current = generation.load(ordering: .acquiring)
            if current != seen { return current }
            condition.wait()
        }
    }
}
