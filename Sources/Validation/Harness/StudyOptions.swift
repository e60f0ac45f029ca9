import Execution
import Structures

/// What a user asks of a study.
public struct StudyOptions: Sendable {
    public var experiments: [any Experiment]
    /// A profile's name, or the path of one.
    public var profile: String
    public var materials: [Material]
    /// `LEVEL=PATH` or `PATH`; empty takes the package's models.
    public var models: [String]
    /// `LEVEL=FOLDER` or `FOLDER`: the paper's labelled data.
    public var data: [String]
    /// `LEVEL=FOLDER` or `FOLDER`: outputs of `dpgen`.
    public var learning: [String]
    /// The folder of what was and is being computed.
    public var store: String
    /// The folder of the report.
    public var output: String
    public var seed: UInt64
    public var cores: Int
    /// Compute what is shipped, too.
    public var isFresh: Bool
    /// Compute labels of CP2K that experiments wish for, whatever the profile says.
    public var computesLabels: Bool
    /// Where calculations are done.
    public var engine: EngineChoice
    public var commandLine: [String]
    public var gnuplot = "gnuplot"

    public init(
        experiments: [any Experiment], profile: String, materials: [Material], models: [String], data: [String],
        learning: [String] = [], store: String, output: String, seed: UInt64, cores: Int, isFresh: Bool,
        computesLabels: Bool = false,
        engine: EngineChoice = .local, commandLine: [String]
    ) {
        self.experiments = experiments
        self.profile = profile
        self.materials = materials
        self.models = models
        self.data = data
        self.learning = learning
        self.store = store
        self.output = output
        self.seed = seed
        self.cores = cores
        self.isFresh = isFresh
        self.computesLabels = computesLabels
        self.engine = engine
        self.commandLine = commandLine
    }
}
