import Files
import Foundation
import Parallel
import Testing

@testable import Execution

struct SchedulerTests {
    private let temporary: TemporaryStore
    private var store: Store { temporary.store }

    init() throws { temporary = try TemporaryStore() }

    @Test func doublesAreComputedOnce() async throws {
        let runs = Journal<Int>()
        let toy = Toy.make { _, _ in
            runs.add(1)
            return 42
        }
        let scheduler = try Scheduler(temporary.workplace(), engine: LocalEngine(cores: 2))
        let outcomes = try await scheduler.outcomes(of: ["a": [toy, toy], "b": [toy]])
        #expect(try toy.value(in: outcomes) == 42)
        #expect(outcomes.origin(of: toy) == .here)
        _ = try await scheduler.outcomes(of: [toy], for: "a", "b")
        #expect(runs.all.count == 1)
    }

    @Test func provenanceIsThatOfTheRun() async throws {
        let toy = Toy.make()
        let provenance = try (await temporary.outcomes([toy]))[toy].get().provenance
        #expect(provenance.program == "toys 1" && provenance.threads == 1 && provenance.machine == .current)
    }

    @Test func longerGoesOnFromShorterInOneFolder() async throws {
        let group = UUID().uuidString
        let toys = [300.0, 100, 200].map { length in
            Toy.make(cost: length, group: group) { folder, _ in
                let before = (try? InputFile.text(at: folder.file("state"))) ?? "0"
                try AtomicFile.write("\(Int(length))", to: folder.file("state"))
                return Int(length) - (Int(before) ?? 0)
            }
        }
        let outcomes = try await temporary.outcomes(toys)
        #expect(try toys.map { try $0.value(in: outcomes) } == [100, 100, 100])
    }

    @Test func dependencyIsAddedAndItsContentGiven() async throws {
        let need = Toy.make { _, _ in 20 }
        let toy = Toy.make(needs: [need]) { _, control in try control.content(of: need) + 1 }
        let outcomes = try await temporary.outcomes([toy])
        #expect(try toy.value(in: outcomes) == 21)
        #expect(try need.value(in: outcomes) == 20)
    }

    @Test func failureLeavesTheOthersAndFailsWhatNeedsIt() async throws {
        let bad = Toy.make("bad") { folder, _ in
            folder.log("step 1 went well")
            throw ToyError(description: "the energy drifts")
        }
        let dependant = Toy.make(needs: [bad])
        let last = Toy.make(needs: [dependant])
        let good = Toy.make()
        let outcomes = try await temporary.outcomes([last, good])
        #expect(try good.value(in: outcomes) == 1)
        let failures = outcomes.failures
        #expect(failures.count == 3)
        let failure = try #require(failures.first { $0.key == bad.key })
        #expect(failure.reason == "the energy drifts")
        #expect(failure.lastLines.contains { $0.hasSuffix("step 1 went well") })
        let fallen = try #require(failures.first { $0.key == last.key })
        #expect(fallen.reason.contains(bad.name) && fallen.reason.contains("the energy drifts"))
        #expect(fallen.lastLines == failure.lastLines)
    }

    @Test func failedIsNotTriedAgainUnlessAsked() async throws {
        let runs = Journal<Int>()
        let toy = Toy.make { folder, _ in
            folder.log("a line")
            runs.add(1)
            if runs.all.count < 3 { throw ToyError(description: "no luck \(runs.all.count)") }
            return 3
        }
        let dependant = Toy.make(needs: [toy])
        _ = try await temporary.outcomes([dependant])
        var outcomes = try await temporary.outcomes([dependant])
        #expect(runs.all.count == 1)
        let failure = try #require(outcomes.failures.first { $0.key == toy.key })
        #expect(failure.reason == "no luck 1" && failure.lastLines.first?.hasSuffix("a line") == true)
        #expect(outcomes.failures.contains { $0.key == dependant.key })

        #expect(try store.retry([String(toy.key.prefix(16))]) == [toy.key])
        _ = try await temporary.outcomes([dependant])
        #expect(runs.all.count == 2)

        outcomes = try await temporary.outcomes([dependant], retries: true)
        #expect(try toy.value(in: outcomes) == 3 && dependant.value(in: outcomes) == 1)
        #expect(try temporary.attempts(of: toy).map(\.status) == [.failed, .failed, .done])
    }

    @Test func stoppedOnesGoOnFromTheirCheckpoints() async throws {
        let stop = StopFlag()
        let body: Toy.Body = { folder, control in
            let start = Int((try? InputFile.text(at: folder.file("state"))) ?? "0") ?? 0
            for step in start..<10 {
                control.report(Double(step) / 10)
                if step == 4, start == 0 { stop.raise() }
                // Both stop at a checkpoint, whichever raised the flag.
                if step == 4 { while start == 0 { try Self.stopped(control, at: step, folder) } }
            }
            return 10 - start
        }
        let toys = (0..<2).map { _ in Toy.make(body: body) }
        let never = Toy.make()
        await #expect(throws: Interrupted.self) { try await temporary.outcomes(toys + [never], stop: stop) }
        #expect(try toys.allSatisfy { try temporary.state(of: $0) == .waiting })
        #expect(try LedgerReader(of: store).known()[toys[0].key]?.fraction == 0.4)

        let outcomes = try await temporary.outcomes(toys + [never])
        #expect(try toys.map { try $0.value(in: outcomes) } == [6, 6])
        #expect(try never.value(in: outcomes) == 1)
        #expect(try temporary.attempts(of: toys[0]).map(\.status) == [.interrupted, .done])
    }

