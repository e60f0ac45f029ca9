/// What a job asks of a cluster, and what its script does before and after its work.
public struct ClusterResources: Equatable, Sendable {
    /// MPI processes of a label, where the user has not said otherwise; other calculations ask for the cores that they use.
    public var coresPerNode: Int?
    public var gpusPerNode = 0
    /// In the place of `--gres=gpu:N`, as a whole line.
    public var gpuLine: String?
    public var partition: String?
    public var account: String?
    public var qualityOfService: String?
    /// As `sbatch --time`.
    public var timeLimit: String?
    /// As `sbatch --mem`.
    public var memory: String?
    public var excludedNodes: [String] = []
    public var constraint: String?
    /// Lines of the script's head, verbatim: `#SBATCH --...`.
    public var customFlags: [String] = []

    public var purgesModules = false
    public var unloadedModules: [String] = []
    public var modules: [String] = []
    /// Files that the script sources.
    public var sources: [String] = []
    /// In the order of their names; one that has several values is set to each in turn, as dpdispatcher does.
    public var environment: [Variable] = []
    /// Lines before and after the work.
    public var prologue: [String] = []
    public var epilogue: [String] = []

    public struct Variable: Equatable, Sendable {
        public var name: String
        public var value: String
    }

    public init() {}
}
