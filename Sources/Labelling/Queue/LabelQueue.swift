import Files
import Foundation
import Structures

/// Labels many frames: several at a time, none twice, resumable at any moment.
///
/// Output: `OUTPUT/LEVEL/DATASET/` is a deepmd/npy system with its manifest, complete after every frame.
/// `OUTPUT/failures/LEVEL/HASH/` keeps input, output and `reason.txt` of each frame that has no label; such frames are
/// tried again when that folder is removed, or with `retriesFailures`.
public struct LabelQueue: Sendable {
    public let labeller: any Labeller
    /// Levels of theory, a part of the labeller's.
    public let levels: [String]
    public let output: String
    /// Frames that are computed at the same time.
    public let concurrency: Int
    public let retriesFailures: Bool

    public init(
        labeller: any Labeller, levels: [String]? = nil, output: String, concurrency: Int = 1,
        retriesFailures: Bool = false
    ) {
        self.labeller = labeller
        self.levels = levels ?? labeller.levels
        self.output = output
        self.concurrency = max(1, concurrency)
        self.retriesFailures = retriesFailures
    }

    /// Labels `frames` in their order and reports after each.
    ///
    /// - Throws: `CancellationError` when the task is cancelled, all finished labels being kept; `InputError` for a
    ///   program that is missing and folders that cannot be written, hold something else or are in use by another run.
    public func run(
        _ frames: [QueuedFrame], progress: @escaping @Sendable (LabelProgress) -> Void = { _ in }
    ) async throws -> LabelProgress {
        let lock = try FolderLock(
            output, occupied: "another run is labelling into this folder",
            mend: "wait for its end, or give it more --jobs instead of starting a second one")
        defer { withExtendedLifetime(lock) {} }
        let ledger = try LabelLedger(queue: self, frames: frames)
        progress(await ledger.progress)
        let work = await ledger.remaining
        try await withThrowingTaskGroup(of: Void.self) { group in
            var next = work.makeIterator()
            func start() {
                guard let item = next.next() else { return }
                group.addTask { progress(try await label(item, ledger: ledger)) }
            }
            for _ in 0..<concurrency { start() }
            while try await group.next() != nil { start() }
        }
        return await ledger.progress
    }

    private func label(_ item: LabelLedger.Item, ledger: LabelLedger) async throws -> LabelProgress {
        let folder = "\(output)/work/\(item.hash)-\(ProcessInfo.processInfo.processIdentifier)"
        let files = FileManager.default
        try? files.removeItem(atPath: folder)
        try Folder.make(folder)
        defer { try? files.removeItem(atPath: folder) }
        let results = try await labeller.label(item.frame.structure, levels: item.levels, folder: folder)
        return try await ledger.record(item, results, folder: folder)
    }
}
