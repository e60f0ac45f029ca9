/// Is told of every external program that runs, so that someone can end it when we are killed.
public struct ProcessWatch: Sendable {
    /// Takes the number of a process that has just been started, the leader of a group of its own. What it throws ends the
    /// program.
    public var started: @Sendable (Int32) throws -> Void
    /// The process and its group have ended.
    public var ended: @Sendable () -> Void

    public init(
        started: @escaping @Sendable (Int32) throws -> Void, ended: @escaping @Sendable () -> Void
    ) {
        self.started = started
        self.ended = ended
    }

    /// Tells nobody.
    public static let none = ProcessWatch(started: { _ in }, ended: {})
}
