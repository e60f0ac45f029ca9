import Files
import Foundation
import GRDB

/// What the driver writes of all calculations that were ever asked for: where they stand, what they wait for, how each
/// attempt ended. Outcomes are not in it, so that nothing is lost with it but the history.
final class Ledger: Sendable {
    let reader: LedgerReader
    private let path: String
    private let database: DatabaseQueue

    /// Opens the ledger for its only writer, who must hold the `DriverLock`. What a dead driver left as running waits.
    ///
    /// - Throws: `InputError` when the file is damaged, foreign or of a later version, or cannot be written.
    init(_ path: String) throws {
        self.path = path
        database = try LedgerFile.open(path)
        reader = LedgerReader(path: path, database: database)
        try write { db in
            try db.execute(sql: "UPDATE calculations SET state = 'waiting' WHERE state = 'running'")
            try db.execute(
                sql: "UPDATE attempts SET status = 'lost', ended = ? WHERE status = 'running'", arguments: [Date.now])
        }
    }

    /// Everything that one call of the scheduler has to say about its calculations, as one transaction.
    struct Registration {
        /// Rows that are not there yet, with what they need.
        var new: [(record: CalculationRecord, needs: [String])] = []
        /// Rows that are there, but stand elsewhere now.
        var states: [(key: String, state: CalculationState)] = []
        /// Rows whose title or estimate has changed, by a new version of the program.
        var estimates: [(key: String, title: String, cost: Double)] = []
        /// Keys by the experiment that asks for them.
        var askedBy: [String: [String]] = [:]
    }

    func register(_ registration: Registration) throws {
        try write { db in
            let insert = try db.makeStatement(sql: "INSERT INTO calculations VALUES (?,?,?,?,?,?,?,?,?,?)")
            let depend = try db.makeStatement(sql: "INSERT OR IGNORE INTO dependencies VALUES (?, ?)")
            for (row, needs) in registration.new {
                try insert.execute(arguments: [
                    row.key, row.kind, row.title, row.json, row.cost, row.cores, row.isAlone, row.state.rawValue,
                    row.folderKey, row.fraction,
                ])
                for need in needs { try depend.execute(arguments: [row.key, need]) }
            }
            // An outcome that is gone has to be computed from the beginning, as far as is known.
            let move = try db.makeStatement(
                sql: """
                    UPDATE calculations SET fraction = CASE WHEN :state = 'done' THEN 1 WHEN state = 'done' THEN 0
                    ELSE fraction END, state = :state WHERE key = :key
                    """)
            for (key, state) in registration.states {
                try move.execute(arguments: ["state": state.rawValue, "key": key])
            }
            let estimate = try db.makeStatement(sql: "UPDATE calculations SET title = ?, cost = ? WHERE key = ?")
            for (key, title, cost) in registration.estimates { try estimate.execute(arguments: [title, cost, key]) }
            let ask = try db.makeStatement(sql: "INSERT OR IGNORE INTO needs VALUES (?, ?)")
            for (experiment, keys) in registration.askedBy {
                for key in keys { try ask.execute(arguments: [experiment, key]) }
            }
        }
    }

    /// A calculation has begun.
    func begin(_ key: String, engine: String, at date: Date) throws {
        try write { db in
            try db.execute(sql: "UPDATE calculations SET state = 'running' WHERE key = ?", arguments: [key])
            try db.execute(
                sql: "INSERT INTO attempts (key, engine, started, status) VALUES (?, ?, ?, 'running')",
                arguments: [key, engine, date])
        }
    }

    /// A calculation has ended, or will not be begun.
    func end(_ key: String, as state: CalculationState, _ end: JobEnd) throws {
        let status: AttemptStatus =
            switch end.status {
            case .done: .done
            case .failed: .failed
            case .interrupted: .interrupted
            }
        try write { db in
            try db.execute(
                sql: """
                    UPDATE calculations SET state = :state,
                    fraction = CASE :state WHEN 'done' THEN 1 ELSE fraction END WHERE key = :key
                    """,
                arguments: ["state": state.rawValue, "key": key])
            try db.execute(
                sql: """
                    UPDATE attempts SET ended = ?, status = ?, reason = ?, lastLines = ?, wallSeconds = ?, coreSeconds = ?
                    WHERE key = ? AND status = 'running'
                    """,
                arguments: [
                    Date.now, status.rawValue, end.reason, end.lastLines.joined(separator: "\n"), end.wallSeconds,
                    end.coreSeconds, key,
                ])
        }
    }

    /// How far the running ones are.
    func note(_ fractions: [String: Double]) throws {
        guard !fractions.isEmpty else { return }
        try write { db in
            let statement = try db.makeStatement(sql: "UPDATE calculations SET fraction = ? WHERE key = ?")
            for (key, fraction) in fractions { try statement.execute(arguments: [fraction, key]) }
        }
    }

    /// Puts calculations that stand in one of `states` into another.
    ///
    /// - Parameter keys: only these; all when nil.
    /// - Returns: the keys that were put there.
    func move(_ keys: [String]?, from states: [CalculationState], to state: CalculationState) throws -> [String] {
        try write { db in
            let marks = states.map { "'\($0.rawValue)'" }.joined(separator: ",")
            let there = try String.fetchAll(
                db, sql: "SELECT key FROM calculations WHERE state IN (\(marks)) ORDER BY key")
            let asked = keys.map(Set.init)
            let moved = there.filter { asked?.contains($0) ?? true }
            let statement = try db.makeStatement(sql: "UPDATE calculations SET state = ? WHERE key = ?")
            for key in moved { try statement.execute(arguments: [state.rawValue, key]) }
            return moved
        }
    }

    private func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try LedgerFile.guarded(path) { try database.write(body) }
    }
}
