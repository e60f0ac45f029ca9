import Synchronization

/// How far a calculation is, 0 to 1: one thread says it, another asks.
final class DoneFraction: Sendable {
    // Not a number until something is said.
    private let bits = Atomic<UInt64>(Double.nan.bitPattern)

    /// Nil until something was said.
    var value: Double? {
        let value = Double(bitPattern: bits.load(ordering: .relaxed))
        return value.isNaN ? nil : value
    }

    func set(_ value: Double) { bits.store(min(max(value, 0), 1).bitPattern, ordering: .relaxed) }
}