    private static func stopped(_ control: RunControl, at step: Int, _ folder: WorkFolder) throws {
        if control.stop.isRaised { try AtomicFile.write("\(step)", to: folder.file("state")) }
        try control.checkStop()
        usleep(1000)
    }

    @Test func onceStoppedNothingBegins() async throws {
        let stop = StopFlag()
        stop.raise()
        let toy = Toy.make { _, control in
            try control.checkStop()
            return 1
        }
        await #expect(throws: Interrupted.self) { try await temporary.outcomes([toy], stop: stop) }
        #expect(!store.outcomes.contains(toy.key))
    }

    @Test func timesAreSummedOverAttempts() async throws {
        let stop = StopFlag()
        let toy = Toy.make { folder, control in
            let watch = Stopwatch()
            while watch.wallSeconds < 0.1 {}
            if !FileManager.default.fileExists(atPath: folder.file("state")) {
                try AtomicFile.write("", to: folder.file("state"))
                stop.raise()
                while true { try control.checkStop() }
            }
            return 1
        }
        await #expect(throws: Interrupted.self) { try await temporary.outcomes([toy], stop: stop) }
        let provenance = try (await temporary.outcomes([toy]))[toy].get().provenance
        let attempts = try temporary.attempts(of: toy)
        #expect(attempts.count == 2 && provenance.wallSeconds >= 0.2)
        #expect(provenance.coreSeconds > attempts[0].coreSeconds && attempts[0].coreSeconds > 0)
        #expect(provenance.coreSeconds <= provenance.wallSeconds * 1.01)
    }

    @Test func damagedOutcomeIsSetAsideAndComputedAgain() async throws {
        let toy = Toy.make()
        _ = try await temporary.outcomes([toy])
        let file = store.outcomes.file(toy.key)
        try AtomicFile.write(try InputFile.data(at: file).prefix(40), to: file)
        let outcomes = try await temporary.outcomes([toy])
        #expect(try toy.value(in: outcomes) == 1)
        #expect(outcomes.remarks.count == 1 && outcomes.remarks[0].contains(toy.name))
        #expect(FileManager.default.fileExists(atPath: file + ".damaged"))
        #expect(try store.outcomes.outcome(of: toy) != nil)
    }

    @Test func shippedOutcomesAreTakenUnlessFresh() async throws {
        let shipped = OutcomeStore("\(temporary.folder)/shipped")
        let need = Toy.make { _, _ in throw ToyError(description: "nobody should run this") }
        let toy = Toy.make(needs: [need]) { _, _ in 5 }
        try shipped.write(Outcome(toy, content: 9, provenance: provenance()))
        var outcomes = try await temporary.outcomes([toy], shipped: [shipped])
        #expect(try toy.value(in: outcomes) == 9)
        #expect(outcomes.origin(of: toy) == .shipped)
        #expect(!store.outcomes.contains(toy.key))
        need.does { _, _ in 1 }
        outcomes = try await temporary.outcomes([toy], shipped: [shipped], fresh: .everything)
        #expect(try toy.value(in: outcomes) == 5)
        #expect(outcomes.origin(of: toy) == .here)
    }

    @Test func damagedShippedOutcomeIsPassedOver() async throws {
        let shipped = OutcomeStore("\(temporary.folder)/shipped")
        let toy = Toy.make()
        try Folder.make(shipped.path)
        try AtomicFile.write("{", to: shipped.file(toy.key))
        let outcomes = try await temporary.outcomes([toy], shipped: [shipped])
        #expect(outcomes.origin(of: toy) == .here && outcomes.remarks.count == 1)
        #expect(FileManager.default.fileExists(atPath: shipped.file(toy.key)))
    }

    @Test func shippedDependencyServes() async throws {
        let shipped = OutcomeStore("\(temporary.folder)/shipped")
        let need = Toy.make()
        try shipped.write(Outcome(need, content: 30, provenance: provenance()))
        let toy = Toy.make(needs: [need]) { _, control in try control.content(of: need) + 1 }
        #expect(try toy.value(in: await temporary.outcomes([toy], shipped: [shipped])) == 31)
    }

