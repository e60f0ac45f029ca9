import Calculations
import Execution
import Foundation

/// What a loop leaves for reports: a few numbers for every iteration, `OUTPUT/learning.json`.
public struct LearningRecord: Codable, Sendable {
    /// Symbols of the elements that the models know.
    public var typeMap: [String]
    public var selection: LearningExtras.SelectionMethod
    public var seed: UInt64
    /// Labelled frames that it began with.
    public var initialFrames: Int
    public var iterations: [IterationRecord]
    /// Nil while it goes on.
    public var end: LearningEnd?

    public static let fileName = "learning.json"
}

public struct IterationRecord: Codable, Sendable {
    public var index: Int
    /// Which of `model_devi_jobs`; nil for the training that ends the loop.
    public var job: Int?
    /// "npt-aniso, 300, 500 K, 1 bar, systems 0, 1, 2 ps".
    public var conditions: String
    /// SHA-256.
    public var models: [String]
    /// The iteration whose models were taken.
    public var copiedFrom: Int?
    /// Labelled frames that the models were trained on.
    public var trainingFrames: Int
    /// On the hold-out, of each model.
    public var holdOut: [HoldOutErrors]?
    public var systems: [SystemSelection]
    public var trajectories: [TrajectoryRecord]
    public var temperatures: [TemperatureRecord]
    public var labelling: LabellingCounts?
    /// Bought so far, this iteration included.
    public var labels: Int
    public var times: [Stage: StageTime]
    public var advice: [String]
}

/// The frames of one trajectory, by level; those that were not reached count as failed.
public struct TrajectoryRecord: Codable, Sendable {
    /// Index into `sys_configs`, and the task's number among those of the system.
    public var system: Int
    public var task: Int
    /// K.
    public var temperature: Double
    public var accurate: Int
    public var candidate: Int
    public var failed: Int

    public var frames: Int { accurate + candidate + failed }
}

/// The frames of one temperature.
public struct TemperatureRecord: Codable, Sendable {
    /// K.
    public var temperature: Double
    public var accurate: Int
    public var candidate: Int
    public var failed: Int
    /// Of max_devi_f.
    public var deviation: DeviationHistogram
    /// The trust levels of the forces (eV/Å): the lowest and highest of its systems.
    public var trustLow: Double
    public var trustHigh: Double
    /// How many of its frames were chosen.
    public var chosen: Int
}

/// What a stage took, summed over its calculations.
public struct StageTime: Codable, Sendable {
    public var calculations = 0
    public var coreSeconds = 0.0
    /// Of all calculations, one after the other.
    public var wallSeconds = 0.0
}

extension LearningPlan {
    public func record(of iterations: [Iteration], _ outcomes: Outcomes, end: LearningEnd?) -> LearningRecord {
        var labels = 0
        let records = iterations.map { iteration in
            labels += iteration.labelling?.labelled ?? 0
            return record(of: iteration, outcomes, labels: labels)
        }
        return LearningRecord(
            typeMap: input.typeMap, selection: input.extras.selection, seed: input.extras.seed,
            initialFrames: inputs.initialData.reduce(0) { $0 + $1.frames }, iterations: records, end: end)
    }

    private func record(of iteration: Iteration, _ outcomes: Outcomes, labels: Int) -> IterationRecord {
        let trained = iteration.trainings.compactMap { try? outcomes[$0].get().content.frames }.first
        let trajectories = trajectories(iteration, outcomes)
        return IterationRecord(
            index: iteration.index, job: iteration.job, conditions: conditions(iteration),
            models: iteration.models ?? [], copiedFrom: iteration.copiedFrom, trainingFrames: trained ?? 0,
            holdOut: holdOut(iteration, outcomes), systems: iteration.selections ?? [], trajectories: trajectories,
            temperatures: temperatures(iteration, trajectories, outcomes), labelling: iteration.labelling,
            labels: labels,
            times: times(iteration, outcomes), advice: iteration.advice)
    }

