import Parallel
import Synchronization
import Testing

@testable import Parallel

@Suite struct WorkerPoolTests {
    @Test(arguments: [1, 2, 5])
    func callsEachIndexOnce(threads: Int) {
        let pool = WorkerPool(threads: threads)
        for round in 0..<200 {
            let count = round % 37
            let calls = (0..<count).map { _ in Counter() }
            pool.parallel(count) { index, worker in
                precondition(worker < threads)
                calls[index].value.add(1, ordering: .relaxed)
            }
            #expect(calls.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
        }
    }

    /// Each index must have its own place to write to: this is the place.
    private final class Counter: Sendable { let value = Atomic<Int>(0) }
}
