import Execution
import Files
import Foundation
import Labelling
import Structures
import Synchronization

/// Where every label of a batch stands, and the datasets that show the finished ones.
final class LabelBoard: Sendable {
    /// One frame with the levels that it lacks.
    struct Item {
        var frame: QueuedFrame
        var hash: String
        var calculation: Labels
        /// What of the calculation's levels its datasets lack.
        var levels: [String]
    }

    struct Place: Hashable {
        var level: String
        var dataset: String
    }

    struct State {
        var datasets: [Place: LabelledDataset] = [:]
        /// By the calculation's key.
        var items: [String: Item] = [:]
        /// Keys in the order of the frames.
        var order: [String] = []
        var progress = LabelProgress()
        /// What was said last of the progress, without its time.
        var told: LabelProgress?
        var written = ContinuousClock.now
    }

    let output: String
    let store: Store
    private let tell: @Sendable (LabelProgress) -> Void
    private let start = ContinuousClock.now
    let state = Mutex(State())
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

    /// Says where the labels stand, unless that was said already.
    func report() {
        let now = progress
        let isNews = state.withLock { state in
            var standing = now
            standing.elapsed = 0
            defer { state.told = standing }
            return state.told != standing
        }
        if isNews { tell(now) }
    }

    /// - Returns: how many of the labels were new to the datasets.
    func add(_ labels: [String: Label], to key: String, _ state: inout State) throws -> Int {
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
        state.withLock { state in
            guard let item = state.items[key], !item.levels.isEmpty, end.status != .interrupted else { return }
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
        }
        report()
    }

    private func finished(_ item: Item) -> [String: Label] {
        guard let folder = try? store.workFolder(item.calculation.folderKey) else { return [:] }
        return Labels.finished(item.calculation.code, of: item.calculation.structure, in: folder)
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
