import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Asks running simulations to stop at the next step, with a checkpoint.
public final class StopFlag: Sendable {
    private let raised = Atomic<Bool>(false)

    public init() {}

    public var isRaised: Bool { raised.load(ordering: .relaxed) }
    public func raise() { raised.store(true, ordering: .relaxed) }
    public func lower() { raised.store(false, ordering: .relaxed) }

    /// Raised by the signals that `installSignalHandlers` has taken over.
    public static let signals = StopFlag()

    /// Makes SIGINT and SIGTERM raise `signals`; a second one ends the process at once.
    public static func installSignalHandlers() {
        _ = signals
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                StopFlag.signals.raise()
                signal(number, SIG_DFL)
            }
        }
    }
}
