import Files
import Foundation

/// What a run would do, without doing anything: which calculations are there already, and what the others cost.
///
/// Only whether a file is there is looked at, not whether it is whole.
public struct Plan: Codable, Sendable {
    public enum Presence: String, Codable, Sendable {
        case here, shipped, missing
    }

    public struct Row: Codable, Sendable {
        public var key: String
        public var title: String
        public var presence: Presence
        /// Core seconds of the whole calculation.
        public var cost: Double
        public var cores: CoreDemand
        /// What an interrupted attempt has done of it, 0 to 1.
        public var fraction: Double
    }

    /// What is missing comes before what needs it; what is there follows, by title.
    public var rows: [Row]
    /// That the rest would be done on.
    public var cores: Int
    /// Wall seconds for the rest on so many cores.
    public var secondsLeft: Double

    /// - Parameters:
    ///   - needs: calculations by the experiment that asks for them.
    ///   - store: nil where there is none yet.
    ///   - fresh: is computed anew though it is shipped.
    /// - Throws: `InputError` when the store's ledger is damaged or foreign.
    public init(
        of needs: [String: [any Calculation]], in store: Store?, shipped: [OutcomeStore] = [],
        fresh: Freshness = .nothing,
        cores: Int
    ) throws {
        var presences: [String: Presence] = [:]
        let hasLedger = store.map { FileManager.default.fileExists(atPath: $0.ledgerFile) } ?? false
        let known = hasLedger ? try store.map { try LedgerReader(of: $0).known() } ?? [:] : [:]
        let gathering = try Gathering(needs, known: known) { _, key in
            let isHere = store?.outcomes.contains(key) ?? false
            let presence: Presence =
                isHere
                ? .here : !fresh.contains(key) && shipped.contains { $0.contains(key) } ? .shipped : .missing
            presences[key] = presence
            return presence != .missing
        }
        let missing = gathering.missing.map { node in
            Row(
                key: node.key, title: node.title, presence: .missing, cost: node.cost, cores: node.cores,
                // A ledger may know an outcome as done that was removed since.
                fraction: known[node.key].map { $0.state == .done ? 0 : $0.fraction } ?? 0)
        }
        let found = gathering.found.map { key, calculation in
            Row(
                key: key, title: calculation.title, presence: presences[key] ?? .here, cost: calculation.cost,
                cores: calculation.cores, fraction: 1)
        }
        rows = missing + found.sorted { ($0.title, $0.key) < ($1.title, $1.key) }
        self.cores = cores
        secondsLeft = Self.wallSeconds(missing, cores: cores)
    }

    /// Those that share the cores take at least as long as the longest of them; those that run alone come on top.
    private static func wallSeconds(_ rows: [Row], cores: Int) -> Double {
        var (sum, longest, alone) = (0.0, 0.0, 0.0)
        for row in rows {
            let left = row.cost * (1 - row.fraction)
            let own = left / Double(max(1, min(row.cores.count, cores)))
            switch row.cores {
            case .alone: alone += own
            case .shared:
                sum += left
                longest = max(longest, own)
            }
        }
        return alone + max(sum / Double(cores), longest)
    }

    /// A table of all rows, and a last line with the sum.
    public var text: String {
        let words: [Presence: String] = [.here: "here", .shipped: "shipped", .missing: "to do"]
        var lines = [Self.line("is", "core time", "calculation")]
        for row in rows {
            let isBegun = row.presence == .missing && row.fraction > 0
            let part = isBegun ? String(format: " (%.0f %% done)", 100 * row.fraction) : ""
            lines.append(
                Self.line(words[row.presence] ?? "", DurationText.of(seconds: row.cost), row.title + part))
        }
        let missing = rows.filter { $0.presence == .missing }
        let shipped = rows.count { $0.presence == .shipped }
        let left = missing.reduce(0) { $0 + $1.cost * (1 - $1.fraction) }
        lines.append(
            "\(rows.count) calculations: \(rows.count - missing.count - shipped) here, \(shipped) shipped, "
                + "\(missing.count) to do. They take \(DurationText.of(seconds: left)) of core time, "
                + "about \(DurationText.of(seconds: secondsLeft)) on \(cores) \(cores == 1 ? "core" : "cores").")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ presence: String, _ time: String, _ title: String) -> String {
        func blanks(_ width: Int, _ word: String) -> String {
            String(repeating: " ", count: max(0, width - word.count))
        }
        return presence + blanks(9, presence) + blanks(12, time) + time + "  " + title
    }
}
