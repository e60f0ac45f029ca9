import Reporting
import Statistics

/// What the findings say about a claim.
public struct Verdict: Codable, Equatable, Sendable {
    public enum Decision: String, Codable, CaseIterable, Sendable {
        case reproduced
        case notReproduced
        /// The findings do not tell, or are not there.
        case undecided
        /// No experiment of this program makes findings of this kind yet.
        case notBuilt
    }

    /// The claim's id.
    public var claim: String
    public var source: String
    public var statement: String
    public var decision: Decision
    /// Whose labels the models learnt from that the evidence is of: `VASP`; nil when there is no evidence or it does not
    /// depend on them.
    public var code: String?
    /// One for each test and material.
    public var evidence: [Evidence]
    /// Families of findings that no experiment makes.
    public var missingFamilies: [String]
    /// What would decide it.
    public var decidedBy: Claim.DecidingRun

    /// Where the numbers come from that it rests on; nil without numbers.
    public var origin: Origin? {
        let origins = evidence.compactMap(\.origin)
        return origins.isEmpty ? nil : Origin(of: origins)
    }
}

/// One comparison and its outcome.
public struct Evidence: Codable, Equatable, Sendable {
    public enum Answer: String, Codable, Sendable {
        case passes
        case fails
        /// Not decided.
        case open
    }

    /// A number beside the one that it is compared with, of one unit. The middle of a range stands for it, half its width
    /// for its error.
    public struct Comparison: Codable, Equatable, Sendable {
        public enum Source: String, Codable, Sendable {
            /// A number of the paper.
            case paper
            case measured
            /// Another finding.
            case ours
        }

        public var ours: Estimate
        public var expected: Estimate
        public var source: Source
    }

    public var answer: Answer
    /// The findings that were looked for, present or not.
    public var findings: [String]
    /// The numbers behind the answer, or what is missing: one sentence without a full stop.
    public var text: String
    /// nil when there was no number.
    public var origin: Origin?
    /// For drawing; nil where one number is not compared with one other.
    public var comparison: Comparison?
}
