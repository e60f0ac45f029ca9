/// A program other than ours that failed: which, what it said, and what to do about it.
public struct ExternalProgramFailure: Error, Equatable, Sendable, CustomStringConvertible {
    public var program: String
    public var problem: String
    public var mend: String?

    public init(program: String, problem: String, mend: String? = nil) {
        self.program = program
        self.problem = problem
        self.mend = mend
    }

    public var description: String { "\(program): \(problem)" + (mend.map { " (\($0))" } ?? "") }
}
