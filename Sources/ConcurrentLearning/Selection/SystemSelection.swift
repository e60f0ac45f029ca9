/// What an iteration has decided for one system.
public struct SystemSelection: Codable, Equatable, Sendable {
    public var system: Int
    /// Frames by level; those that were not reached count as failed.
    public var accurate: Int
    public var candidate: Int
    public var failed: Int
    /// The lower level of the forces (eV/Å) when it was chosen by itself.
    public var adaptedLow: Double?
    /// Labels that DP-GEN's rule of the accurate share allows, and the least that are worth a start.
    public var maximum: Int
    public var minimum: Int
    /// To be labelled, in this order.
    public var chosen: [FramePlace]
    /// Candidates whose cell `fp_skip_bad_box` refuses.
    public var badBoxes: Int
    /// Candidates with an atom that has more neighbours than the descriptor has slots, in words.
    public var overfull: Int

    public var total: Int { accurate + candidate + failed }
    public var accurateShare: Double { total == 0 ? 0 : Double(accurate) / Double(total) }
}
