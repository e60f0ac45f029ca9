import Foundation
import Parallel
import Synchronization
import Testing

@testable import Execution

struct LocalEngineTests {
    private let temporary: TemporaryStore

    init() throws { temporary = try TemporaryStore() }

    private func job(_ toy: Toy) -> Job {
        Job(toy, key: toy.key, folderKey: toy.folderKey, cores: toy.cores, rank: toy.cost)
    }

    /// Waits until all have ended.
    private func ends(of count: Int, _ engine: LocalEngine) throws -> [String: JobEnd] {
        var ends: [String: JobEnd] = [:]
        let deadline = ContinuousClock.now + .seconds(60)
        while ends.count < count, ContinuousClock.now < deadline {
            for case .ended(let key, let end) in engine.events(within: .seconds(1)) { ends[key] = end }
        }
        return ends
    }

    @Test func longestGoFirst() throws {
        let order = Journal<Double>()
        let toys = [3.0, 1, 4, 1.5, 9, 2.6].map { cost in
            Toy.make(cost: cost) { _, _ in
                order.add(cost)
                return 1
            }
        }
        let engine = LocalEngine(cores: 1)
        try engine.submit(toys.map(job), to: temporary.workplace())
        _ = try ends(of: toys.count, engine)
        #expect(order.all == [9, 4, 3, 2.6, 1.5, 1])
    }

    @Test func aloneOnesNeverOverlap() throws {
        struct Count { var running = 0, alone = 0, overlaps = 0 }
        final class Gauge: Sendable {
            let count = Mutex(Count())
            func run(alone: Bool) -> Int {
                count.withLock { count in
                    if count.alone > 0 || (alone && count.running > 0) { count.overlaps += 1 }
                    count.running += 1
                    if alone { count.alone += 1 }
                }
                usleep(2000)
                count.withLock { count in
                    count.running -= 1
                    if alone { count.alone -= 1 }
                }
                return 1
            }
        }
        let gauge = Gauge()
        let toys = (0..<40).map { index in
            let isAlone = index % 5 == 0
            return Toy.make(cost: Double(index), cores: isAlone ? .alone(1 + index % 2) : .shared(1 + index % 3)) {
                _, _ in
                gauge.run(alone: isAlone)
            }
        }
        let engine = LocalEngine(cores: 3)
        for batch in [toys[..<25], toys[25...]] { try engine.submit(batch.map(job), to: temporary.workplace()) }
        let ends = try ends(of: toys.count, engine)
        #expect(ends.values.allSatisfy { $0.status == .done } && ends.count == toys.count)
        #expect(gauge.count.withLock { $0.overlaps } == 0)
    }

    /// A long one holds one core until all the others, which must go through the other core, have been done.
    @Test func noCoreIdlesBesideALongCalculation() throws {
        let all = DispatchSemaphore(value: 0)
        final class Countdown: Sendable {
            let left = Mutex(5)
        }
        let countdown = Countdown()
        let long = Toy.make(cost: 100) { _, _ in
            try all.await("the short ones")
            return 1
        }
        let short = (0..<5).map { _ in
            Toy.make { _, _ in
                if countdown.left.withLock({ left in
                    left -= 1
                    return left
                }) == 0 {
                    all.signal()
                }
                return 1
            }
        }
        let engine = LocalEngine(cores: 2)
        try engine.submit(([long] + short).map(job), to: temporary.workplace())
        let ends = try ends(of: 6, engine)
        #expect(ends.count == 6 && ends.values.allSatisfy { $0.status == .done })
    }

    /// Three meet: they can only if they run at once. A wide one that does not fit beside them lets them pass.
    @Test func smallOnesPassAWideOne() throws {
        let (arrived, go) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let small = (0..<3).map { index in
            Toy.make(cost: index == 0 ? 100 : 1) { _, _ in
                arrived.signal()
                try go.await("the others")
                return 1
            }
        }
        let wide = Toy.make(cost: 50, cores: .shared(3))
        let engine = LocalEngine(cores: 3)
        try engine.submit(([wide] + small).map(job), to: temporary.workplace())
        for _ in small { try arrived.await("a small one") }
        for _ in small { go.signal() }
        #expect(try ends(of: 4, engine).count == 4)
    }

    @Test func moreCoresThanThereAreStillRuns() throws {
        let toys = [Toy.make(cores: .shared(64)), Toy.make(cores: .alone(64))]
        let engine = LocalEngine(cores: 2)
        try engine.submit(toys.map(job), to: temporary.workplace())
        #expect(try ends(of: 2, engine).values.allSatisfy { $0.status == .done })
    }

    @Test func aloneGoesFirstAtTheBeginning() throws {
        let order = Journal<String>()
        let shared = Toy.make(cost: 100) { _, _ in
            order.add("shared")
            return 1
        }
        let alone = Toy.make(cores: .alone(1)) { _, _ in
            order.add("alone")
            return 1
        }
        let engine = LocalEngine(cores: 2)
        try engine.submit([shared, alone].map(job), to: temporary.workplace())
        _ = try ends(of: 2, engine)
        #expect(order.all == ["alone", "shared"])
    }

    @Test func cancelStopsTheRunningAndDropsTheWaiting() throws {
        let begun = DispatchSemaphore(value: 0)
        let running = Toy.make(cost: 2) { _, control in
            control.report(0.25)
            begun.signal()
            while true {
                try control.checkStop()
                usleep(1000)
            }
        }
        let waiting = Toy.make()
        let engine = LocalEngine(cores: 1)
        try engine.submit([running, waiting].map(job), to: temporary.workplace())
        try begun.await("the first")
        #expect(engine.fractions() == [running.key: 0.25])
        engine.cancel([running.key, waiting.key])
        #expect(try ends(of: 2, engine).values.allSatisfy { $0.status == .interrupted })
    }

    /// 6 MiB of frames fit the stack.
    @Test func threadsHaveAMainThreadsStack() throws {
        @Sendable func deep(_ level: Int) -> Int {
            withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { bytes in
                bytes.storeBytes(of: UInt8(level & 1), as: UInt8.self)
                return level == 0 ? 0 : deep(level - 1) + Int(bytes[0]) * 0 + 1
            }
        }
        let toy = Toy.make { _, _ in deep(96) }
        let engine = LocalEngine(cores: 1)
        try engine.submit([job(toy)], to: temporary.workplace())
        #expect(try ends(of: 1, engine)[toy.key]?.status == .done)
    }
}
