import Execution
import Files
import Foundation
import Parallel
import Structures
import Testing

@testable import Calculations
@testable import ConcurrentLearning

/// The plan alone: outcomes are made up, and nothing is computed.
@Suite struct LearningPlanTests {
    /// Plays a loop to its end.
    ///
    /// - Parameters:
    ///   - deviation: of a frame (eV/Å), by iteration; nil fails the exploration.
    ///   - fails: whether the label or training of this number, counted through, fails.
    private static func play(
        _ changes: [(String, String)] = [], acceptsFailures: Bool = false,
        deviation: (Int, Int) -> Double?, failing: (any Calculation, Int) -> Bool = { _, _ in false }
    ) throws -> (iterations: [Iteration], end: LearningEnd, outcomes: Outcomes) {
        let miniature = try Miniature(changes)
        let plan = try miniature.plan(miniature.store(), acceptsFailures: acceptsFailures)
        var (iterations, outcomes, number) = ([Iteration](), Outcomes(), 0)
        for _ in 0..<100 {
            let (now, turn) = try plan.next(iterations, outcomes)
            iterations = now
            switch turn {
            case .ended(let end): return (iterations, end, outcomes)
            case .needs(let calculations, _):
                for calculation in calculations where !outcomes.contains(calculation.key) {
                    number += 1
                    if failing(calculation, number) {
                        outcomes.insert(
                            CalculationFailure(
                                key: calculation.key, title: calculation.title, reason: "model: not converged: 80 steps"
                            ))
                    } else {
                        make(calculation, deviation, iteration: iterations.count - 1, into: &outcomes)
                    }
                }
            }
        }
        throw InputError(problem: "the plan does not end")
    }

    private static func make(
        _ calculation: any Calculation, _ deviation: (Int, Int) -> Double?, iteration: Int,
        into outcomes: inout Outcomes
    ) {
        let provenance = Provenance(
            program: "test", machine: .current, threads: 1, finished: "", wallSeconds: 1, coreSeconds: 1)
        func insert<C: Calculation>(_ calculation: C, _ content: C.Content) {
            outcomes.insert(Outcome(calculation, content: content, provenance: provenance), from: .here)
        }
        switch calculation {
        case let training as Training:
            insert(training, Training.Content(model: training.key, frames: 8, steps: 1, validation: nil))
        case let exploration as Exploration:
            var record = ExplorationRecord()
            for frame in 0...exploration.steps / exploration.interval {
                guard let force = deviation(iteration, frame) else {
                    outcomes.insert(
                        CalculationFailure(key: exploration.key, title: exploration.title, reason: "it failed"))
                    return
                }
                var structure = exploration.structure
                structure.positions[0].x += 0.01 * Double(frame) + exploration.temperature * 1e-5
                record.add(step: frame * exploration.interval, force: force, virial: 0, structure)
            }
            insert(exploration, record)
        case let labels as Labels:
            let forces = labels.structure.positions.map { _ in SIMD3<Double>.zero }
            insert(labels, Labels.Content(labels: ["model": .init(energy: 0, forces: forces, virial: nil, code: "")]))
        case let errors as FrameErrors:
            insert(
                errors,
                FrameErrors.Content(atoms: 50, reports: [], parity: Parity(), calibration: nil, overflow: [:]))
        default: break
        }
    }

    @Test func plannedJobsAreDoneInOrder() throws {
        let (iterations, end, _) = try Self.play(deviation: { _, frame in frame < 6 ? 0.01 : 1 })
        #expect(end.reason == .planned)
        #expect(iterations.map(\.job) == [0, 1, nil])
        // Two temperatures of 11 frames, five candidates each; four labels at most.
        #expect(iterations[0].counts == (12, 10, 0) && iterations[0].labels.count == 4)
        #expect(iterations[1].trainings.allSatisfy { $0.labels.flatMap(\.keys).count == 4 && $0.startingModel != nil })
        #expect(iterations[0].trainings.allSatisfy { $0.startingModel == nil })
        #expect(Set(iterations.flatMap(\.trainings).map(\.seed)).count == 6)
        #expect(iterations[2].tasks.isEmpty)
    }

    @Test func convergedStageSkipsTheRestOfItsJobs() throws {
        let job = "{\"sys_idx\": [1], \"temps\": [300], \"trj_freq\": 5, \"nsteps\": 50, \"ensemble\": \"nvt\"}"
        let stage = "{\"sys_idx\": [0], \"temps\": [300], \"trj_freq\": 5, \"nsteps\": 50, \"ensemble\": \"nvt\"}"
        let long = stage.replacingOccurrences(of: "50,", with: "100,")
        let jobs = (job, "\(stage), \(long), \(long), \(job)")
        // Accurate from the first iteration on: of three jobs of one stage one is enough.
        let (iterations, end, _) = try Self.play([jobs], deviation: { iteration, _ in iteration == 0 ? 1 : 0.01 })
        #expect(iterations.map(\.job) == [0, 1, 4, nil] && end.reason == .converged)
        let (all, _, _) = try Self.play(
            [jobs, ("\"spacing\": 0.01", "\"spacing\": 0.01, \"stop_when_converged\": false")],
            deviation: { iteration, _ in iteration == 0 ? 1 : 0.01 })
        #expect(all.map(\.job) == [0, 1, 2, 3, 4, nil])
    }

