import Files
import Foundation
import GRDB

/// Reads a ledger, also while a driver writes it.
struct LedgerReader: Sendable {
    let path: String
    let database: DatabaseQueue

    init(path: String, database: DatabaseQueue) {
        self.path = path
        self.database = database
    }

    /// - Throws: `InputError` when there is no ledger yet, or it is damaged, foreign or of another version.
    init(of store: Store) throws {
        self.init(path: store.ledgerFile, database: try LedgerFile.openReadOnly(store.ledgerFile))
    }

    func known() throws -> [String: KnownCalculation] {
        try read { db in
            var known: [String: KnownCalculation] = [:]
            // Columns by number: for tens of thousands of rows, names cost more than SQLite.
            let rows = try Row.fetchCursor(
                db, sql: "SELECT key, title, cost, state, fraction, folderKey FROM calculations")
            while let row = try rows.next() {
                let key: String = row[0]
                let state = CalculationState(rawValue: row[3]) ?? .waiting
                known[key] = KnownCalculation(
                    key: key, title: row[1], cost: row[2], state: state, fraction: row[4], folderKey: row[5])
            }
            return known
        }
    }

    func calculations(_ state: CalculationState) throws -> [CalculationRecord] {
        try read { db in
            try CalculationRecord.fetchAll(
                db, sql: "SELECT * FROM calculations WHERE state = ? ORDER BY cost DESC, key",
                arguments: [state.rawValue])
        }
    }

    func attempts(of key: String) throws -> [AttemptRecord] {
        try read { db in
            try AttemptRecord.fetchAll(db, sql: "SELECT * FROM attempts WHERE key = ? ORDER BY id", arguments: [key])
        }
    }

    /// The last failed attempt of every calculation that stands as failed, by key.
    func failures() throws -> [String: CalculationFailure] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT c.key, c.title, a.reason, a.lastLines FROM calculations c LEFT JOIN attempts a
                    ON a.id = (SELECT MAX(id) FROM attempts WHERE key = c.key AND status = 'failed')
                    WHERE c.state = 'failed'
                    """)
            return Dictionary(
                uniqueKeysWithValues: rows.map { row in
                    let lines: String = row[3] ?? ""
                    return (
                        row[0],
                        CalculationFailure(
                            key: row[0], title: row[1], reason: row[2] ?? "its reason is not on record",
                            lastLines: lines.split(separator: "\n").map(String.init))
                    )
                })
        }
    }

    /// How many calculations stand where, and what is left of them.
    struct Totals: Sendable {
        var counts: [CalculationState: Int] = [:]
        /// Of `waiting`: those that need, over however many others, one that failed or was cancelled.
        var blocked = 0
        /// Core seconds of the waiting that are not blocked, and of the running.
        var coreSecondsLeft = 0.0
    }

    func totals() throws -> Totals {
        try read { db in
            var totals = Totals()
            for row in try Row.fetchAll(db, sql: "SELECT state, COUNT(*) FROM calculations GROUP BY state") {
                if let state = CalculationState(rawValue: row[0]) { totals.counts[state] = row[1] }
            }
            let blocked = """
                WITH RECURSIVE blocked (key) AS (
                    SELECT d.key FROM calculations c JOIN dependencies d ON d.needs = c.key
                    WHERE c.state IN ('failed', 'cancelled')
                    UNION SELECT d.key FROM blocked b JOIN dependencies d ON d.needs = b.key)
                """
            totals.blocked =
                try Int.fetchOne(
                    db,
                    sql: blocked
                        + " SELECT COUNT(*) FROM calculations WHERE state = 'waiting' AND key IN (SELECT key FROM blocked)"
                )
                ?? 0
            totals.coreSecondsLeft =
                try Double.fetchOne(
                    db,
                    sql: blocked + """
                         SELECT SUM(cost * (1 - fraction)) FROM calculations
                        WHERE state = 'running' OR state = 'waiting' AND key NOT IN (SELECT key FROM blocked)
                        """) ?? 0
            return totals
        }
    }

    /// The whole key that a user means by its first characters.
    ///
    /// - Throws: `InputError` when none or several begin so.
    func key(_ prefix: String) throws -> String {
        let found = try read { db in
            try String.fetchAll(
                db, sql: "SELECT key FROM calculations WHERE substr(key, 1, ?) = ? LIMIT 2",
                arguments: [prefix.count, prefix])
        }
        guard let key = found.first, !prefix.isEmpty else {
            throw InputError(file: path, problem: "no calculation has a key that begins with '\(prefix)'")
        }
        guard found.count == 1 else {
            throw InputError(
                file: path, problem: "several calculations have keys that begin with '\(prefix)'",
                mend: "give more of the key")
        }
        return key
    }

    private func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try LedgerFile.guarded(path) { try database.read(body) }
    }
}
