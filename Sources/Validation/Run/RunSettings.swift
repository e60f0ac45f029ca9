import Foundation
import Reporting
import Structures

/// What a user asks of a run.
public struct RunSettings: Sendable {
    public var profile: Profile
    public var material: Material
    /// Model files; the first drives molecular dynamics, all are tested for accuracy.
    public var models: [String]
    /// Folders of labelled data (deepmd/npy), searched at any depth.
    public var data: [String]
    public var output: String
    public var seed: UInt64
    public var threads: Int
    /// Go on with the run that `output` holds.
    public var resume: Bool
    public var commandLine: [String]
    public var gnuplot = "gnuplot"

    public init(
        profile: Profile, material: Material, models: [String], data: [String], output: String, seed: UInt64,
        threads: Int, resume: Bool, commandLine: [String]
    ) {
        self.profile = profile
        self.material = material
        self.models = models
        self.data = data
        self.output = output
        self.seed = seed
        self.threads = threads
        self.resume = resume
        self.commandLine = commandLine
    }
}
