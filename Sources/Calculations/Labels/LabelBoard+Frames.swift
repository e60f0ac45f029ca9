import Execution
import Files
import Labelling
import Structures

extension LabelBoard {
    /// Takes frames, and looks what is there of their labels.
    ///
    /// - Throws: `InputError` for frames that do not fit their datasets, and datasets with other settings.
    func enter(_ frames: [QueuedFrame], codes: [LabelCode], machine: LabellingMachine) throws {
        try state.withLock { state in
            var seen: Set<String> = []
            for frame in frames {
                let hash = FrameHash.hexadecimal(of: frame.structure)
                guard seen.insert(hash).inserted else {
                    state.progress.duplicates += 1
                    continue
                }
                for code in codes { try enter(frame, hash, code, machine, &state) }
            }
        }
    }

    private func enter(
        _ frame: QueuedFrame, _ hash: String, _ code: LabelCode, _ machine: LabellingMachine, _ state: inout State
    ) throws {
        var missing: [String] = []
        for level in code.levels {
            let isThere = try dataset(of: frame, code, level, &state).hashes.contains(hash)
            state.progress.total += 1
            state.progress.found += isThere ? 1 : 0
            if !isThere { missing.append(level) }
        }
        guard !missing.isEmpty else { return }
        // One that was begun with all its levels goes on with them, whatever its datasets show by now.
        var calculation = Labels(frame.structure, by: code, machine: machine)
        if missing != code.levels, !isBegun(calculation) {
            calculation = Labels(frame.structure, by: code.restricted(to: missing), machine: machine)
        }
        guard try isReady(frame, calculation, &state) else { return }
        let key = calculation.key
        state.items[key] = Item(frame: frame, hash: hash, calculation: calculation, levels: missing)
        state.order.append(key)
        // A damaged outcome is no outcome: the scheduler sets it aside.
        if let labels = try? store.outcomes.outcome(of: calculation)?.content.labels {
            state.progress.found += try add(labels, to: key, &state)
        }
    }

    private func isBegun(_ calculation: Labels) -> Bool {
        store.hasWorkFolder(calculation.folderKey) || store.outcomes.contains(calculation.key)
    }

    /// Whether a frame can be computed now; otherwise it waits for a calculation elsewhere.
    private func isReady(_ frame: QueuedFrame, _ calculation: Labels, _ state: inout State) throws -> Bool {
        guard case .vasp(let functional, let settings) = calculation.code, let execution = calculation.machine.vasp,
            !store.outcomes.contains(calculation.key)
        else { return true }
        do {
            let labeller = VASPLabeller(settings: settings, execution: execution)
            if try labeller.prepare(frame.structure, functional) { return true }
            state.progress.waiting += 1
            return false
        } catch is LabelFailure {
            // Fails again with the scheduler, which remembers it.
            return true
        }
    }

    private func dataset(
        of frame: QueuedFrame, _ code: LabelCode, _ level: String, _ state: inout State
    ) throws -> LabelledDataset {
        let types = try frame.types
        let place = Place(level: level, dataset: frame.dataset)
        let dataset =
            try state.datasets[place]
            ?? LabelledDataset(
                folder: "\(output)/\(level)/\(frame.dataset)", name: frame.dataset, typeMap: frame.typeMap,
                types: types,
                isPeriodic: frame.structure.isPeriodic, level: level, settings: code.summary(of: level))
        state.datasets[place] = dataset
        guard dataset.types == types else {
            throw InputError(
                file: frame.source, place: "frame \(frame.index)",
                problem: "its atoms differ from those of the dataset \(frame.dataset)",
                mend: "label systems of different atoms into datasets of their own")
        }
        return dataset
    }
}
