/// One of many independent simulations: another temperature, disordered cell or seed.
public struct ReplicaTask<Result: Sendable>: Sendable {
    /// Names the replica in messages; usually its folder's last component.
    public var name: String
    /// Steps in all, for the order of work and the estimate of its end.
    public var steps: Int
    /// Makes the simulation, with an evaluator of its own, on the thread that will run it.
    public var prepare: @Sendable () throws -> ReplicaRun<Result>

    public init(name: String, steps: Int, prepare: @escaping @Sendable () throws -> ReplicaRun<Result>) {
        self.name = name
        self.steps = steps
        self.prepare = prepare
    }
}

/// A replica about to run, and how its result is got afterwards.
public struct ReplicaRun<Result> {
    public var simulation: Simulation
    /// Called once all steps are done.
    public var result: () throws -> Result

    public init(_ simulation: Simulation, result: @escaping () throws -> Result) {
        self.simulation = simulation
        self.result = result
    }
}

/// How a replica ended.
public enum ReplicaOutcome<Result: Sendable>: Sendable {
    case completed(Result)
    /// A stop was asked for before its last step; its checkpoint, if it has one, continues it.
    case interrupted
    /// It exploded, or its input or output is at fault; the others went on.
    case failed(any Error)

    /// The result of a completed replica.
    public var result: Result? {
        if case .completed(let result) = self { result } else { nil }
    }
}
