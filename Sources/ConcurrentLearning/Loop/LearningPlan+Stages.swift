import Calculations
import Execution

extension LearningPlan {
    /// The job of the next iteration; nil for the training that ends the loop.
    func nextJob(after iterations: [Iteration], _ outcomes: Outcomes) -> Int? {
        guard let last = iterations.last else { return 0 }
        guard let job = last.job else { return nil }
        let jobs = input.exploration.jobs
        var next = job + 1
        if input.extras.stopsWhenConverged, verdict(on: iterations, outcomes) != .goesOn {
            while next < jobs.count, jobs[next].isOfSameStage(as: jobs[job]) { next += 1 }
        }
        return next < jobs.count ? next : nil
    }

    func verdict(on iterations: [Iteration], _ outcomes: Outcomes) -> StopRule.Verdict {
        StopRule(convergedShare: input.extras.convergedShare).verdict(on: stage(of: iterations, outcomes))
    }

    /// The iterations of the newest stage as the rule sees them.
    func stage(of iterations: [Iteration], _ outcomes: Outcomes) -> [StopRule.Seen] {
        guard let job = iterations.last?.job else { return [] }
        let jobs = input.exploration.jobs
        let stage = iterations.reversed().prefix { iteration in
            iteration.job.map { jobs[$0].isOfSameStage(as: jobs[job]) } ?? false
        }
        return stage.reversed().map { iteration in
            let (_, candidates, failed) = iteration.counts
            return StopRule.Seen(
                accurateShare: iteration.accurateShare, candidates: candidates, failed: failed,
                quantiles: StopRule.quantiles(of: explored(iteration, outcomes).compactMap(\.record)),
                holdOutError: holdOut(iteration, outcomes)?.first?.forces)
        }
    }

    /// The errors of an iteration's models on the whole hold-out; nil without one, or when a test failed.
    func holdOut(_ iteration: Iteration, _ outcomes: Outcomes) -> [HoldOutErrors]? {
        guard !iteration.tests.isEmpty else { return nil }
        var total: FrameErrors.Content?
        for test in iteration.tests {
            guard case .success(let outcome) = outcomes[test] else { return nil }
            if total == nil { total = outcome.content } else { total?.merge(outcome.content) }
        }
        return total?.reports.map {
            HoldOutErrors(
                energy: $0.energyPerAtom.rmse, forces: $0.forces.rmse)
        }
    }

    /// Why the loop is over once its last training is done.
    func end(of iterations: [Iteration], _ outcomes: Outcomes) -> LearningEnd {
        let explored = iterations.filter { $0.job != nil }
        let share = explored.last.map { String(format: "%.2f %%", 100 * $0.accurateShare) } ?? ""
        switch verdict(on: explored, outcomes) {
        case .converged:
            return LearningEnd(
                reason: .converged, message: "converged: \(share) of the last iteration's frames are accurate")
        case .unmoved:
            return LearningEnd(
                reason: .unmoved,
                message:
                    "the deviation's distribution does not change any more, with \(share) accurate: more labels of this "
                    + "kind do not help; a larger net, longer training or a higher model_devi_f_trust_lo may")
        case .goesOn, .stuck:
            return LearningEnd(
                reason: .planned,
                message:
                    "all \(input.exploration.jobs.count) planned jobs are done, with \(share) accurate in the last one: "
                    + "not converged; add jobs and start again to go on")
        }
    }
}

/// Root mean squares on the hold-out of one model: eV/atom, eV/Å.
public struct HoldOutErrors: Codable, Equatable, Sendable {
    public var energy: Double
    public var forces: Double
}
