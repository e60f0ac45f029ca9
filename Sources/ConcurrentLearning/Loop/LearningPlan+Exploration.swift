import Calculations
import Execution
import Files
import Statistics
import Structures

extension LearningPlan {
    /// DP-GEN's order: each structure of a system at each temperature and pressure.
    func plan(exploration iteration: inout Iteration) throws {
        guard let number = iteration.job, let models = iteration.models else { return }
        let job = input.exploration.jobs[number]
        for system in job.systems {
            var task = 0
            for (index, configuration) in inputs.configurations[system].enumerated() {
                for temperature in job.temperatures {
                    for pressure in job.pressures.isEmpty ? [0] : job.pressures {
                        let exploration = exploration(
                            job, system, configuration.structure, temperature, pressure, models,
                            seed: "iteration \(iteration.index), system \(system), task \(task)")
                        iteration.tasks.append(
                            ExplorationTask(
                                system: system, number: task, configuration: index, exploration: exploration))
                        task += 1
                    }
                }
            }
        }
    }

    private func exploration(
        _ job: ExplorationJob, _ system: Int, _ structure: Structure, _ temperature: Double, _ pressure: Double,
        _ models: [String], seed name: String
    ) -> Exploration {
        let trust = job.trust[system] ?? TrustLevels(forces: .never)
        var stream = RandomStream(seed: input.extras.seed, name: name)
        var keeping = Exploration.Keeping.between(
            forces: [trust.forces.low, trust.forces.high], virial: [trust.virial.low, trust.virial.high])
        if input.extras.selection == .random || input.exploration.adaptive != nil { keeping = .all }
        let masses = input.masses.map { Dictionary(uniqueKeysWithValues: zip(input.typeMap, $0)) } ?? [:]
        return Exploration(
            structure, models: models, ensemble: job.ensemble, temperature: temperature,
            pressure: pressure * Self.gigapascalPerBar, timestep: job.timestep, thermostatTime: job.thermostatTime,
            barostatTime: job.barostatTime, steps: job.steps, interval: job.interval, keeping: keeping,
            failedInARow: input.extras.failedInARow, failureLevel: trust.forces.high, masses: masses,
            seed: stream.next())
    }

    private static let gigapascalPerBar = 1e-4

    /// Chooses what is labelled, once everything is explored.
    func select(_ iterations: inout [Iteration], _ outcomes: Outcomes) throws -> LearningEnd? {
        let last = iterations.count - 1
        guard let number = iterations[last].job else { return nil }
        let explored = explored(iterations[last], outcomes)
        let failures = explored.filter { $0.record == nil }.count
        if failures > 0 {
            iterations[last].advice.append("\(failures) of \(explored.count) explorations failed and gave no frame")
        }
        let selection = Selection(
            input: input, job: input.exploration.jobs[number], iteration: iterations[last].index, slots: inputs.slots)
        let selections = try selection.choose(explored, labelled: labelled(iterations, outcomes))
        iterations[last].selections = selections
        iterations[last].labels = try labels(selections, explored)
        iterations[last].advice += Self.advice(selections)
        guard failures < explored.count else {
            let reason = outcomes.failures.first { failure in
                iterations[last].tasks.contains { $0.key == failure.key }
            }
            return LearningEnd(
                reason: .explorationFailed,
                message: "\(iterations[last].name): every exploration failed: \(reason?.reason ?? "")")
        }
        let stage = stage(of: iterations, outcomes)
        let rule = StopRule(convergedShare: input.extras.convergedShare)
        iterations[last].advice += rule.warnings(on: stage)
        guard rule.verdict(on: stage) == .stuck else { return nil }
        let (_, _, failed) = iterations[last].counts
        return LearningEnd(
            reason: .stuck,
            message:
                "\(iterations[last].name): no frame is a candidate, but \(failed) failed: nothing can be learnt. Raise "
                + "model_devi_f_trust_hi, shorten the runs (nsteps) or begin at lower temperatures, so that frames between "
                + "the levels are seen")
    }

    /// The tasks of an iteration with their records.
    func explored(_ iteration: Iteration, _ outcomes: Outcomes) -> [ExploredTask] {
        iteration.tasks.map { ExploredTask(task: $0, record: try? outcomes[$0.exploration].get().content) }
    }

    /// Everything that is labelled already.
    private func labelled(_ iterations: [Iteration], _ outcomes: Outcomes) -> [Selection.Labelled] {
        inputs.initialStructures.map { Selection.Labelled(structure: $0, atom: nil) }
            + iterations.flatMap(\.labels).map {
                Selection.Labelled(structure: $0.calculation.structure, atom: $0.worstAtom)
            }
    }

    private func labels(_ selections: [SystemSelection], _ explored: [ExploredTask]) throws -> [SelectedLabel] {
        let tasks = Dictionary(uniqueKeysWithValues: explored.map { ([$0.task.system, $0.task.number], $0) })
        return try selections.flatMap(\.chosen).compactMap { place in
            guard let task = tasks[[place.system, place.task]], let record = task.record,
                let kept = record.kept.values.firstIndex(of: Int32(place.frame))
            else { return nil }
            let structure = try record.structure(kept: kept, of: task.task.exploration.structure)
            let calculation = Labels(structure, by: inputs.code)
            return SelectedLabel(
                place: place, calculation: calculation, key: calculation.key,
                worstAtom: Int(record.worstAtoms.values[place.frame]))
        }
    }

    private static func advice(_ selections: [SystemSelection]) -> [String] {
        selections.flatMap { selection -> [String] in
            var lines: [String] = []
            if selection.badBoxes > 0 {
                lines.append(
                    "system \(selection.system): \(selection.badBoxes) candidates have a bad box and are left out")
            }
            if selection.overfull > 0 {
                lines.append(
                    "system \(selection.system): \(selection.overfull) candidates have atoms with more neighbours than sel "
                        + "has room for and are left out; raise sel")
            }
            return lines
        }
    }
}
