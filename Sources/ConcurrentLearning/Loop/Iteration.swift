import Calculations
import Execution

/// One iteration as far as it has come: what was asked for, and what was decided.
public struct Iteration: Sendable {
    public var index: Int
    /// Which of `model_devi_jobs`; nil for the training that ends the loop.
    public var job: Int?
    /// One for each model.
    public var trainings: [Training]
    /// The iteration whose models are taken, where nothing new was to be learnt.
    public var copiedFrom: Int?
    /// SHA-256 of the models, once they are trained: of those that failed, nothing.
    public var models: [String]?
    /// The test on the hold-out.
    public var tests: [FrameErrors] = []
    public var tasks: [ExplorationTask] = []
    /// By system, once explored.
    public var selections: [SystemSelection]?
    public var labels: [SelectedLabel] = []
    /// Once they are labelled.
    public var labelling: LabellingCounts?
    /// What the user should know, and do.
    public var advice: [String] = []

    /// "iter.000003".
    public var name: String { Self.name(index) }

    public static func name(_ index: Int) -> String {
        let digits = "\(index)"
        return "iter." + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// Frames by level, of all systems.
    public var counts: (accurate: Int, candidate: Int, failed: Int) {
        (selections ?? []).reduce((0, 0, 0)) { ($0.0 + $1.accurate, $0.1 + $1.candidate, $0.2 + $1.failed) }
    }

    public var accurateShare: Double {
        let (accurate, candidate, failed) = counts
        let total = accurate + candidate + failed
        return total == 0 ? 0 : Double(accurate) / Double(total)
    }
}

/// A frame that was chosen, with the calculation of its label.
public struct SelectedLabel: Sendable {
    public var place: FramePlace
    public var calculation: Labels
    /// Of the calculation.
    public var key: String
    /// On which the models disagreed most.
    public var worstAtom: Int
}

/// How the labelling of an iteration went.
public struct LabellingCounts: Codable, Equatable, Sendable {
    public var labelled = 0
    /// By cause: "not converged", "timed out", ...
    public var failed: [String: Int] = [:]

    public var failures: Int { failed.values.reduce(0, +) }
    public var failedShare: Double {
        let total = labelled + failures
        return total == 0 ? 0 : Double(failures) / Double(total)
    }
}

/// What a loop is at.
public enum Stage: String, Codable, CaseIterable, Sendable {
    case training = "00.train"
    case exploration = "01.model_devi"
    case labelling = "02.fp"
}

/// Why a loop has ended.
public struct LearningEnd: Codable, Equatable, Sendable {
    public enum Reason: String, Codable, Sendable {
        /// The share of accurate frames is reached in the last stage.
        case converged
        /// The deviation's distribution does not change any more.
        case unmoved
        /// All jobs are done.
        case planned
        /// No candidates, but failed frames: the loop cannot learn.
        case stuck
        case trainingFailed
        case explorationFailed
        /// Too many labels failed; the good ones are kept.
        case labellingFailed
    }

    public var reason: Reason
    /// In a sentence, with what to do.
    public var message: String

    /// Whether the loop has done what it was asked for.
    public var isSuccess: Bool { [.converged, .unmoved, .planned].contains(reason) }
}
