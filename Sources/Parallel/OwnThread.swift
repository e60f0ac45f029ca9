import Foundation
import Synchronization

/// Runs long synchronous work on a thread of its own, so that the few threads of Swift's concurrency stay free for
/// others. What the work holds is released before its result is there.
public func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    let task = SingleTask(work)
    return try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: task.perform()) }
        // As the main thread's: the stack of secondary threads is smaller on some systems.
        thread.stackSize = 8 << 20
        thread.start()
    }
}

/// Work that is done once and then forgotten, as a thread may live on for a moment when others go on with the result: what
/// the work holds, a lock perhaps, would live on with it.
private final class SingleTask<Value: Sendable>: Sendable {
    private let work: Mutex<(@Sendable () throws -> Value)?>

    init(_ work: @escaping @Sendable () throws -> Value) { self.work = Mutex(work) }

    func perform() -> Result<Value, any Error> {
        guard let work = work.withLock({ $0.take() }) else { preconditionFailure("work is done once") }
        return Result { try work() }
    }
}
