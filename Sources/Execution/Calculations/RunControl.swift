import Files
import Parallel

/// What a running calculation is given: when to stop, where its inputs are, and whom to tell how far it is.
public struct RunControl: Sendable {
    /// Raised when it shall leave a checkpoint and throw `Interrupted`.
    public let stop: StopFlag
    /// Where models and data lie.
    public let inputs: InputLibrary
    /// Takes the done fraction, 0 to 1; as often as the calculation likes.
    public let report: @Sendable (Double) -> Void
    /// The outcome of a dependency by its key, as JSON.
    private let outcome: @Sendable (String) throws -> String?

    /// - Parameter outcomeFile: the path of the outcome of a key, or nil.
    public init(
        stop: StopFlag = StopFlag(), inputs: InputLibrary = InputLibrary(),
        outcomeFile: @escaping @Sendable (String) throws -> String? = { _ in nil },
        report: @escaping @Sendable (Double) -> Void = { _ in }
    ) {
        self.stop = stop
        self.inputs = inputs
        self.report = report
        outcome = outcomeFile
    }

    /// - Throws: `Interrupted` when a stop was asked for.
    public func checkStop() throws {
        if stop.isRaised { throw Interrupted() }
    }

    /// The content of a dependency.
    ///
    /// - Throws: `InputError` when it is not there, or damaged.
    public func content<C: Calculation>(of calculation: C) throws -> C.Content {
        guard let path = try outcome(calculation.key) else {
            throw InputError(problem: "the outcome of '\(calculation.title)', which this needs, is missing")
        }
        return try Outcome<C>.read(path).content
    }

    /// The outcome of a calculation that was finished before this one was made, by its key.
    ///
    /// - Throws: `InputError` when it is not there, damaged, or of another kind.
    public func outcome<C: Calculation>(of type: C.Type, key: String) throws -> Outcome<C> {
        guard let path = try outcome(key) else {
            throw InputError(
                problem: "the outcome \(key.prefix(16))… of \(C.kind), which this needs, is missing",
                mend: "start the run again, which makes it")
        }
        return try Outcome<C>.read(path)
    }
}
