import Files
import Foundation
import Parallel
import Testing

@testable import Execution

/// Runs that go on elsewhere.
struct StateStoreTests {
    /// Counts one further with each attempt, and stops; its file is what another machine goes on from.
    struct Counter: Calculation {
        static let kind = "counter/1"
        var end: Int
        var title: String { "counter to \(end)" }
        var cost: Double { 1 }
        var folderKey: String { SHA256.hexadecimal(of: "counter") }
        var stateFiles: [String] { ["deep/state.txt", "deep/missing.txt"] }

        func run(in folder: WorkFolder, control: RunControl) throws -> Int {
            try Folder.make(folder.file("deep"))
            let reached = (try? InputFile.text(at: folder.file("deep/state.txt"))).flatMap { Int($0) } ?? 0
            try AtomicFile.write("\(end)", to: folder.file("deep/state.txt"))
            return reached
        }
    }

    private func reached(_ end: Int, at workplace: Workplace) throws -> Int {
        let calculation = Counter(end: end)
        #expect(workplace.attempt(calculation, stop: StopFlag()).status == .done)
        return try #require(try workplace.store.outcomes.outcome(of: calculation)).content
    }

    @Test func whatWasBegunHereGoesOnElsewhere() throws {
        let (here, elsewhere, fresh) = (try TemporaryStore(), try TemporaryStore(), try TemporaryStore())
        #expect(try reached(3, at: here.workplace()) == 0)
        let (outcomes, states) = (OutcomeStore(here.folder + "/outcomes"), StateStore(here.folder + "/states"))
        func export(_ isWanted: Bool, _ keepsState: Bool) throws -> Store.Export {
            try here.store.export(
                to: outcomes, states: states, kinds: CalculationKinds([Counter.self]), isWanted: { _ in isWanted },
                keepsState: { _ in keepsState })
        }
        let nothing = try export(false, false)
        #expect(nothing.outcomes.isEmpty && nothing.states.isEmpty)
        let all = try export(true, true)
        #expect(all.outcomes == [Counter(end: 3).key] && all.states == [Counter(end: 3).key])
        #expect(try export(true, true).outcomes.isEmpty, "what is there is not copied again")

        #expect(try reached(5, at: elsewhere.workplace(states: states)) == 3)
        // One's own state is further.
        #expect(try reached(6, at: elsewhere.workplace(states: states)) == 5)
        #expect(try reached(5, at: fresh.workplace(states: states, fresh: .everything)) == 0)
    }

    /// A worker knows no states: what it goes on from is laid ready for it, unless it is to begin afresh.
    @Test(arguments: [false, true]) func workersFindTheStateLaidReady(isFresh: Bool) async throws {
        let (here, elsewhere) = (try TemporaryStore(), try TemporaryStore())
        #expect(try reached(3, at: here.workplace()) == 0)
        let states = StateStore(here.folder + "/states")
        _ = try here.store.export(
            to: OutcomeStore(here.folder + "/outcomes"), states: states, kinds: CalculationKinds([Counter.self]),
            isWanted: { _ in true }, keepsState: { _ in true })
        let counter = Counter(end: 5)
        let job = Job(counter, key: counter.key, folderKey: counter.folderKey, cores: counter.cores, rank: 1)
        try Worker.prepare(
            job, at: elsewhere.workplace(states: states, fresh: isFresh ? .keys([counter.key]) : .nothing))
        let worker = Worker(elsewhere.workplace(), kinds: CalculationKinds([Counter.self]))
        #expect(try await worker.perform(counter.key).status == .done)
        #expect(try elsewhere.store.outcomes.outcome(of: counter)?.content == (isFresh ? 0 : 3))
    }
}
