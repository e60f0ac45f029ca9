import Calculations
import Execution
import Files
import Labelling
import Statistics
import Structures

/// What a loop does next: a pure function of what was decided and of the outcomes that are there.
///
/// There is no counter of stages: an iteration is where its outcomes say that it is, and replaying the outcomes of an
/// interrupted loop decides the same again.
public struct LearningPlan: Sendable {
    public enum Turn: Sendable {
        /// Calculations whose outcomes are needed, and what they belong to.
        case needs([any Calculation], Stage)
        case ended(LearningEnd)
    }

    public let input: LearningProtocol
    public let inputs: LearningInputs
    /// Labels that fail end nothing, however many.
    public let acceptsFailures: Bool

    public init(_ input: LearningProtocol, _ inputs: LearningInputs, acceptsFailures: Bool = false) {
        self.input = input
        self.inputs = inputs
        self.acceptsFailures = acceptsFailures
    }

    /// - Parameters:
    ///   - iterations: what earlier calls have returned; empty at the beginning.
    ///   - outcomes: of everything that was asked for.
    /// - Returns: the iterations as the outcomes make them, and what is next.
    /// - Throws: `InputError` for an outcome that is damaged.
    public func next(_ iterations: [Iteration], _ outcomes: Outcomes) throws -> ([Iteration], Turn) {
        var iterations = iterations
        if iterations.isEmpty { iterations.append(try iteration(after: [], outcomes)) }
        while true {
            if let turn = try advance(&iterations, outcomes) { return (iterations, turn) }
        }
    }

    /// One step of the newest iteration; nil when another can be taken at once.
    private func advance(_ iterations: inout [Iteration], _ outcomes: Outcomes) throws -> Turn? {
        let last = iterations.count - 1
        if iterations[last].models == nil {
            let missing = iterations[last].trainings.filter { !outcomes.contains($0.key) }
            if !missing.isEmpty { return .needs(iterations[last].trainings, .training) }
            if let end = take(trainings: &iterations[last], outcomes) { return .ended(end) }
            iterations[last].tests = tests(of: iterations[last])
            try plan(exploration: &iterations[last])
            return nil
        }
        let waiting = iterations[last].tests.contains { !outcomes.contains($0.key) }
        if iterations[last].job == nil {
            return waiting ? .needs(iterations[last].tests, .training) : .ended(end(of: iterations, outcomes))
        }
        if iterations[last].selections == nil {
            if waiting || iterations[last].tasks.contains(where: { !outcomes.contains($0.key) }) {
                let needs: [any Calculation] = iterations[last].tasks.map(\.exploration)
                return .needs(needs + iterations[last].tests, .exploration)
            }
            if let end = try select(&iterations, outcomes) { return .ended(end) }
            return nil
        }
        if iterations[last].labelling == nil {
            if iterations[last].labels.contains(where: { !outcomes.contains($0.key) }) {
                return .needs(iterations[last].labels.map(\.calculation), .labelling)
            }
            if let end = take(labels: &iterations[last], outcomes) { return .ended(end) }
            return nil
        }
        iterations.append(try iteration(after: iterations, outcomes))
        return nil
    }

    /// Takes what was trained.
    private func take(trainings iteration: inout Iteration, _ outcomes: Outcomes) -> LearningEnd? {
        var reasons: [String] = []
        let models = iteration.trainings.compactMap { training -> String? in
            switch outcomes[training] {
            case .success(let outcome): return outcome.content.model
            case .failure(let failure):
                reasons.append(failure.reason)
                return nil
            }
        }
        iteration.models = models
        guard models.count >= 2 else {
            return LearningEnd(
                reason: .trainingFailed,
                message: "\(iteration.name): \(reasons.count) of \(iteration.trainings.count) trainings failed, and a "
                    + "deviation needs two models: \(reasons.first ?? "")")
        }
        if !reasons.isEmpty {
            iteration.advice.append("\(reasons.count) of the trainings failed, the others go on: \(reasons[0])")
        }
        return nil
    }

    /// Takes what was labelled.
    private func take(labels iteration: inout Iteration, _ outcomes: Outcomes) -> LearningEnd? {
        var counts = LabellingCounts()
        var example = ""
        for label in iteration.labels {
            switch outcomes[label.calculation] {
            case .success: counts.labelled += 1
            case .failure(let failure):
                counts.failed[LabelCause.name(of: failure), default: 0] += 1
                example = failure.description
            }
        }
        iteration.labelling = counts
        guard counts.failures > 0 else { return nil }
        let causes = counts.failed.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        let told = "\(counts.failures) of \(iteration.labels.count) labels failed: \(causes)"
        iteration.advice.append(told)
        let isTooMany = counts.labelled == 0 || counts.failedShare > input.selection.acceptableFailures
        guard isTooMany, !acceptsFailures || counts.labelled == 0 else { return nil }
        return LearningEnd(
            reason: .labellingFailed,
            message:
                "\(iteration.name): \(told). The others are kept. See `lgps-bench status`, mend the cause and start "
                + "with --retry-failed; or go on without them with --accept-failures. The last: \(example)")
    }
}

/// Why a label failed, in the words of `LabelFailure.Reason`.
enum LabelCause {
    static func name(of failure: CalculationFailure) -> String {
        let known = LabelFailure.Reason.allCases.map(\.rawValue)
        return known.first { failure.reason.contains("\($0):") } ?? "for another reason"
    }
}
