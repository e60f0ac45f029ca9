import Calculations
import Files

/// How configuration space is explored: the keys `model_devi_...`.
public struct ExplorationProtocol: Sendable {
    /// Frames before this step (not frame: what DP-GEN does, not what it says) are not looked at.
    public var skippedSteps: Int
    /// Chooses the lower level by the number of candidates, when given.
    public var adaptive: AdaptiveLevels?
    /// One for each planned iteration.
    public var jobs: [ExplorationJob]

    /// So many frames with the largest deviation are candidates, whatever their deviation.
    public struct AdaptiveLevels: Codable, Hashable, Sendable {
        public var forceCount: Int
        public var virialCount: Int
        /// Percents of the frames that are not failed.
        public var forcePercent: Double
        public var virialPercent: Double
    }

    init(
        _ keys: [String: InputNode], needed: (String) throws -> InputNode, systems: Int, remarks: inout [String]
    ) throws {
        let timestep = try needed("model_devi_dt").positive()
        skippedSteps = try needed("model_devi_skip").atLeast(0)
        if try keys["model_devi_adapt_trust_lo"]?.bool ?? false {
            adaptive = AdaptiveLevels(
                forceCount: try keys["model_devi_numb_candi_f"]?.atLeast(0) ?? 10,
                virialCount: try keys["model_devi_numb_candi_v"]?.atLeast(0) ?? 0,
                forcePercent: try keys["model_devi_perc_candi_f"]?.notNegative() ?? 0,
                virialPercent: try keys["model_devi_perc_candi_v"]?.notNegative() ?? 0)
        }
        let shared = ExplorationJob.Shared(
            timestep: timestep, thermostatTime: try keys["model_devi_taut"]?.positive() ?? 0.1,
            barostatTime: try keys["model_devi_taup"]?.positive() ?? 0.5, trust: try TrustLevelInput(keys),
            systems: systems, isAdaptive: adaptive != nil)
        let list = try needed("model_devi_jobs")
        guard list.value is [Any] else { throw list.failure("a list of jobs is expected") }
        jobs = try list.list.map { try ExplorationJob($0, shared, remarks: &remarks) }
        guard !jobs.isEmpty else {
            throw list.failure("there are no jobs", mend: "give one for each iteration")
        }
    }
}
