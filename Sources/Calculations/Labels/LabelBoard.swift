import Execution
import Files
import Foundation
import Labelling
import Structures
import Synchronization

/// Where every label of a batch stands, and the datasets that show the finished ones.
final class LabelBoard: Sendable {
    /// One frame with the levels that it lacks.
    private struct Item {
        var frame: QueuedFrame
        var hash: String
        var calculation: Labels
        /// What of the calculation's levels its datasets lack.
        var levels: [String]
    }

    private struct Place: Hashable {
        var level: String
        var dataset: String
    }

    private struct State {
        var datasets: [Place: LabelledDataset] = [:]
        /// By the calculation's key.
        var items: [String: Item] = [:]
        /// Keys in the order of the frames.
        var order: [String] = []
        var progress = LabelProgress()
        var written = ContinuousClock.now
    }

    private let output: String
    private let store: Store
    private let tell: @Sendable (LabelProgress) -> Void
    private let start = ContinuousClock.now
    private let state = Mutex(State())
    /// Between two writings of the datasets.
    private static let interval = Duration.seconds(60)

    init(output: String, store: Store, report: @escaping @Sendable (LabelProgress) -> Void) {
        self.output = output
        self.store = store
        tell = report
    }

    var progress: LabelProgress {
        var now = state.withLock { $0.progress }
        now.elapsed = start.duration(to: .now) / .seconds(1)
        return now
    }

    /// What is left to ask of the scheduler.
    var calculations: [Labels] { state.withLock { state in state.order.compactMap { state.items[$0]?.calculation } } }

    func report() { tell(progress) }

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

    /// - Returns: how many of the labels were new to the datasets.
    private func add(_ labels: [String: Label], to key: String, _ state: inout State) throws -> Int {
        guard var item = state.items[key] else { return 0 }
        let new = item.levels.filter { labels[$0] != nil }
        for level in new {
            guard let label = labels[level] else { continue }
            try state.datasets[Place(level: level, dataset: item.frame.dataset)]?
                .add(item.frame, hash: item.hash, label)
        }
        item.levels.removeAll(where: new.contains)
        state.items[key] = item
        return new.count
    }

    /// Counts labels that failed in an earlier run, and are not tried.
    ///
    /// - Throws: `InputError` when what was finished beside them does not fit its dataset.
    func noteFailures(_ failures: [CalculationFailure]) throws {
        try state.withLock { state in
            for failure in failures {
                guard let item = state.items[failure.key] else { continue }
                state.progress.found += try add(finished(item), to: failure.key, &state)
                fail(failure.key, nil, &state)
            }
        }
    }

    /// Takes what a calculation has left that has just ended, and now and then writes the datasets.
    func take(_ end: JobEnd, of key: String) {
        let isNews = state.withLock { state in
            guard let item = state.items[key], !item.levels.isEmpty, end.status != .interrupted else { return false }
            let label = finished(item)
            // What cannot be added or written now is told by `close`, which does it again.
            let new = (try? add(label, to: key, &state)) ?? 0
            state.progress.labelled += new
            if new > 0 { state.progress.latest = "\(item.frame.source) frame \(item.frame.index)" }
            if end.status == .failed { fail(key, end.reason, &state) }
            if ContinuousClock.now - state.written >= Self.interval {
                state.written = .now
                try? writeAll(&state)
            }
            return true
        }
        if isNews { report() }
    }

    private func finished(_ item: Item) -> [String: Label] {
        guard let folder = try? store.workFolder(item.calculation.folderKey) else { return [:] }
        return Labels.finished(item.calculation.code, in: folder)
    }

    private func fail(_ key: String, _ reason: String?, _ state: inout State) {
        guard var item = state.items[key], !item.levels.isEmpty else { return }
        state.progress.failed += item.levels.count
        if let reason { state.progress.latest = "\(item.frame.source) frame \(item.frame.index): \(reason)" }
        item.levels = []
        state.items[key] = item
    }

    /// Takes everything that is finished, and writes the datasets.
    ///
    /// - Throws: `InputError` when a dataset cannot be written.
    func close(with outcomes: Outcomes) throws {
        try state.withLock { state in
            for key in state.order {
                guard let item = state.items[key] else { continue }
                switch outcomes[item.calculation] {
                case .success(let outcome):
                    state.progress.labelled += try add(outcome.content.labels, to: key, &state)
                case .failure(let failure):
                    state.progress.labelled += try add(finished(item), to: key, &state)
                    fail(key, failure.reason, &state)
                }
            }
        }
        try write()
        report()
    }

    /// - Throws: `InputError` when a dataset cannot be written.
    func write() throws { try state.withLock { try writeAll(&$0) } }

    private func writeAll(_ state: inout State) throws {
        for place in state.datasets.keys { try state.datasets[place]?.write() }
    }
}
