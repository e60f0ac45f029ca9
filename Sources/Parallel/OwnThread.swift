import Foundation

/// Runs long synchronous work on a thread of its own, so that the few threads of Swift's concurrency stay free for
/// others.
public func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Result { try work() }) }
        // As the main thread's: the stack of secondary threads is smaller on some systems.
        thread.stackSize = 8 << 20
        thread.start()
    }
}
