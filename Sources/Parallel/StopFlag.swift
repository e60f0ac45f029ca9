import Synchronization

/// Asks running simulations to stop at the next step, with a checkpoint.
public final class StopFlag: Sendable {
    private let raised = Atomic<Bool>(false)

    public init() {}

    public var isRaised: Bool { raised.load(ordering: .relaxed) }
    public func raise() { raised.store(true, ordering: .relaxed) }

    /// The flag that a program's signal handlers raise.
    public static let signals = StopFlag()
}
