import Files
import Foundation
import Parallel
import Synchronization

/// Does one calculation in a process of its own, for an engine that hands calculations to other machines: it reads and
/// writes whole files only, so that no database is shared over a network disk.
public struct Worker: Sendable {
    private let workplace: Workplace
    private let kinds: CalculationKinds
    /// Between two writings of the fraction.
    private static let reportInterval = Duration.seconds(10)

    public init(_ workplace: Workplace, kinds: CalculationKinds) {
        self.workplace = workplace
        self.kinds = kinds
    }

    /// Runs the calculation whose file the driver has left, and leaves its outcome and how it ended (`end`).
    ///
    /// - Parameters:
    ///   - name: `FOLDERKEY/KEY`, or `KEY` alone, which is then looked for.
    ///   - patience: how long a shared disk may take to show what another machine has written.
    /// - Throws: `InputError` when there is no such calculation, its file is damaged or does not fit its key, its kind is
    ///   unknown, or how it ended cannot be written.
    public func perform(
        _ name: String, stop: StopFlag = .signals, patience: Duration = .zero
    ) async throws -> JobEnd {
        let deadline = ContinuousClock.now + patience
        while (try? locate(name)) == nil, await isWorthWaiting(until: deadline, stop) {}
        let (folder, key) = try locate(name)
        let file = CalculationFolder.file(key, in: folder)
        let calculation = try kinds.read(file)
        guard calculation.key == key, workplace.store.workPath(calculation.folderKey) == folder.path else {
            throw InputError(
                file: file, problem: "the calculation in this file is not that of its name",
                mend: "remove the file, and start the run again")
        }
        let whole = isDone(calculation)
        let needs = whole ? [] : calculation.dependencies.map(\.key)
        while !needs.allSatisfy(workplace.hasOutcome), await isWorthWaiting(until: deadline, stop) {}
        let end = try await onOwnThread { [workplace] in
            if whole { return JobEnd(.done) }
            let last = Mutex<ContinuousClock.Instant?>(nil)
            return workplace.attempt(calculation, stop: stop) { fraction in
                let isDue = last.withLock { last in
                    if let last, ContinuousClock.now - last < Self.reportInterval { return false }
                    last = .now
                    return true
                }
                if isDue { try? JSONText.write(fraction, to: CalculationFolder.file(key, "fraction", in: folder)) }
            }
        }
        try JSONText.write(end, to: CalculationFolder.file(key, "end", in: folder))
        return end
    }

    /// How a worker ended; nil when it has not, or its file is not seen yet.
    public static func end(of job: Job, in store: Store) throws -> JobEnd? {
        let path = CalculationFolder.file(job.key, "end", in: try store.workFolder(job.folderKey))
        return FileManager.default.fileExists(atPath: path) ? try JSONText.read(JobEnd.self, from: path) : nil
    }

    /// How far a worker is, 0 to 1; nil when it has not said yet.
    public static func fraction(of job: Job, in store: Store) -> Double? {
        let path = store.workPath(job.folderKey) + "/\(CalculationFolder.name)/\(job.key).fraction.json"
        return try? JSONText.read(Double.self, from: path)
    }

    /// Leaves the calculation for a worker, with the state that it goes on from, and forgets how an earlier one ended. For
    /// engines, before they submit: a worker does not know what is to be computed afresh.
    ///
    /// - Throws: `InputError` when it cannot be written.
    public static func prepare(_ job: Job, at workplace: Workplace) throws {
        let folder = try workplace.store.workFolder(job.folderKey)
        unlink(CalculationFolder.file(job.key, "end", in: folder))
        try CalculationFolder.write(job.calculation, key: job.key, in: folder)
        try workplace.restoreState(of: job.calculation, key: job.key, in: folder)
    }

    /// Lets a second pass, when there is time for it.
    private func isWorthWaiting(until deadline: ContinuousClock.Instant, _ stop: StopFlag) async -> Bool {
        guard ContinuousClock.now < deadline, !stop.isRaised else { return false }
        try? await Task.sleep(for: .seconds(1))
        return true
    }

    /// A worker that a queue starts again after it was done has nothing to do.
    private func isDone(_ calculation: some Calculation) -> Bool {
        (try? workplace.store.outcomes.outcome(of: calculation)) != nil
    }

    private func locate(_ name: String) throws -> (WorkFolder, key: String) {
        let parts = name.split(separator: "/").map(String.init)
        guard let key = parts.last, parts.count <= 2 else {
            throw InputError(problem: "'\(name)' names no calculation", mend: "give KEY or FOLDERKEY/KEY")
        }
        let work = "\(workplace.store.path)/work"
        // Most calculations have a folder of their own, which bears their key.
        let likely = parts.count == 2 ? [parts[0]] : [key]
        let others = parts.count == 2 ? [] : (try? InputFile.names(in: work)) ?? []
        for folder in likely + others {
            let file = "\(work)/\(folder)/\(CalculationFolder.name)/\(key).json"
            if FileManager.default.fileExists(atPath: file) { return (try workplace.store.workFolder(folder), key) }
        }
        throw InputError(
            file: workplace.store.path, problem: "no calculation \(name) is prepared in this store",
            mend: "start the run again, which prepares its calculations")
    }
}