    /// Nothing new to learn: the models are taken over, not trained again.
    @Test func modelsAreCopiedWithoutNewLabels() throws {
        let (iterations, end, _) = try Self.play(deviation: { _, _ in 0.01 })
        #expect(end.reason == .converged)
        #expect(iterations.map(\.copiedFrom) == [nil, 0, 1])
        #expect(iterations[2].models == iterations[0].models)
    }

    /// Fewer labels than fp_task_min wait for the next training, and are not lost.
    @Test func fewLabelsWait() throws {
        let (iterations, _, _) = try Self.play(
            [("\"fp_task_min\": 1", "\"fp_task_min\": 6")], deviation: { _, frame in frame < 6 ? 0.01 : 1 })
        #expect(iterations.map(\.copiedFrom) == [nil, 0, nil])
        #expect(iterations[2].trainings[0].labels.flatMap(\.keys).count == 8)
    }

    /// A label that is not converged is a result: the others are used.
    @Test func failedLabelsAreCountedByCause() throws {
        var labels = 0
        let failing = { (calculation: any Calculation, _: Int) -> Bool in
            guard calculation is Labels else { return false }
            labels += 1
            return labels == 2
        }
        // One of four is more than the default fifth.
        let (stopped, end, _) = try Self.play(deviation: { _, _ in 1 }, failing: failing)
        #expect(end.reason == .labellingFailed && end.message.contains("1 not converged"))
        #expect(end.message.contains("--retry-failed") && stopped.count == 1)
        labels = 0
        let (accepted, planned, _) = try Self.play(acceptsFailures: true, deviation: { _, _ in 1 }, failing: failing)
        #expect(planned.reason == .planned)
        #expect(accepted[0].labelling == LabellingCounts(labelled: 3, failed: ["not converged": 1]))
        #expect(accepted[1].trainings[0].labels.flatMap(\.keys).count == 3)
        labels = 0
        let (allowed, _, _) = try Self.play(
            [("\"fp_task_min\": 1", "\"fp_task_min\": 1, \"ratio_failed\": 0.25")], deviation: { _, _ in 1 },
            failing: failing)
        #expect(allowed.count == 3 && allowed[0].advice.contains { $0.contains("not converged") })
    }

    @Test func labellerThatFailsOnEverythingEndsTheLoop() throws {
        let (_, end, _) = try Self.play(
            acceptsFailures: true, deviation: { _, _ in 1 }, failing: { calculation, _ in calculation is Labels })
        #expect(end.reason == .labellingFailed)
    }

    @Test func failedTrainingLeavesTheOthers() throws {
        let three = ("\"numb_models\": 2", "\"numb_models\": 3")
        let (iterations, end, _) = try Self.play(
            [three], deviation: { _, _ in 1 }, failing: { $0 is Training && $1 == 2 })
        #expect(end.reason == .planned && iterations[0].models?.count == 2)
        #expect(iterations[0].tasks.allSatisfy { $0.exploration.models.count == 2 })
        #expect(iterations[0].advice.contains { $0.contains("1 of the trainings failed") })
        let (_, ended, _) = try Self.play(deviation: { _, _ in 1 }, failing: { $0 is Training && $1 == 2 })
        #expect(ended.reason == .trainingFailed)
    }

    @Test func failedExplorationsAreCounted() throws {
        let (iterations, _, _) = try Self.play(deviation: { _, _ in 1 }, failing: { $0 is Exploration && $1 == 3 })
        #expect(iterations[0].counts.failed == 11 && iterations[0].counts.candidate == 11)
        let (_, end, _) = try Self.play(deviation: { _, _ in nil })
        #expect(end.reason == .explorationFailed)
    }

    @Test func withoutCandidatesTheLoopIsStuck() throws {
        let (_, end, _) = try Self.play(deviation: { _, frame in frame < 6 ? 0.01 : 30 })
        #expect(end.reason == .stuck && end.message.contains("model_devi_f_trust_hi") && !end.isSuccess)
    }

    /// Trajectories that begin with one structure share their first frame: it is bought once.
    @Test func sameFrameIsBoughtOnce() throws {
        let (iterations, _, _) = try Self.play(
            [("\"fp_task_max\": 4", "\"fp_task_max\": 100")], deviation: { _, _ in 1 })
        let keys = iterations.flatMap(\.labels).map(\.key)
        #expect(Set(keys).count == keys.count)
    }

    /// A plan that is asked again says the same.
    @Test func planIsAFunctionOfItsArguments() throws {
        let (a, _, _) = try Self.play(deviation: { _, _ in 1 })
        let (b, _, _) = try Self.play(deviation: { _, _ in 1 })
        #expect(a.flatMap(\.labels).map(\.place) == b.flatMap(\.labels).map(\.place))
        #expect(a.flatMap(\.tasks).map(\.exploration.seed) == b.flatMap(\.tasks).map(\.exploration.seed))
    }
}
