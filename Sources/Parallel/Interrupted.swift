/// Someone asked to stop; what was done is kept.
public struct Interrupted: Error, CustomStringConvertible {
    public var description: String { "stopped at a checkpoint" }

    public init() {}
}
