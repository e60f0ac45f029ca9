import Calculations
import Execution
import Files

extension LearningPlan {
    /// The iteration that follows, with its trainings.
    func iteration(after earlier: [Iteration], _ outcomes: Outcomes) throws -> Iteration {
        let job = nextJob(after: earlier, outcomes)
        let index = earlier.count
        if let before = earlier.last {
            let skips = job.map { input.exploration.jobs[$0].skipsTraining } ?? false
            let new = newLabels(earlier, outcomes)
            // The last training takes whatever there is.
            if skips || new == 0 || (new < input.selection.taskMinimum && job != nil) {
                var copy = Iteration(index: index, job: job, trainings: before.trainings, copiedFrom: before.index)
                if new > 0 { copy.advice.append("\(new) new labels wait for the next training") }
                return copy
            }
        } else if let job, input.exploration.jobs[job].skipsTraining {
            throw InputError(
                file: input.file, place: "model_devi_jobs[0]/skip_training", problem: "there is nothing trained yet",
                mend: "train in the first iteration")
        }
        return Iteration(index: index, job: job, trainings: try trainings(index, earlier, outcomes))
    }

    /// Labels since the last training.
    private func newLabels(_ iterations: [Iteration], _ outcomes: Outcomes) -> Int {
        let sinceTraining = iterations.lastIndex { $0.copiedFrom == nil } ?? 0
        return iterations[sinceTraining...].reduce(0) { $0 + ($1.labelling?.labelled ?? 0) }
    }

    private func trainings(_ index: Int, _ earlier: [Iteration], _ outcomes: Outcomes) throws -> [Training] {
        let protocolInput = input.training
        let labels = earlier.flatMap { labelled($0, outcomes) }
        let reuse = protocolInput.reuse.flatMap { index >= $0.iteration ? $0 : nil }
        let sinceTraining = earlier.lastIndex { $0.copiedFrom == nil } ?? 0
        let newest = earlier.dropFirst(sinceTraining).reduce(0) { $0 + labelled($1, outcomes).count }
        var share: (count: Int, oldShare: Double)?
        if let ratio = reuse?.oldShare {
            let new = labels.suffix(newest).reduce(0) { $0 + $1.keys.count }
            let all = labels.reduce(0) { $0 + $1.keys.count } + inputs.initialData.reduce(0) { $0 + $1.frames }
            share = (newest, ratio.value(old: all - new, new: new))
        }
        let systems = inputs.initialData.count + labels.count
        let text = try protocolInput.input(steps: reuse, systems: systems, newest: share)
        let previous = earlier.last?.models ?? []
        return try (0..<protocolInput.models).map { member in
            var start: String?
            if index == 0 {
                start = inputs.initialModels.isEmpty ? nil : inputs.initialModels[member % inputs.initialModels.count]
            } else if protocolInput.startsFromPrevious || reuse != nil {
                start = previous[member % previous.count]
            }
            return try Training(
                input: text, data: inputs.initialData.map(\.hash), labels: labels,
                validation: inputs.validation.map(\.hash), startingModel: start,
                seed: input.extras.seed &* 1_000_000 &+ UInt64(100 * index + member))
        }
    }

    /// The labels of an iteration, by the atoms that they are of: system and configuration.
    private func labelled(_ iteration: Iteration, _ outcomes: Outcomes) -> [Training.LabelledFrames] {
        var groups: [[Int]: [String]] = [:]
        let tasks = Dictionary(
            uniqueKeysWithValues: iteration.tasks.map { ([$0.system, $0.number], $0.configuration) })
        for label in iteration.labels {
            guard case .success = outcomes[label.calculation] else { continue }
            let configuration = tasks[[label.place.system, label.place.task]] ?? 0
            groups[[label.place.system, configuration], default: []].append(label.key)
        }
        return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { group, keys in
            Training.LabelledFrames(
                name: "\(iteration.name)/02.fp/data.\(group[0]), configuration \(group[1])", keys: keys,
                level: inputs.code.levels[0])
        }
    }

    /// Errors of the models on the hold-out.
    func tests(of iteration: Iteration) -> [FrameErrors] {
        inputs.holdOut.map {
            FrameErrors(
                models: iteration.models ?? [], system: $0.name, data: $0.hash, size: $0.frames * $0.atoms)
        }
    }
}