    private func conditions(_ iteration: Iteration) -> String {
        guard let job = iteration.job.map({ input.exploration.jobs[$0] }) else { return "the last training" }
        func list(_ values: [Double]) -> String {
            values.map { $0.formatted(.number.grouping(.never)) }.joined(separator: ", ")
        }
        let pressures = job.pressures.isEmpty ? "" : ", \(list(job.pressures)) bar"
        let picoseconds = (Double(job.steps) * job.timestep).formatted(.number.grouping(.never))
        return "\(job.ensemble.name), \(list(job.temperatures)) K\(pressures), systems "
            + "\(job.systems.map { "\($0)" }.joined(separator: ", ")), \(picoseconds) ps"
    }

    private func trajectories(_ iteration: Iteration, _ outcomes: Outcomes) -> [TrajectoryRecord] {
        guard let number = iteration.job, iteration.selections != nil else { return [] }
        let job = input.exploration.jobs[number]
        let explored = explored(iteration, outcomes)
        return job.systems.flatMap { system in
            let levels = levels(of: explored, system: system, job)
            func counts(_ places: [FramePlace]) -> [Int: Int] {
                Dictionary(grouping: places, by: \.task).mapValues(\.count)
            }
            let (accurate, candidate, failed) = (
                counts(levels.accurate), counts(levels.candidate), counts(levels.failed)
            )
            return explored.filter { $0.task.system == system }.map { explored in
                let task = explored.task
                return TrajectoryRecord(
                    system: system, task: task.number, temperature: task.exploration.temperature,
                    accurate: accurate[task.number] ?? 0, candidate: candidate[task.number] ?? 0,
                    failed: (failed[task.number] ?? 0) + self.levels(of: [explored], system: system, job).missing)
            }
        }
    }

    private func temperatures(
        _ iteration: Iteration, _ trajectories: [TrajectoryRecord], _ outcomes: Outcomes
    ) -> [TemperatureRecord] {
        guard let number = iteration.job, let selections = iteration.selections else { return [] }
        let job = input.exploration.jobs[number]
        let explored = explored(iteration, outcomes)
        let chosen = selections.flatMap(\.chosen)
        return Set(job.temperatures).sorted().map { temperature in
            let own = trajectories.filter { $0.temperature == temperature }
            let places = Set(own.map { [$0.system, $0.task] })
            var deviation = DeviationHistogram()
            for task in explored where task.task.exploration.temperature == temperature {
                for frame in 0..<(task.record?.frameCount ?? 0) {
                    if let force = task.record?.force(frame) { deviation.add(force) }
                }
            }
            return TemperatureRecord(
                temperature: temperature, accurate: own.reduce(0) { $0 + $1.accurate },
                candidate: own.reduce(0) { $0 + $1.candidate }, failed: own.reduce(0) { $0 + $1.failed },
                deviation: deviation, trustLow: job.trust.values.map(\.forces.low).min() ?? 0,
                trustHigh: job.trust.values.map(\.forces.high).max() ?? 0,
                chosen: chosen.count { places.contains([$0.system, $0.task]) })
        }
    }

    /// The frames of one system by level.
    func levels(of explored: [ExploredTask], system: Int, _ job: ExplorationJob) -> FrameLevels {
        FrameLevels(
            explored.filter { $0.task.system == system }, trust: job.trust[system] ?? TrustLevels(forces: .never),
            from: input.exploration.skippedSteps, adaptive: input.exploration.adaptive)
    }

    private func times(_ iteration: Iteration, _ outcomes: Outcomes) -> [Stage: StageTime] {
        var times: [Stage: StageTime] = [:]
        func add(_ provenance: Provenance?, to stage: Stage) {
            guard let provenance else { return }
            times[stage, default: StageTime()].calculations += 1
            times[stage, default: StageTime()].coreSeconds += provenance.coreSeconds
            times[stage, default: StageTime()].wallSeconds += provenance.wallSeconds
        }
        if iteration.copiedFrom == nil {
            for training in iteration.trainings { add(try? outcomes[training].get().provenance, to: .training) }
        }
        for task in iteration.tasks { add(try? outcomes[task.exploration].get().provenance, to: .exploration) }
        for label in iteration.labels { add(try? outcomes[label.calculation].get().provenance, to: .labelling) }
        return times
    }
}
