import Calculations
import Files
import Labelling
import Statistics
import Structures

/// Chooses which explored frames are labelled: a pure function of what was explored and labelled before.
struct Selection {
    let input: LearningProtocol
    let job: ExplorationJob
    /// Of the run; every iteration and system has a stream of its own.
    let iteration: Int
    let slots: SlotLimits?

    /// A label that is there, or was asked for.
    struct Labelled {
        var structure: Structure
        /// On which the models disagreed most; nil for data from elsewhere.
        var atom: Int?
    }

    /// - Parameter tasks: of all systems.
    /// - Throws: `InputError` for a kept frame that is damaged.
    func choose(_ tasks: [ExploredTask], labelled: [Labelled]) throws -> [SystemSelection] {
        let elements = input.elements
        let bought =
            try input.extras.selection == .strata
            ? labelled.map { try Fingerprint($0.structure, elements: elements, atom: $0.atom) } : []
        let known = Set(labelled.map { FrameHash.hexadecimal(of: $0.structure) })
        return try job.systems.sorted().map { system in
            try choose(tasks.filter { $0.task.system == system }, system: system, bought: bought, known, elements)
        }
    }

    private func choose(
        _ tasks: [ExploredTask], system: Int, bought: [Fingerprint], _ known: Set<String>, _ elements: [Species]
    ) throws -> SystemSelection {
        let trust = job.trust[system] ?? TrustLevels(forces: .never)
        let levels = FrameLevels(
            tasks, trust: trust, from: input.exploration.skippedSteps, adaptive: input.exploration.adaptive)
        var result = SystemSelection(
            system: system, accurate: levels.accurate.count, candidate: levels.candidate.count,
            failed: levels.failedCount, adaptedLow: levels.adaptedLow,
            maximum: input.selection.maximum(accurateShare: levels.accurateShare), minimum: job.taskMinimum, chosen: [],
            badBoxes: 0, overfull: 0)
        let isRandom = input.extras.selection == .random
        let pool = isRandom ? levels.accurate + levels.candidate + levels.failed : levels.candidate
        guard pool.count >= job.taskMinimum else { return result }
        var stream = RandomStream(
            seed: input.extras.seed, name: "selection, iteration \(iteration), system \(system)")
        let frames = try usable(pool, tasks, elements, known: known, &result)
        let count = min(result.maximum, frames.count)
        switch input.extras.selection {
        case .strata:
            result.chosen = StratifiedSelection(
                frames, levels: (levels.adaptedLow ?? trust.forces.low)...trust.forces.high,
                spacing: input.extras.spacing
            ).choose(count, labelled: bought, &stream)
        case .dpgen, .random:
            var places = frames.map(\.place)
            stream.shuffle(&places)
            result.chosen = Array(places.prefix(count))
        }
        return result
    }

    /// Frames that may be labelled, with what the choice needs of them.
    private func usable(
        _ pool: [FramePlace], _ tasks: [ExploredTask], _ elements: [Species], known: Set<String>,
        _ result: inout SystemSelection
    ) throws -> [StratifiedSelection.Candidate] {
        // Trajectories that begin with one structure have their first frame in common, in all iterations.
        var seen = known
        let byNumber = Dictionary(uniqueKeysWithValues: tasks.map { ($0.task.number, $0) })
        return try pool.sorted().compactMap { place in
            guard let task = byNumber[place.task], let record = task.record,
                let kept = record.kept.values.firstIndex(of: Int32(place.frame))
            else { return nil }
            let structure = try record.structure(kept: kept, of: task.task.exploration.structure)
            if place.step == 0, !seen.insert(FrameHash.hexadecimal(of: structure)).inserted { return nil }
            if input.selection.badBox?.refuses(structure.cell) ?? false {
                result.badBoxes += 1
                return nil
            }
            if try slots?.isExceeded(by: structure) ?? false {
                result.overfull += 1
                return nil
            }
            let exploration = task.task.exploration
            let fingerprint =
                input.extras.selection == .strata
                ? try Fingerprint(
                    structure, elements: elements, atom: Int(record.worstAtoms.values[place.frame])) : .empty
            return StratifiedSelection.Candidate(
                place: place, temperature: exploration.temperature, force: record.force(place.frame),
                time: Double(place.step) * exploration.timestep, fingerprint: fingerprint)
        }
    }
}
