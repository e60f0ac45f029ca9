import Foundation

/// Gets calculations done somewhere: on this machine's cores, or by a queueing system.
///
/// The scheduler submits a calculation only when nothing hinders it: what it needs is done, and no other of its folder is
/// with the engine. How many run at once, and which first, is the engine's affair. One thread calls an engine.
public protocol Engine: Sendable {
    /// For the ledger: "local".
    var name: String { get }
    /// Takes jobs, to be begun as soon as there is room.
    ///
    /// - Throws: `InputError` when they cannot be handed over; then none of them is with the engine.
    func submit(_ jobs: [Job], to workplace: Workplace) throws
    /// What has happened since the last call; waits for something to happen, as long as `patience` at most, without
    /// using the processor.
    ///
    /// Each job gives at most one `began` and just one `ended`.
    func events(within patience: Duration) throws -> [JobEvent]
    /// The last known done fractions, 0 to 1, of running jobs, by key.
    func fractions() -> [String: Double]
    /// Asks jobs to end with a checkpoint: each still gives its `ended`. Those that are not with the engine are ignored.
    func cancel(_ keys: Set<String>)
    /// The driver stops. Jobs that can go on without it do, and are taken up when they are submitted again; the others end
    /// with a checkpoint. Each still gives its `ended`.
    func detach(_ keys: Set<String>)
}

extension Engine {
    public func detach(_ keys: Set<String>) { cancel(keys) }
}

/// A calculation that an engine shall get done.
public struct Job: Sendable {
    public let calculation: any Calculation
    public let key: String
    public let folderKey: String
    public let cores: CoreDemand
    /// Core seconds of the longest chain that begins with it: those with more go first.
    public let rank: Double

    public init(_ calculation: any Calculation, key: String, folderKey: String, cores: CoreDemand, rank: Double) {
        self.calculation = calculation
        self.key = key
        self.folderKey = folderKey
        self.cores = cores
        self.rank = rank
    }
}

public enum JobEvent: Sendable {
    case began(key: String, at: Date)
    case ended(key: String, JobEnd)
}

/// How one attempt at a calculation ended. A worker leaves it as a file.
public struct JobEnd: Codable, Equatable, Sendable {
    public enum Status: String, Codable, Sendable {
        /// The outcome is in the store.
        case done
        case failed
        /// A stop was asked for; it goes on from its checkpoint.
        case interrupted
    }

    public var status: Status
    /// Of a failure.
    public var reason: String?
    /// Of the log in the work folder.
    public var lastLines: [String]
    /// The last done fraction, 0 to 1, that the calculation has told; nil when it told none.
    public var fraction: Double?
    /// Of this attempt alone.
    public var wallSeconds: Double
    public var coreSeconds: Double
    /// Whether something outside the calculation hindered it that may pass; nil is no.
    public var isTemporary: Bool?

    public init(
        _ status: Status, reason: String? = nil, lastLines: [String] = [], fraction: Double? = nil,
        wallSeconds: Double = 0, coreSeconds: Double = 0, isTemporary: Bool? = nil
    ) {
        self.status = status
        self.reason = reason
        self.lastLines = lastLines
        self.fraction = fraction
        self.wallSeconds = wallSeconds
        self.coreSeconds = coreSeconds
        self.isTemporary = isTemporary
    }
}
