import Execution
import Files
import Foundation
import Parallel

/// What checks measure on, and with.
final class RegressionBench {
    let reference: ReferenceData
    let threads: Int
    let stop: StopFlag
    /// A folder for files that nobody needs afterwards.
    let scratch: String
    let models = TabulatedModels()
    /// What is drawn from the shipped outcomes, once for all checks.
    private(set) lazy var shipped = Result { try ShippedStudy(reference) }

    init(_ reference: ReferenceData, threads: Int, stop: StopFlag) throws {
        self.reference = reference
        self.threads = threads
        self.stop = stop
        scratch = FileManager.default.temporaryDirectory.appending(path: "lgps-check-\(UUID().uuidString)").path()
        try Folder.make(scratch)
    }

    deinit { try? FileManager.default.removeItem(atPath: scratch) }

    /// What checks read that nothing else does.
    func input(_ name: String) -> String { "\(reference.folder)/baselines/inputs/\(name)" }

    func checkStop() throws {
        if stop.isRaised { throw Interrupted() }
    }

    /// `task` of every item, so many at a time as there are threads; results in the order of the items.
    ///
    /// - Throws: the error of the first item that has one.
    func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ task: @escaping @Sendable (Item) throws -> Result
    ) throws -> [Result] {
        let stop = stop
        let results = TaskQueue.run(
            items.count, workers: threads, shouldStop: { stop.isRaised },
            task: { index, _ in Swift.Result { try task(items[index]) } })
        try checkStop()
        return try results.compactMap { try $0?.get() }
    }
}
