import Foundation
import Synchronization

/// What a user is told of Slurm, each thing once.
final class SlurmNotices: Sendable {
    private struct State {
        var told: Set<String> = []
        /// Since when a reason is seen.
        var reasons: [String: ContinuousClock.Instant] = [:]
    }

    private let say: @Sendable (String) -> Void
    private let state = Mutex(State())

    init(_ say: @escaping @Sendable (String) -> Void) { self.say = say }

    func once(_ text: String) {
        if state.withLock({ $0.told.insert(text).inserted }) { say(text) }
    }

    func always(_ text: String) { say(text) }

    /// Tells why jobs wait: at once when that does not pass by itself, otherwise when it has lasted.
    func tellReasons(of elements: some Sequence<SlurmElement>, at now: ContinuousClock.Instant) {
        var counts: [String: Int] = [:]
        for element in elements {
            guard case .entry(let entry) = element.sighting, entry.state == .pending else { continue }
            counts[entry.reason, default: 0] += 1
        }
        for (reason, count) in counts.sorted(by: { $0.key < $1.key }) {
            guard let (sentence, isLasting) = SlurmReason.meaning(reason) else { continue }
            let since = state.withLock { state in
                let since = state.reasons[reason] ?? now
                state.reasons[reason] = since
                return since
            }
            guard isLasting || now - since >= SlurmReason.patience else { continue }
            guard state.withLock({ $0.told.insert("reason \(reason)").inserted }) else { continue }
            say("\(count) \(count == 1 ? "job waits" : "jobs wait") for '\(reason)': \(sentence).")
        }
        state.withLock { state in state.reasons = state.reasons.filter { counts[$0.key] != nil } }
    }

    /// What a driver says that leaves jobs behind.
    static func left(_ count: Int, names: [String]) -> String {
        let list = names.joined(separator: ",")
        return """
            \(count) \(count == 1 ? "calculation stays" : "calculations stay") with Slurm; the same command takes them up again.
              to see them:    squeue --name=\(list)
              to cancel them: scancel --name=\(list)
            """
    }
}
