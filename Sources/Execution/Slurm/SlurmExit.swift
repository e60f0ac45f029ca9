import Files
import Foundation

/// How a job ended, as its script writes it last of all.
struct SlurmExit: Codable, Equatable, Sendable {
    /// Of the worker; 128 and more are signals.
    var code: Int
    var host: String
    /// How often Slurm had requeued it before.
    var restarts: Int
    /// ISO 8601, UTC.
    var started: String
    var ended: String

    /// Ended from outside: hang-up, interrupt, kill, termination, a file that went from under it.
    var isKilled: Bool { [1, 2, 7, 9, 15].contains(code - 128) }
    /// Ended by a signal, whatever it was.
    var isSignalled: Bool { code > 128 }

    var start: Date { (try? Date(started, strategy: .iso8601)) ?? .now }
}
