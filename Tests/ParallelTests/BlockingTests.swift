import Foundation
import Parallel
import Testing

struct BlockingTests {
    private struct Fault: Error {}

    @Test func resultsAndErrorsComeBack() async throws {
        let value = try await onOwnThread {
            try blocking {
                try await Task.sleep(for: .milliseconds(10))
                return 7
            }
        }
        #expect(value == 7)
        await #expect(throws: Fault.self) { try await onOwnThread { try blocking { throw Fault() } } }
    }

    @Test func aStopCancelsTheWorkAndWaitsForItsEnd() async throws {
        let stop = StopFlag()
        let ended = StopFlag()
        let run = Task {
            try await onOwnThread {
                try blocking(stop: stop) {
                    defer { ended.raise() }
                    try await Task.sleep(for: .seconds(600))
                }
            }
        }
        try await Task.sleep(for: .milliseconds(50))
        stop.raise()
        await #expect(throws: Interrupted.self) { try await run.value }
        #expect(ended.isRaised)
    }

    /// Work that ends in spite of a stop has its result; a cancellation of its own is none of ours.
    @Test func onlyACancellationByTheStopIsAnInterruption() async throws {
        let stop = StopFlag()
        stop.raise()
        #expect(try await onOwnThread { try blocking(stop: stop) { 1 } } == 1)
        await #expect(throws: CancellationError.self) {
            try await onOwnThread { try blocking { throw CancellationError() } }
        }
    }

    @Test func whatTheWorkHoldsIsReleasedBeforeItsResultIsThere() async throws {
        final class Held: Sendable {
            let released: StopFlag
            init(_ released: StopFlag) { self.released = released }
            deinit { released.raise() }
        }
        for _ in 0..<200 {
            let released = StopFlag()
            func run() async throws {
                let held = Held(released)
                try await onOwnThread { withExtendedLifetime(held) {} }
            }
            try await run()
            #expect(released.isRaised)
        }
    }
}
