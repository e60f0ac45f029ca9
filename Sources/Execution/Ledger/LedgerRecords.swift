import Foundation
import GRDB

/// Where a calculation stands.
public enum CalculationState: String, Codable, Sendable {
    case waiting, running, done, failed, cancelled
}

/// How an attempt at a calculation ended, or that it has not.
public enum AttemptStatus: String, Codable, Sendable {
    case running, done, failed, interrupted
    /// Its driver was killed.
    case lost
}

/// A row of `calculations`.
struct CalculationRecord: Codable, FetchableRecord, Sendable {
    var key: String
    var kind: String
    var title: String
    /// Canonical JSON of the calculation alone.
    var json: String
    /// Core seconds, estimated.
    var cost: Double
    var cores: Int
    var isAlone: Bool
    var state: CalculationState
    var folderKey: String
    /// Done of it, 0 to 1.
    var fraction: Double
}

/// What the scheduler asks of a row that is there.
struct KnownCalculation: Sendable {
    var key: String
    var title: String
    var cost: Double
    var state: CalculationState
    var fraction: Double
    var folderKey: String
}

/// A row of `attempts`.
public struct AttemptRecord: Codable, FetchableRecord, Sendable {
    public var id: Int64
    public var key: String
    public var engine: String
    public var started: Date
    public var ended: Date?
    public var status: AttemptStatus
    public var reason: String?
    /// Of its log, separated by line feeds.
    public var lastLines: String
    public var wallSeconds: Double
    public var coreSeconds: Double
}
