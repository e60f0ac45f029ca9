import Foundation
import Synchronization

/// Does asynchronous work for a synchronous thread, which waits for its end.
///
/// For threads of one's own: one of the few threads of Swift's concurrency might wait for itself.
/// - Parameter stop: when it is raised, the work is cancelled; its end is waited for all the same.
/// - Throws: `Interrupted` when the work was cancelled so, and ended with `CancellationError`; else what the work throws.
public func blocking<Value: Sendable>(
    stop: StopFlag = StopFlag(), _ work: @escaping @Sendable () async throws -> Value
) throws -> Value {
    let end = Mutex<Result<Value, any Error>?>(nil)
    let ended = DispatchSemaphore(value: 0)
    let task = Task.detached {
        let result: Result<Value, any Error>
        do { result = .success(try await work()) } catch { result = .failure(error) }
        end.withLock { $0 = result }
        ended.signal()
    }
    while ended.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
        if stop.isRaised { task.cancel() }
    }
    do {
        guard let result = end.withLock({ $0 }) else { preconditionFailure("the work has ended without a result") }
        return try result.get()
    } catch is CancellationError where stop.isRaised {
        throw Interrupted()
    }
}