    /// A folder has the outcome's name, so that the renaming fails, as it would on a full disk.
    @Test func outcomeThatCannotBeWrittenIsAFailureThatKeepsTheCheckpoint() async throws {
        let store = store
        let toy = Toy.make { folder, _ in
            try AtomicFile.write("10", to: folder.file("state"))
            try Folder.make(store.outcomes.file(folder.path.split(separator: "/").last.map(String.init) ?? "") + "/a")
            return 1
        }
        let outcomes = try await temporary.outcomes([toy])
        let failure = try #require(outcomes.failures.first)
        #expect(failure.reason.contains("cannot be replaced"))
        #expect(try InputFile.text(at: store.workFolder(toy.folderKey).file("state")) == "10")
    }

    @Test func cancelledOneStopsAndIsNotTriedAgain() async throws {
        let begun = DispatchSemaphore(value: 0)
        let toy = Toy.make("long") { _, control in
            begun.signal()
            while true {
                try control.checkStop()
                usleep(1000)
            }
        }
        let dependant = Toy.make(needs: [toy])
        let other = Toy.make()
        let store = store
        let canceller = Task.detached {
            try await onOwnThread {
                try begun.await("the long one")
                return try store.cancel([toy.key])
            }
        }
        let outcomes = try await temporary.outcomes([dependant, other])
        #expect(try await canceller.value == [toy.key])
        #expect(try other.value(in: outcomes) == 1)
        #expect(outcomes.failures.map(\.key).sorted() == [toy.key, dependant.key].sorted())
        #expect(try temporary.state(of: toy) == .cancelled)
        #expect(try await temporary.outcomes([toy]).failures.first?.reason == "it was cancelled")
    }

    @Test func oneThatStopsByItselfGoesOnWhileItAdvances() async throws {
        let toy = Toy.make { folder, control in
            let start = Int((try? InputFile.text(at: folder.file("state"))) ?? "0") ?? 0
            control.report(Double(start + 1) / 10)
            try AtomicFile.write("\(start + 1)", to: folder.file("state"))
            if start < 3 { throw Interrupted() }
            return start
        }
        #expect(try toy.value(in: await temporary.outcomes([toy])) == 3)
        let stuck = Toy.make { _, _ in throw Interrupted() }
        #expect(try await temporary.outcomes([stuck]).failures.first?.reason.contains("without getting on") == true)
    }

    /// What a killed driver leaves: a row that says running, and half of a file under a temporary name.
    @Test func killedDriversWorkGoesOn() async throws {
        let toy = Toy.make()
        do {
            let ledger = try Ledger(store.ledgerFile)
            let node = PlannedCalculation(toy, key: toy.key, needs: [])
            try ledger.register(Ledger.Registration(new: [(try node.record(), [])]))
            try ledger.begin(toy.key, engine: "local", at: .now)
        }
        try Folder.make(store.outcomes.path)
        try AtomicFile.write("{\"kind\":", to: store.outcomes.file(toy.key) + ".tmp-1-2")
        let outcomes = try await temporary.outcomes([toy])
        #expect(try toy.value(in: outcomes) == 1 && outcomes.remarks.isEmpty)
        #expect(try temporary.attempts(of: toy).map(\.status) == [.lost, .done])
        #expect(try store.outcomes.keys() == [toy.key])
    }

    @Test func progressCountsAndWeighs() async throws {
        let lines = Journal<String>()
        let meter = ProgressMeter(style: .lines, lineInterval: .zero) { lines.add($0) }
        let toys = [1.0, 3].map { Toy.make(cost: $0) { _, _ in Int(usleep(300_000)) + 1 } }
        let scheduler = try Scheduler(temporary.workplace(), engine: LocalEngine(cores: 1), meter: meter)
        _ = try await scheduler.outcomes(of: toys, for: "test")
        #expect(lines.all.contains { $0.contains("75 %") && $0.contains("1 of 2 calculations") })
        #expect(lines.all.last == "2 calculations ended\n")
    }

    /// Waiting costs nothing: less than a hundredth of a core.
    @Test func driverSleeps() async throws {
        let toy = Toy.make { _, control in
            control.report(0.5)
            usleep(3_000_000)
            return 1
        }
        let ownThread = Journal<Double>()
        let engine = MeteredEngine(LocalEngine(cores: 1), ownThread)
        let scheduler = try Scheduler(temporary.workplace(), engine: engine)
        _ = try await scheduler.outcomes(of: [toy], for: "test")
        let seconds = ownThread.all
        #expect(try #require(seconds.last) - #require(seconds.first) < 0.03)
    }
}

/// Notes the CPU time of the driver's thread whenever it asks for events.
private struct MeteredEngine: Engine {
    let engine: LocalEngine
    let seconds: Journal<Double>
    var name: String { engine.name }

    init(_ engine: LocalEngine, _ seconds: Journal<Double>) {
        self.engine = engine
        self.seconds = seconds
    }

    func submit(_ jobs: [Job], to workplace: Workplace) throws { try engine.submit(jobs, to: workplace) }
    func fractions() -> [String: Double] { engine.fractions() }
    func cancel(_ keys: Set<String>) { engine.cancel(keys) }

    func events(within patience: Duration) -> [JobEvent] {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        seconds.add(Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9)
        return engine.events(within: patience)
    }
}
