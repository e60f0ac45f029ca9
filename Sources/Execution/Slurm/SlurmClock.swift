import Foundation

/// The time that an engine goes by; tests have one of their own.
struct SlurmClock: Sendable {
    var now: @Sendable () -> ContinuousClock.Instant
    var sleep: @Sendable (Duration) -> Void

    static let system = SlurmClock(
        now: { .now }, sleep: { Thread.sleep(forTimeInterval: max(0, $0 / .seconds(1))) })
}
