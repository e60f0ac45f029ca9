import Files

/// Which frames are labelled: the keys `fp_task_...`, and what boxes are refused.
public struct SelectionProtocol: Sendable {
    /// Labels per system and iteration at most.
    public var taskMaximum: Int
    /// With fewer new labels than this the models are not trained again; the labels count from the next training on, where DP-GEN
    /// would leave them out for good.
    public var taskMinimum: Int
    /// The share of accurate frames from which on fewer labels are bought, and none.
    public var softThreshold: Double
    public var threshold: Double
    public var badBox: BadBox?
    /// The share of labels that may fail.
    public var acceptableFailures: Double

    /// DP-GEN's is 5 %, at which one failure of ten ends a run.
    private static let defaultAcceptableFailures = 0.2

    init(_ keys: [String: InputNode], needed: (String) throws -> InputNode) throws {
        taskMaximum = try needed("fp_task_max").atLeast(1)
        taskMinimum = try needed("fp_task_min").atLeast(0)
        threshold = try keys["fp_accurate_threshold"]?.notNegative() ?? 1
        softThreshold = try keys["fp_accurate_soft_threshold"]?.notNegative() ?? threshold
        guard softThreshold <= threshold, threshold <= 1 else {
            throw try needed("fp_accurate_threshold").failure(
                "the soft threshold \(softThreshold) and the threshold \(threshold) are shares of 1, in this order",
                mend: "give fp_accurate_soft_threshold <= fp_accurate_threshold <= 1")
        }
        badBox = try keys["fp_skip_bad_box"].map(BadBox.init)
        acceptableFailures = try keys["ratio_failed"]?.notNegative() ?? Self.defaultAcceptableFailures
    }

    /// Labels that a system may get when so large a share of its frames is accurate (DP-GEN's rule).
    public func maximum(accurateShare share: Double) -> Int {
        if share >= threshold { return 0 }
        if share < softThreshold { return taskMaximum }
        return Int(Double(taskMaximum) * (share - threshold) / (softThreshold - threshold))
    }
}
