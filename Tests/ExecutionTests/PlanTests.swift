import Foundation
import Parallel
import Testing

@testable import Execution

struct PlanTests {
    private let temporary: TemporaryStore

    init() throws { temporary = try TemporaryStore() }

    @Test func planSaysWhatIsThereAndWhatTheRestCosts() async throws {
        let shipped = OutcomeStore("\(temporary.folder)/shipped")
        let here = Toy.make("A")
        let there = Toy.make("B")
        let need = Toy.make("C", cost: 100)
        let missing = Toy.make("D", cost: 7200, needs: [need])
        let alone = Toy.make("E", cost: 60, cores: .alone(2))
        try shipped.write(Outcome(there, content: 1, provenance: provenance()))
        _ = try await temporary.outcomes([here])
        let needs: [String: [any Calculation]] = ["a": [here, there, missing], "b": [missing, alone]]
        let plan = try Plan(of: needs, in: temporary.store, shipped: [shipped], cores: 2)
        #expect(plan.rows.map(\.key) == [need, missing, alone, here, there].map(\.key))
        #expect(plan.rows.map(\.presence) == [.missing, .missing, .missing, .here, .shipped])
        // The longest does not get shorter on two cores; the one that is alone takes both for half of its core time.
        #expect(plan.secondsLeft == 7200 + 30)
        #expect(plan.text.contains("5 calculations: 1 here, 1 shipped, 3 to do"))
        #expect(plan.text.contains("2 h 00 min"))
        #expect(try Plan(of: needs, in: nil, cores: 2).rows.allSatisfy { $0.presence == .missing })
    }

    @Test func statusTellsOfRunningFailedAndBlocked() async throws {
        let (begun, go) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let bad = Toy.make("bad") { folder, _ in
            folder.log("the last line")
            throw ToyError(description: "no luck")
        }
        let blocked = Toy.make("blocked", needs: [bad])
        let long = Toy.make("long", cost: 3600) { _, _ in
            begun.signal()
            try go.await("the test")
            return 1
        }
        let (temporary, workplace) = (temporary, temporary.workplace())
        let run = Task.detached {
            let scheduler = try Scheduler(workplace, engine: LocalEngine(cores: 2))
            return try await scheduler.outcomes(of: [blocked, long], for: "test")
        }
        try await onOwnThread { try begun.await("the long one") }
        var status = try ScheduleStatus(of: temporary.store)
        for _ in 0..<2000 where status.failed.isEmpty || status.running.isEmpty {
            try await Task.sleep(for: .milliseconds(50))
            status = try ScheduleStatus(of: temporary.store)
        }
        #expect(status.running.map(\.key) == [long.key] && status.failed.map(\.key) == [bad.key])
        #expect(status.blocked == 1 && status.waiting == 0 && status.coreSecondsLeft == 3600)
        let text = status.text(cores: 2)
        #expect(text.contains("Driven by process \(getpid())") && text.contains("the last line"))
        #expect(text.contains("no luck") && text.contains("30 min"))
        go.signal()
        _ = try await run.value
        status = try ScheduleStatus(of: temporary.store)
        #expect(status.done == 1 && status.running.isEmpty && status.coreSecondsLeft == 0)
    }
}
