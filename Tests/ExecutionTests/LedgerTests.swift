import Files
import Foundation
import GRDB
import Testing

@testable import Execution

struct LedgerTests {
    private let temporary: TemporaryStore
    private var store: Store { temporary.store }

    init() throws { temporary = try TemporaryStore() }

    private func registration(_ toys: [Toy]) throws -> Ledger.Registration {
        let nodes = toys.map { PlannedCalculation($0, key: $0.key, needs: $0.needs.map(\.key)) }
        return Ledger.Registration(
            new: try nodes.map { (try $0.record(), $0.needs) }, askedBy: ["test": nodes.map(\.key)])
    }

    @Test func whatADeadDriverLeftRunningWaits() throws {
        let toy = Toy.make()
        do {
            let ledger = try Ledger(store.ledgerFile)
            try ledger.register(try registration([toy]))
            try ledger.begin(toy.key, engine: "local", at: .now)
            #expect(try temporary.state(of: toy) == .running)
        }
        let ledger = try Ledger(store.ledgerFile)
        #expect(try ledger.reader.known()[toy.key]?.state == .waiting)
        let attempt = try #require(try ledger.reader.attempts(of: toy.key).first)
        #expect(attempt.status == .lost && attempt.ended != nil)
    }

    @Test func attemptsKeepReasonAndLastLines() throws {
        let toy = Toy.make()
        let ledger = try Ledger(store.ledgerFile)
        try ledger.register(try registration([toy]))
        try ledger.begin(toy.key, engine: "local", at: .now)
        try ledger.end(
            toy.key, as: .failed,
            JobEnd(.failed, reason: "no luck", lastLines: ["one", "two"], wallSeconds: 3, coreSeconds: 2))
        let failure = try #require(try ledger.reader.failures()[toy.key])
        #expect(failure.reason == "no luck" && failure.lastLines == ["one", "two"])
        let attempt = try #require(try ledger.reader.attempts(of: toy.key).first)
        #expect(attempt.wallSeconds == 3 && attempt.coreSeconds == 2 && attempt.status == .failed)
    }

    @Test func keyIsFoundByItsFirstCharacters() throws {
        let toys = (0..<20).map { _ in Toy.make() }
        let ledger = try Ledger(store.ledgerFile)
        try ledger.register(try registration(toys))
        #expect(try ledger.reader.key(String(toys[3].key.prefix(20))) == toys[3].key)
        // Of twenty keys some two begin with the same of sixteen digits.
        let doubled = Dictionary(grouping: toys, by: { $0.key.prefix(1) }).first { $0.value.count > 1 }
        #expect(throws: InputError.self) { try ledger.reader.key(String(try #require(doubled).key)) }
        #expect(throws: InputError.self) { try ledger.reader.key("not hexadecimal") }
    }

    @Test func corruptFileIsRefused() throws {
        try AtomicFile.write(String(repeating: "not a database ", count: 1000), to: store.ledgerFile)
        let error = #expect(throws: InputError.self) { try Ledger(store.ledgerFile) }
        #expect(error?.file == store.ledgerFile)
        #expect(error?.problem.contains("damaged") == true)
        #expect(throws: InputError.self) { try LedgerReader(of: store) }
    }

    @Test func databaseOfAnotherProgramIsRefused() throws {
        let other = try DatabaseQueue(path: store.ledgerFile)
        try other.write { try $0.execute(sql: "CREATE TABLE songs (title TEXT)") }
        try other.close()
        let error = #expect(throws: InputError.self) { try Ledger(store.ledgerFile) }
        #expect(error?.problem.contains("another program") == true)
        #expect(throws: InputError.self) { try LedgerReader(of: store) }
    }

    @Test func ledgerOfALaterVersionIsRefused() throws {
        do { _ = try Ledger(store.ledgerFile) }
        let later = try DatabaseQueue(path: store.ledgerFile)
        try later.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99')") }
        try later.close()
        let error = #expect(throws: InputError.self) { try Ledger(store.ledgerFile) }
        #expect(error?.problem.contains("later version") == true)
    }

    @Test func readerSeesWhatTheDriverWrites() throws {
        let ledger = try Ledger(store.ledgerFile)
        let reader = try LedgerReader(of: store)
        let toy = Toy.make()
        try ledger.register(try registration([toy]))
        #expect(try reader.known()[toy.key]?.state == .waiting)
        try ledger.note([toy.key: 0.5])
        #expect(try reader.known()[toy.key]?.fraction == 0.5)
    }

    @Test func blockedAreCountedOverSeveralSteps() throws {
        let root = Toy.make()
        let middle = Toy.make(needs: [root])
        let last = Toy.make(cost: 5, needs: [middle])
        let free = Toy.make(cost: 8)
        let ledger = try Ledger(store.ledgerFile)
        try ledger.register(try registration([root, middle, last, free]))
        #expect(try ledger.reader.totals().coreSecondsLeft == 15)
        try ledger.begin(root.key, engine: "local", at: .now)
        try ledger.end(root.key, as: .failed, JobEnd(.failed, reason: "no luck"))
        let totals = try ledger.reader.totals()
        #expect(totals.blocked == 2 && totals.counts[.waiting] == 3 && totals.coreSecondsLeft == 8)
    }

    /// How long it takes is measured elsewhere (Benchmarks/execution); what grew with the square would take minutes here.
    @Test func tenThousandCalculationsAreKept() async throws {
        let root = Toy.make("root")
        let toys = (0..<10_000).map { Toy(name: "many \($0)", cost: Double($0), needs: [root]) }
        root.does { _, _ in throw ToyError(description: "no luck") }
        let scheduler = try Scheduler(temporary.workplace(), engine: LocalEngine(cores: 1))
        // The second time everything is known already.
        for _ in 0..<2 {
            let outcomes = try await scheduler.outcomes(of: toys, for: "test")
            #expect(outcomes.failures.count == 10_001)
        }
        let status = try ScheduleStatus(of: store)
        #expect(status.blocked == 10_000 && status.failed.count == 1)
        #expect(try Plan(of: ["test": toys], in: store, cores: 1).rows.count == 10_001)
    }
}
