import Files
import Foundation
import Parallel
import Testing

@testable import Execution

struct WorkerTests {
    private let temporary: TemporaryStore
    private let worker: Worker
    private var store: Store { temporary.store }

    init() throws {
        temporary = try TemporaryStore()
        worker = Worker(temporary.workplace(), kinds: CalculationKinds([Toy.self]))
    }

    private func prepare(_ toy: Toy) throws -> Job {
        let job = Job(toy, key: toy.key, folderKey: toy.folderKey, cores: toy.cores, rank: 1)
        try Worker.prepare(job, at: temporary.workplace())
        return job
    }

    @Test(arguments: [nil, "a group"]) func calculationIsDoneByItsName(group: String?) async throws {
        let toy = Toy.make(group: group) { _, control in
            control.report(0.5)
            return 8
        }
        let job = try prepare(toy)
        #expect(try Worker.end(of: job, in: store) == nil)
        #expect(try await worker.perform(toy.key).status == .done)
        #expect(try store.outcomes.outcome(of: toy)?.content == 8)
        #expect(try Worker.end(of: job, in: store)?.status == .done)
        #expect(Worker.fraction(of: job, in: store) == 0.5)
        // A worker needs no ledger.
        #expect(!FileManager.default.fileExists(atPath: store.ledgerFile))
    }

    @Test func secondStartDoesNothingAgain() async throws {
        let runs = Journal<Int>()
        let toy = Toy.make { _, _ in
            runs.add(1)
            return 1
        }
        _ = try prepare(toy)
        for _ in 0..<2 { #expect(try await worker.perform("\(toy.folderKey)/\(toy.key)").status == .done) }
        #expect(runs.all.count == 1)
    }

    @Test func failureIsLeftForTheDriver() async throws {
        let toy = Toy.make { _, _ in throw ToyError(description: "no luck") }
        let job = try prepare(toy)
        #expect(try await worker.perform(toy.key).status == .failed)
        #expect(try Worker.end(of: job, in: store)?.reason == "no luck")
        try Worker.prepare(job, at: temporary.workplace())
        #expect(try Worker.end(of: job, in: store) == nil)
    }

    @Test func stopLeavesAnInterruption() async throws {
        let stop = StopFlag()
        stop.raise()
        let toy = Toy.make { _, control in
            try control.checkStop()
            return 1
        }
        _ = try prepare(toy)
        #expect(try await worker.perform(toy.key, stop: stop).status == .interrupted)
    }

    @Test func folderInUseIsRefused() async throws {
        let toy = Toy.make()
        _ = try prepare(toy)
        let lock = try FolderLock(store.workFolder(toy.folderKey).path)
        let end = try await worker.perform(toy.key)
        withExtendedLifetime(lock) { #expect(end.status == .failed) }
        #expect(end.reason?.contains("another process") == true)
    }

    /// A shared disk that shows files late: the calculation, and the outcome that it needs.
    @Test func lateFilesAreWaitedFor() async throws {
        let need = Toy.make()
        let toy = Toy.make(needs: [need]) { _, control in try control.content(of: need) + 1 }
        let worker = worker
        async let end = worker.perform("\(toy.folderKey)/\(toy.key)", stop: StopFlag(), patience: .seconds(600))
        try await Task.sleep(for: .milliseconds(100))
        _ = try prepare(toy)
        try await Task.sleep(for: .milliseconds(1100))
        try store.outcomes.write(Outcome(need, content: 4, provenance: provenance()))
        #expect(try await end.status == .done)
        #expect(try store.outcomes.outcome(of: toy)?.content == 5)
    }

    @Test func unknownKeyAndKindAreRefused() async throws {
        await #expect(throws: InputError.self) { try await worker.perform("abc") }
        let toy = Toy.make()
        _ = try prepare(toy)
        let other = Worker(temporary.workplace(), kinds: CalculationKinds([OtherToy.self]))
        await #expect(throws: InputError.self) { try await other.perform(toy.key) }
    }

    @Test func fileThatDoesNotFitItsKeyIsRefused() async throws {
        let toy = Toy.make()
        let other = Toy.make()
        _ = try prepare(toy)
        try JSONText.write(
            CalculationFile(other), to: CalculationFolder.file(toy.key, in: store.workFolder(toy.folderKey)))
        await #expect(throws: InputError.self) { try await worker.perform(toy.key) }
    }
}
