import Parallel
import Synchronization
import Testing

@testable import Parallel

@Suite struct TaskQueueTests {
    @Test(arguments: [1, 2, 5, 40])
    func everyTaskRunsOnceAndKeepsItsPlace(_ workers: Int) {
        let runs = Mutex([Int](repeating: 0, count: 20))
        let results = TaskQueue.run(20, workers: workers) { index, _ in
            runs.withLock { $0[index] += 1 }
            return 3 * index
        }
        #expect(results == (0..<20).map { 3 * $0 })
        #expect(runs.withLock { $0 } == [Int](repeating: 1, count: 20))
    }

    @Test func aWorkerDoesOneTaskAtATime() {
        let busy = Mutex(Set<Int>())
        let wasAlone = TaskQueue.run(30, workers: 3) { _, worker in
            let isAlone = busy.withLock { $0.insert(worker).inserted } && 0..<3 ~= worker
            var sum = 0.0
            for k in 0..<20_000 { sum += Double(k).squareRoot() }
            busy.withLock { _ = $0.remove(worker) }
            return isAlone && sum > 0
        }
        #expect(wasAlone == [Bool](repeating: true, count: 30))
    }

    @Test func noTaskBeginsAfterTheStop() {
        let begun = Atomic<Int>(0)
        @Sendable func hasFour() -> Bool { begun.load(ordering: .relaxed) == 4 }
        let results = TaskQueue.run(10, workers: 1, shouldStop: hasFour) { index, _ in
            begun.add(1, ordering: .relaxed)
            return index
        }
        #expect(results == [0, 1, 2, 3, nil, nil, nil, nil, nil, nil])
    }

    @Test func nothingToDoIsDoneAtOnce() {
        let results = TaskQueue.run(0, workers: 2) { index, _ in index }
        #expect(results.isEmpty)
    }
}
