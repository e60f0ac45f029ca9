/// A run that had to end early: it exploded, or passed a limit that was set for it.
public struct SimulationFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The step that could not be taken, or after which the limit was passed.
    public var step: Int
    /// What happened, with the offending value.
    public var reason: String
    /// extXYZ file of the frame at fault, when the run has a folder.
    public var frameFile: String?
    /// The last checkpoint, which is from before the fault.
    public var checkpoint: String?

    public init(step: Int, reason: String, frameFile: String? = nil, checkpoint: String? = nil) {
        self.step = step
        self.reason = reason
        self.frameFile = frameFile
        self.checkpoint = checkpoint
    }

    public var description: String {
        var text = "the run stopped at step \(step): \(reason)"
        if let frameFile { text += "; the frame is in \(frameFile)" }
        if let checkpoint { text += "; the last checkpoint before it is \(checkpoint)" }
        return text
    }
}
