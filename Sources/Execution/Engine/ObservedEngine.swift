/// An engine that tells of every end: for those who show results, or write them out, while others are computed.
public struct ObservedEngine: Engine {
    private let engine: any Engine
    private let ended: @Sendable (_ key: String, _ end: JobEnd) -> Void

    /// - Parameter ended: is called by the thread that drives the engine; the outcome of a calculation that is done is then
    ///   in the store.
    public init(_ engine: any Engine, ended: @escaping @Sendable (_ key: String, _ end: JobEnd) -> Void) {
        self.engine = engine
        self.ended = ended
    }

    public var name: String { engine.name }

    public func submit(_ jobs: [Job], to workplace: Workplace) throws { try engine.submit(jobs, to: workplace) }

    public func events(within patience: Duration) throws -> [JobEvent] {
        let events = try engine.events(within: patience)
        for case .ended(let key, let end) in events { ended(key, end) }
        return events
    }

    public func fractions() -> [String: Double] { engine.fractions() }

    public func cancel(_ keys: Set<String>) { engine.cancel(keys) }

    public func detach(_ keys: Set<String>) { engine.detach(keys) }
}
