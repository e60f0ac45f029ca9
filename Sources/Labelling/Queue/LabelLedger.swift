import Files
import Foundation
import Structures

/// What is done and what is left of a queue; the one place that writes its output.
actor LabelLedger {
    /// One frame with the levels that it still lacks.
    struct Item: Sendable {
        var frame: QueuedFrame
        var hash: String
        var levels: [String]
    }

    private struct Key: Hashable {
        var level: String
        var dataset: String
    }

    private let output: String
    private var datasets: [Key: LabelledDataset] = [:]
    private(set) var remaining: [Item] = []
    private var state: LabelProgress
    private let start = ContinuousClock.now

    init(queue: LabelQueue, frames: [QueuedFrame]) throws {
        output = queue.output
        // The work folders of a run that was killed.
        try? FileManager.default.removeItem(atPath: "\(queue.output)/work")
        state = LabelProgress(total: 0, found: 0, labelled: 0, failed: 0, waiting: 0, duplicates: 0, elapsed: 0)
        var seen: Set<String> = []
        for frame in frames {
            let hash = FrameHash.hexadecimal(of: frame.structure)
            guard seen.insert(hash).inserted else {
                state.duplicates += 1
                continue
            }
            var item = Item(frame: frame, hash: hash, levels: [])
            for level in queue.levels {
                let key = Key(level: level, dataset: frame.dataset)
                let types = try Self.types(of: frame)
                let dataset = try datasets[key] ?? Self.open(key, frame, types, queue)
                datasets[key] = dataset
                guard dataset.system.types == types else {
                    throw InputError(
                        file: frame.source, place: "frame \(frame.index)",
                        problem: "its atoms differ from those of the dataset \(frame.dataset)",
                        mend: "label systems of different atoms into datasets of their own")
                }
                state.total += 1
                let failure = Self.failureFolder(queue.output, level, hash)
                if dataset.hashes.contains(hash) {
                    state.found += 1
                } else if FileManager.default.fileExists(atPath: failure), !queue.retriesFailures {
                    state.failed += 1
                } else {
                    item.levels.append(level)
                }
            }
            if !item.levels.isEmpty { remaining.append(item) }
        }
    }

    var progress: LabelProgress {
        var now = state
        now.elapsed = start.duration(to: .now) / Duration.seconds(1)
        return now
    }

    /// Stores the results of one frame: labels into their datasets, failures with what the code left in `folder`.
    func record(_ item: Item, _ results: [String: Result<Label, LabelFailure>], folder: String) throws -> LabelProgress
    {
        for level in item.levels {
            let failure = Self.failureFolder(output, level, item.hash)
            try? FileManager.default.removeItem(atPath: failure)
            switch results[level] {
            case .success(let label):
                let frame = LabelManifest.Frame(
                    source: item.frame.source, index: item.frame.index, hash: item.hash,
                    selfConsistencySteps: label.selfConsistencySteps, wallTime: (label.wallTime * 10).rounded() / 10)
                try datasets[Key(level: level, dataset: item.frame.dataset)]!.add(item.frame.structure, label, frame)
                state.labelled += 1
                state.latest = "\(item.frame.source) frame \(item.frame.index), \(level)"
            case .failure(let reason) where reason.reason == .waiting:
                state.waiting += 1
            case .failure(let reason):
                try keep(reason, of: item, level: level, from: folder, in: failure)
            case nil:
                let reason = LabelFailure(.incompleteOutput, "the labeller gave no answer for \(level)")
                try keep(reason, of: item, level: level, from: folder, in: failure)
            }
        }
        return progress
    }

    private func keep(
        _ reason: LabelFailure, of item: Item, level: String, from folder: String, in target: String
    ) throws {
        var reason = reason
        reason.folder = target
        let files = FileManager.default
        do {
            try files.createDirectory(atPath: target, withIntermediateDirectories: true)
            // Restart files are large and tell nothing.
            for name in try files.contentsOfDirectory(atPath: folder) where !name.contains("RESTART") {
                try files.copyItem(atPath: "\(folder)/\(name)", toPath: "\(target)/\(name)")
            }
        } catch {
            throw InputError(file: target, problem: "a failure cannot be kept: \(error.localizedDescription)")
        }
        let place = "\(item.frame.source) frame \(item.frame.index), \(level)"
        try AtomicFile.write("\(place)\n\(reason)\n", to: "\(target)/reason.txt")
        state.failed += 1
        state.latest = "\(place): \(reason)"
    }

    private static func failureFolder(_ output: String, _ level: String, _ hash: String) -> String {
        "\(output)/failures/\(level)/\(hash)"
    }

    private static func types(of frame: QueuedFrame) throws -> [Int] {
        try frame.structure.species.enumerated().map { atom, species in
            guard let type = frame.typeMap.firstIndex(of: species.symbol) else {
                throw InputError(
                    file: frame.source, place: "frame \(frame.index), atom \(atom)",
                    problem: "\(species) is not in the type map \(frame.typeMap.joined(separator: " "))")
            }
            return type
        }
    }

    private static func open(
        _ key: Key, _ frame: QueuedFrame, _ types: [Int], _ queue: LabelQueue
    ) throws -> LabelledDataset {
        try LabelledDataset(
            folder: "\(queue.output)/\(key.level)/\(key.dataset)", name: key.dataset, typeMap: frame.typeMap,
            types: types, isPeriodic: frame.structure.isPeriodic, level: key.level,
            settings: queue.labeller.settings(of: key.level))
    }
}
