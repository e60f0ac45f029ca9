import Files

/// A cluster as a user of DP-GEN or dpdispatcher describes it: `machine.json`, with what each stage of the work asks for.
///
/// Three forms are read: stages `train`, `model_devi`, `fp` (an object each, or a list of which the first counts); `machine`
/// and `resources` for all stages at once; and the old flat `train_machine`, `train_resources`, ... Keys that begin with
/// `_` are comments. An object `slurm` beside them holds what those forms have no key for.
public struct MachineFile: Equatable, Sendable {
    public enum BatchSystem: String, Sendable { case slurm, shell }

    /// What one stage of the work is done with.
    public struct Stage: Equatable, Sendable {
        /// The shell command of the stage's program, where one is named.
        public var command: String?
        public var batch = BatchSystem.slurm
        public var resources = ClusterResources()

        public init() {}
    }

    public let path: String
    /// Nil stands for every stage that is not there.
    private let stages: [ResourceStage?: Stage]
    public let limits: QueueLimits
    /// What is accepted, but changes nothing here.
    public let notes: [String]

    /// - Throws: `InputError` for a file that is missing, no JSON or of another shape, for batch systems and contexts that
    ///   are not supported, and for values that make no sense.
    public init(_ path: String) throws {
        var reader = MachineFileReader()
        stages = try reader.read(InputNode(contentsOf: path))
        limits = reader.limits
        notes = reader.notes
        self.path = path
    }

    /// - Throws: `InputError` when the file says nothing of this stage.
    public func stage(_ stage: ResourceStage) throws -> Stage {
        guard let found = stages[stage] ?? stages[nil] else {
            throw InputError(
                file: path, problem: "the file says nothing of the stage '\(stage.rawValue)'",
                mend: "add \"\(stage.rawValue)\": {\"machine\": {...}, \"resources\": {...}}")
        }
        return found
    }

    /// The stage's resources, for Slurm.
    ///
    /// - Throws: `InputError` when the file says nothing of this stage, or another batch system.
    public func slurmResources(_ stage: ResourceStage) throws -> ClusterResources {
        let found = try self.stage(stage)
        guard found.batch == .slurm else {
            throw InputError(
                file: path, place: "\(stage.rawValue)/machine/batch_type",
                problem: "the engine is Slurm, but the batch system '\(found.batch.rawValue)'",
                mend: "write \"batch_type\": \"Slurm\", or use --engine local")
        }
        return found.resources
    }
}

/// How much a queue is asked at a time.
public struct QueueLimits: Equatable, Sendable {
    /// Calculations in the queue at once.
    public var jobs = 1000
    /// Elements of one array that run at once (`%N`); nil leaves that to Slurm.
    public var throttle: Int?
    /// Seconds between two looks at the queue: the shortest, after something has happened, and the longest.
    public var shortestPoll = 15.0
    public var longestPoll = 120.0
    /// Seconds that a shared disk may take to show a file, and that a job must have been absent from the queue.
    public var patience = 60.0

    public init() {}
}
