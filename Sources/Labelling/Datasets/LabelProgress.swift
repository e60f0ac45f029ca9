/// How far a batch has come. A label is one frame at one level.
public struct LabelProgress: Equatable, Sendable {
    /// Labels asked for, duplicates left out.
    public var total: Int
    /// Labels that were there before this run.
    public var found: Int
    /// Labels made by this run.
    public var labelled: Int
    /// Labels that failed, in this run or before it.
    public var failed: Int
    /// Labels whose input is written for a calculation elsewhere.
    public var waiting: Int
    /// Frames left out because another frame is the same.
    public var duplicates: Int
    /// Seconds since the run began.
    public var elapsed: Double
    /// What was reported last, for a line of text.
    public var latest: String?

    public init(
        total: Int = 0, found: Int = 0, labelled: Int = 0, failed: Int = 0, waiting: Int = 0, duplicates: Int = 0,
        elapsed: Double = 0
    ) {
        self.total = total
        self.found = found
        self.labelled = labelled
        self.failed = failed
        self.waiting = waiting
        self.duplicates = duplicates
        self.elapsed = elapsed
    }

    public var remaining: Int { total - found - labelled - failed - waiting }

    /// Expected seconds to the end, from the pace of this run.
    public var secondsLeft: Double? {
        labelled > 0 ? elapsed / Double(labelled) * Double(remaining) : nil
    }

    /// "12 of 360 labels, 1 failed, about 2 h 5 min left"
    public var line: String {
        var text = "\(found + labelled) of \(total) labels"
        if failed > 0 { text += ", \(failed) failed" }
        if waiting > 0 { text += ", \(waiting) wait for their calculation" }
        if duplicates > 0 { text += ", \(duplicates) duplicate frames skipped" }
        if remaining > 0, let secondsLeft {
            let minutes = Int((secondsLeft / 60).rounded(.up))
            text += ", about " + (minutes >= 60 ? "\(minutes / 60) h \(minutes % 60) min" : "\(minutes) min") + " left"
        }
        return text
    }
}
