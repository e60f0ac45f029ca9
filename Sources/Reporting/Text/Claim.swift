/// Something that the paper says, and what this run says about it.
public struct Claim: Codable, Equatable, Sendable {
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        case reproduced
        case notReproduced
        /// The error bars of this run do not tell.
        case notDecidable
        /// A longer profile, or input that was not given, is needed.
        case notRun
        /// Nothing in this program computes it yet.
        case notBuilt

        public var text: String {
            switch self {
            case .reproduced: "reproduced"
            case .notReproduced: "not reproduced"
            case .notDecidable: "not yet decidable"
            case .notRun: "not run in this profile"
            case .notBuilt: "not there yet"
            }
        }

        var sign: String {
            switch self {
            case .reproduced: "✔"
            case .notReproduced: "✘"
            case .notDecidable: "?"
            case .notRun, .notBuilt: "–"
            }
        }
    }

    /// Where the paper says it: `Table V`, `Fig. 13`.
    public var source: String
    public var statement: String
    public var verdict: Verdict
    /// The numbers behind the verdict, or what is missing.
    public var reason: String

    public init(source: String, statement: String, verdict: Verdict, reason: String) {
        self.source = source
        self.statement = statement
        self.verdict = verdict
        self.reason = reason
    }
}
