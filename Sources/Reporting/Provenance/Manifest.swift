import Files
import Foundation
import Parallel
import Structures

/// Where results come from: written as `manifest.json` beside them.
public struct Manifest: Codable, Equatable, Sendable {
    /// A file or folder that went in, by its SHA-256.
    public struct Input: Codable, Equatable, Sendable {
        public var path: String
        public var sha256: String

        public init(path: String, sha256: String) {
            self.path = path
            self.sha256 = sha256
        }
    }

    /// One part of the run.
    public struct Part: Codable, Equatable, Sendable {
        public var name: String
        public var wallSeconds: Double
        public var cpuSeconds: Double
        /// Settings and measurements that decided what was computed: trajectory lengths, ms per step.
        public var details: [String: String]

        public init(name: String, wallSeconds: Double, cpuSeconds: Double, details: [String: String] = [:]) {
            self.name = name
            self.wallSeconds = wallSeconds
            self.cpuSeconds = cpuSeconds
            self.details = details
        }
    }

    public var commandLine: [String]
    public var profile: String
    public var material: String
    public var seed: UInt64
    public var threads: Int
    public var models: [Input]
    public var data: [Input]
    /// The source's commit, with `-modified` when files differ from it; nil outside a checkout.
    public var commit: String?
    public var machine: Machine
    /// Program and libraries with their versions.
    public var versions: [String: String]
    /// ISO 8601, UTC.
    public var started: String
    public var finished: String
    public var parts: [Part]

    /// Summed over the parts, so that a resumed run counts the work of all its starts.
    public var wallSeconds: Double { parts.map(\.wallSeconds).reduce(0, +) }
    public var cpuSeconds: Double { parts.map(\.cpuSeconds).reduce(0, +) }

    public init(
        commandLine: [String], profile: String, material: String, seed: UInt64, threads: Int, models: [Input],
        data: [Input], commit: String?, machine: Machine, versions: [String: String], started: Date, finished: Date,
        parts: [Part]
    ) {
        self.commandLine = commandLine
        self.profile = profile
        self.material = material
        self.seed = seed
        self.threads = threads
        self.models = models
        self.data = data
        self.commit = commit
        self.machine = machine
        self.versions = versions
        self.started = started.ISO8601Format()
        self.finished = finished.ISO8601Format()
        self.parts = parts
    }

    /// Writes `manifest.json` into `folder`.
    public func write(to folder: String) throws {
        try AtomicFile.write(try JSONText.data(self), to: "\(folder)/manifest.json")
    }
}
