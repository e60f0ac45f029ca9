/// Why one frame has no label at one level of theory.
public struct LabelFailure: Error, Codable, Equatable, Sendable {
    public enum Reason: String, Codable, CaseIterable, Sendable {
        /// The structure cannot be computed: overlapping atoms, positions that are not finite.
        case badStructure = "bad structure"
        /// An element has no basis set or no potential.
        case missingElement = "missing basis set or potential"
        /// The self-consistency cycle ended without convergence.
        case notConverged = "not converged"
        /// The program ended with an error of its own.
        case crashed
        /// A signal ended the program: killed by hand or for want of memory.
        case killed
        /// The time limit was reached.
        case timedOut = "timed out"
        /// The program left an output without its end, or without a part that is needed.
        case incompleteOutput = "incomplete output"
        /// Not a failure: the input is written and the user has to calculate it elsewhere.
        case waiting
    }

    public var reason: Reason
    /// One sentence for the user.
    public var message: String
    /// The lines of the output that tell why.
    public var quotedLines: [String]
    /// Where input and output were kept, once they are.
    public var folder: String?

    public init(_ reason: Reason, _ message: String, quotedLines: [String] = [], folder: String? = nil) {
        self.reason = reason
        self.message = message
        self.quotedLines = quotedLines
        self.folder = folder
    }
}

extension LabelFailure: CustomStringConvertible {
    public var description: String {
        let head = "\(reason.rawValue): \(message)"
        let lines = quotedLines.map { "\n    | \($0)" }.joined()
        return head + lines + (folder.map { "\n    (kept in \($0))" } ?? "")
    }
}
