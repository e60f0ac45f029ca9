import Files
import Foundation
import Parallel

/// What a finished calculation leaves, whole, as one file named by its key.
public struct Outcome<C: Calculation>: Codable, Sendable {
    public var kind: String
    public var key: String
    public var calculation: C
    public var content: C.Content
    public var provenance: Provenance

    public init(_ calculation: C, content: C.Content, provenance: Provenance) {
        kind = C.kind
        key = calculation.key
        self.calculation = calculation
        self.content = content
        self.provenance = provenance
    }

    /// - Throws: `InputError` for a file that is missing, truncated, of another kind, or whose calculation is not that of its
    ///   key.
    public static func read(_ path: String) throws -> Outcome {
        let outcome = try JSONText.read(Outcome.self, from: path)
        guard outcome.kind == C.kind else {
            throw InputError(
                file: path, problem: "this is an outcome of \(outcome.kind), not of \(C.kind)",
                mend: "remove the file; it will be computed again")
        }
        guard outcome.calculation.key == outcome.key else {
            throw InputError(
                file: path, problem: "the outcome is not that of the calculation which its key names",
                mend: "remove the file; it will be computed again")
        }
        return outcome
    }

    /// - Throws: `InputError` when the file cannot be written.
    public func write(to path: String) throws {
        // On one line: indented, the arrays would be twice as large.
        try AtomicFile.write(try JSONText.canonical(self) + Data("\n".utf8), to: path)
    }
}

/// Where, when and how an outcome was computed.
public struct Provenance: Codable, Equatable, Sendable {
    /// `lgps-bench 0.2.0`.
    public var program: String
    public var machine: Machine
    public var threads: Int
    /// ISO 8601, UTC; of the last attempt.
    public var finished: String
    /// Summed over all attempts.
    public var wallSeconds: Double
    public var coreSeconds: Double

    public init(
        program: String, machine: Machine, threads: Int, finished: String, wallSeconds: Double, coreSeconds: Double
    ) {
        self.program = program
        self.machine = machine
        self.threads = threads
        self.finished = finished
        self.wallSeconds = wallSeconds
        self.coreSeconds = coreSeconds
    }
}
