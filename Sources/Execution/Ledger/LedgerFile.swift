import Files
import Foundation
import GRDB

/// The SQLite file of a ledger: how it is opened, and the layout of its tables.
enum LedgerFile {
    /// "LGPS", in the file's head, tells a ledger from the databases of other programs.
    private static let applicationID = 0x4C47_5053

    /// For the driver; makes the file where there is none, and brings an older layout up to date.
    ///
    /// - Throws: `InputError` when the file is damaged, foreign or of a later version.
    static func open(_ path: String) throws -> DatabaseQueue {
        try guarded(path) {
            var configuration = Configuration()
            // Readers go on while the driver writes.
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(10)
            let database = try DatabaseQueue(path: path, configuration: configuration)
            try checkOwner(database, path, emptyIsFine: true)
            try migrator.migrate(database)
            return database
        }
    }

    /// For readers, also while a driver writes.
    ///
    /// - Throws: `InputError` when there is no such file, or it is damaged, foreign or of another version.
    static func openReadOnly(_ path: String) throws -> DatabaseQueue {
        guard FileManager.default.fileExists(atPath: path) else {
            throw InputError(file: path, problem: "there is no ledger yet", mend: "start a run first")
        }
        return try guarded(path) {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(10)
            let database = try DatabaseQueue(path: path, configuration: configuration)
            try checkOwner(database, path, emptyIsFine: false)
            return database
        }
    }

    /// Turns SQLite's errors into ours.
    static func guarded<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            let isDamaged = [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode.primaryResultCode)
            let reason = error.message ?? "\(error.resultCode)"
            throw InputError(
                file: path, problem: isDamaged ? "the ledger is damaged: \(reason)" : "the ledger fails: \(reason)",
                mend: isDamaged || error.resultCode.primaryResultCode == .SQLITE_ERROR
                    ? "remove it; outcomes and checkpoints are kept apart, and it will be made again"
                    : "check that its folder is writable and has space left")
        }
    }

    private static func checkOwner(_ database: DatabaseQueue, _ path: String, emptyIsFine: Bool) throws {
        try database.read { db in
            let owner = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            let isEmpty = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master") == 0
            guard owner == applicationID || (isEmpty && emptyIsFine) else {
                throw InputError(
                    file: path, problem: "this is a database of another program",
                    mend: "move it away, or choose another store")
            }
            if try migrator.hasBeenSuperseded(db) {
                throw InputError(
                    file: path, problem: "the ledger was written by a later version of this program",
                    mend: "use that version, or another store")
            }
            if !emptyIsFine, try !migrator.hasCompletedMigrations(db) {
                throw InputError(
                    file: path, problem: "the ledger was written by an earlier version of this program",
                    mend: "start a run with it, which brings it up to date")
            }
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(
                sql: """
                    PRAGMA application_id = \(applicationID);
                    CREATE TABLE calculations (
                        key TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, json TEXT NOT NULL,
                        cost REAL NOT NULL, cores INTEGER NOT NULL, isAlone INTEGER NOT NULL, state TEXT NOT NULL,
                        folderKey TEXT NOT NULL, fraction REAL NOT NULL DEFAULT 0);
                    CREATE INDEX calculations_by_state ON calculations (state);
                    CREATE TABLE dependencies (
                        key TEXT NOT NULL REFERENCES calculations (key), needs TEXT NOT NULL, PRIMARY KEY (key, needs)
                    ) WITHOUT ROWID;
                    CREATE INDEX dependencies_by_need ON dependencies (needs);
                    CREATE TABLE needs (
                        experiment TEXT NOT NULL, key TEXT NOT NULL REFERENCES calculations (key),
                        PRIMARY KEY (experiment, key)
                    ) WITHOUT ROWID;
                    CREATE TABLE attempts (
                        id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL REFERENCES calculations (key),
                        engine TEXT NOT NULL, started TEXT NOT NULL, ended TEXT, status TEXT NOT NULL, reason TEXT,
                        lastLines TEXT NOT NULL DEFAULT '', wallSeconds REAL NOT NULL DEFAULT 0,
                        coreSeconds REAL NOT NULL DEFAULT 0);
                    CREATE INDEX attempts_by_key ON attempts (key, id);
                    CREATE INDEX attempts_by_status ON attempts (status);
                    """)
        }
        return migrator
    }
}
