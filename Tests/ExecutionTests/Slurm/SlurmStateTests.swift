import Files
import Foundation
import Parallel
import Testing

@testable import Execution

/// How jobs end, and what follows: every state of Slurm's, with and without an exit file.
struct SlurmStateTests {
    private let bench: SlurmBench
    private let engine: SlurmEngine

    init() throws {
        bench = try SlurmBench()
        engine = try bench.engine()
    }

    /// Submits a toy, and lets squeue show it in a state.
    private func submit(_ toy: Toy, _ state: String = "RUNNING") throws {
        try bench.submit([toy], to: engine)
        try bench.pass(2, engine)
        try bench.queue((toy, state))
        try bench.pass(30, engine)
    }

    @Test(arguments: [
        "PENDING", "RUNNING", "SUSPENDED", "COMPLETING", "CONFIGURING", "RESIZING", "REQUEUED", "REQUEUE_HOLD",
        "REQUEUE_FED", "SIGNALING", "SPECIAL_EXIT", "STAGE_OUT", "STOPPED", "RESV_DEL_HOLD", "PREEMPTED", "NODE_FAIL",
        "BOOT_FAIL", "SOMETHING_NEW",
    ])
    func livingAreLeftAlone(state: String) throws {
        try submit(Toy.make(), state)
        let events = try bench.pass(400, engine)
        #expect(bench.ends(events).isEmpty && bench.calls.count == 1)
    }

    @Test func exitFileCountsWhateverTheQueueSays() async throws {
        let toy = Toy.make { _, _ in 8 }
        try submit(toy)
        try await bench.work(toy)
        let events = try bench.pass(10, engine)
        #expect(bench.ends(events)[toy.key]?.status == .done)
        // Nothing is left of an array that has ended well.
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.journal.folder).isEmpty)
    }

    @Test func beginningIsToldOnce() async throws {
        let toy = Toy.make()
        try bench.submit([toy], to: engine)
        try bench.pass(2, engine)
        try bench.queue((toy, "RUNNING"))
        var events = try bench.pass(100, engine)
        try await bench.work(toy)
        events += try bench.pass(100, engine)
        let begun = events.filter { if case .began = $0 { true } else { false } }
        #expect(begun.count == 1 && bench.ends(events).count == 1)
    }

    /// A short one that no poll has seen running.
    @Test func beginningIsTakenFromTheExitFile() async throws {
        let toy = Toy.make()
        try bench.submit([toy], to: engine)
        try bench.pass(2, engine)
        try await bench.work(toy)
        let events = try bench.pass(10, engine)
        guard case .began(toy.key, let date)? = events.first else { throw ToyError(description: "it did not begin") }
        #expect(date == (try Date("2026-01-01T00:00:00Z", strategy: .iso8601)))
    }

    @Test func vanishedIsSubmittedAgainThreeTimes() throws {
        let toy = Toy.make()
        try submit(toy)
        bench.emptyQueue()
        var counts: [Int] = []
        var events: [JobEvent] = []
        for _ in 0..<16 {
            events += try bench.pass(60, engine)
            if counts.last != bench.calls.count { counts.append(bench.calls.count) }
        }
        #expect(counts == [1, 2, 3, 4])
        let end = try #require(bench.ends(events)[toy.key])
        #expect(end.status == .failed && end.reason?.contains("lost 4 times") == true)
        #expect(end.reason?.contains("vanished") == true)
    }

    @Test func absenceOfLessThanAMinuteIsNothing() throws {
        let toy = Toy.make()
        try submit(toy)
        for _ in 0..<4 {
            bench.emptyQueue()
            try bench.pass(50, engine)
            try bench.queue((toy, "RUNNING"))
            try bench.pass(130, engine)
        }
        #expect(bench.calls.count == 1)
    }

    @Test func silentControllerProvesNothing() async throws {
        let toy = Toy.make()
        try submit(toy)
        try bench.write("slurm_load_jobs error: Unable to contact slurm controller (connect failure)", to: "silence")
        let events = try bench.pass(600, engine)
        #expect(bench.calls.count == 1 && bench.ends(events).isEmpty)
        #expect(bench.said.all.filter { $0.contains("Unable to contact") }.count == 1)
        // An exit file is believed all the same.
        try await bench.work(toy)
        #expect(bench.ends(try bench.pass(10, engine))[toy.key]?.status == .done)
    }

    @Test(arguments: ["COMPLETED", "FAILED"]) func lateFilesAreWaitedFor(state: String) async throws {
        let toy = Toy.make()
        try submit(toy)
        try await bench.work(toy, thenExits: false)
        unlink(bench.store.outcomes.file(toy.key))
        try bench.queue((toy, state))
        try bench.pass(50, engine)
        try bench.exit(toy, code: 0)
        #expect(bench.ends(try bench.pass(30, engine)).isEmpty, "its outcome is not seen yet")
        try bench.store.outcomes.write(Outcome(toy, content: 1, provenance: provenance()))
        #expect(bench.ends(try bench.pass(30, engine))[toy.key]?.status == .done)
        #expect(bench.calls.count == 1)
    }

    @Test func outcomeThatNeverComesIsALoss() throws {
        let toy = Toy.make()
        try submit(toy)
        try bench.exit(toy, code: 0)
        try bench.pass(120, engine)
        #expect(engine.elements[toy.key]?.losses.count == 1 && bench.calls.count == 2)
    }

    @Test func programsErrorIsNotTriedAgain() async throws {
        let toy = Toy.make { _, _ in throw ToyError(description: "no luck") }
        try submit(toy)
        try await bench.work(toy)
        let end = bench.ends(try bench.pass(10, engine))[toy.key]
        #expect(end?.status == .failed && end?.reason == "no luck" && bench.calls.count == 1)
    }

    /// As when the program is not on the node.
    @Test func jobWithoutAWordIsAFailureWithItsLastLines() throws {
        let toy = Toy.make()
        try submit(toy)
        let (array, place) = try bench.place(of: toy)
        try "lgps-bench: not found\n".write(
            toFile: bench.journal.path(array.name, "log/\(place).txt"), atomically: true, encoding: .utf8)
        try bench.exit(toy, code: 127)
        let end = bench.ends(try bench.pass(120, engine))[toy.key]
        #expect(end?.status == .failed && end?.reason?.contains("127") == true)
        #expect(end?.lastLines == ["lgps-bench: not found"])
    }

    @Test(arguments: [137, 143, 135]) func killedIsSubmittedAgain(code: Int) throws {
        let toy = Toy.make()
        try submit(toy)
        try bench.queue((toy, "FAILED"))
        try bench.exit(toy, code: code)
        try bench.pass(60, engine)
        #expect(bench.calls.count == 2 && engine.elements[toy.key]?.losses.count == 1)
    }

    @Test(arguments: [132, 134, 139]) func crashIsAFailure(code: Int) throws {
        let toy = Toy.make()
        try submit(toy)
        try bench.queue((toy, "FAILED"))
        try bench.exit(toy, code: code)
        #expect(bench.ends(try bench.pass(60, engine))[toy.key]?.status == .failed)
        #expect(bench.calls.count == 1)
    }

    @Test func timeLimitGoesOnFromTheCheckpoint() async throws {
        let stop = StopFlag()
        let toy = Toy.make { _, control in
            control.report(0.25)
            stop.raise()
            try control.checkStop()
            return 1
        }
        try submit(toy)
        let (array, place) = try bench.place(of: toy)
        try await bench.work(toy, stop: stop)
        let row = { (state: String) in "101_\(place)|\(state)|node1|\(array.name)|None" }
        try bench.write(row("COMPLETING"), to: "queue")
        #expect(bench.ends(try bench.pass(40, engine)).isEmpty)
        try bench.write(row("TIMEOUT"), to: "queue")
        let end = bench.ends(try bench.pass(40, engine))[toy.key]
        #expect(end?.status == .interrupted && end?.fraction == 0.25)
    }

    /// The checkpoint took too long, and Slurm has killed everything.
    @Test func timeLimitWithoutAWordGoesOnToo() throws {
        let toy = Toy.make()
        try submit(toy)
        try bench.queue((toy, "TIMEOUT"))
        let end = bench.ends(try bench.pass(120, engine))[toy.key]
        #expect(end?.status == .interrupted && bench.calls.count == 1)
    }

    /// Slurm stops a job and starts it again under the same number: nobody else may.
    @Test func stoppedAndRequeuedIsAlive() async throws {
        let stop = StopFlag()
        stop.raise()
        let toy = Toy.make { _, control in
            try control.checkStop()
            return 1
        }
        try submit(toy)
        try await bench.work(toy, stop: stop)
        try bench.queue((toy, "PENDING"), reason: "BeginTime")
        #expect(bench.ends(try bench.pass(600, engine)).isEmpty && bench.calls.count == 1)
        // The script removes the exit file when it begins again.
        let (array, place) = try bench.place(of: toy)
        unlink(bench.journal.path(array.name, "exit/\(place).json"))
        try bench.queue((toy, "RUNNING"))
        #expect(bench.ends(try bench.pass(600, engine)).isEmpty)
        try await bench.work(toy)
        #expect(bench.ends(try bench.pass(10, engine))[toy.key]?.status == .done)
        #expect(bench.calls.count == 1)
    }

    /// Preempted by a cluster that does not requeue: its checkpoint is of use only if it got anywhere.
    @Test(arguments: [0.0, 0.5]) func stoppedFromOutsideGoesOn(fraction: Double) async throws {
        let stop = StopFlag()
        stop.raise()
        let toy = Toy.make { _, control in
            control.report(fraction)
            try control.checkStop()
            return 1
        }
        try submit(toy)
        try await bench.work(toy, stop: stop)
        bench.emptyQueue()
        let end = bench.ends(try bench.pass(60, engine))[toy.key]
        if fraction > 0 {
            #expect(end?.status == .interrupted && end?.fraction == fraction && bench.calls.count == 1)
        } else {
            #expect(end == nil && engine.elements[toy.key]?.losses.count == 1 && bench.calls.count == 2)
        }
    }

    /// It vanishes after a node has failed, where the cluster does not requeue.
    @Test func failedNodeThatDoesNotRequeueIsALoss() throws {
        let toy = Toy.make()
        try submit(toy)
        try bench.queue((toy, "NODE_FAIL"))
        try bench.pass(600, engine)
        #expect(bench.calls.count == 1)
        bench.emptyQueue()
        try bench.pass(300, engine)
        #expect(bench.calls.count == 2)
    }

    @Test(arguments: [("OUT_OF_MEMORY", "memory"), ("DEADLINE", "deadline")])
    func whatRepeatsItselfIsAFailure(state: String, word: String) throws {
        let toy = Toy.make()
        try submit(toy)
        try bench.queue((toy, state))
        try bench.exit(toy, code: 137)
        let end = bench.ends(try bench.pass(120, engine))[toy.key]
        #expect(end?.status == .failed && end?.reason?.contains(word) == true && bench.calls.count == 1)
    }

    @Test func userWhoCancelsMeansIt() throws {
        let toy = Toy.make()
        try submit(toy)
        try bench.queue((toy, "CANCELLED by 1000"))
        let end = bench.ends(try bench.pass(120, engine))[toy.key]
        #expect(end?.status == .failed && end?.reason?.contains("scancel") == true)
    }

    /// A zombie on a node that Slurm has given up still works on it.
    @Test func occupiedFolderIsTriedLater() async throws {
        let toy = Toy.make()
        try submit(toy)
        let lock = try FolderLock(bench.store.workFolder(toy.folderKey).path)
        try await bench.work(toy)
        withExtendedLifetime(lock) {}
        try bench.pass(60, engine)
        #expect(engine.elements[toy.key]?.losses.count == 1 && bench.calls.count == 2)
    }

    // MARK: Asking

    @Test func queueIsAskedSeldomWhenNothingHappens() throws {
        try submit(Toy.make())
        let before = bench.lines("looks").count
        try bench.pass(3600, engine)
        let looks = bench.lines("looks").count - before
        #expect((25...45).contains(looks), "an hour has thirty times two minutes: \(looks)")
        #expect(bench.lines("looks").last?.contains("--user=\(getuid()) --format=%i|%T|%N|%j|%r") == true)
    }

    @Test func nothingIsAskedForNobody() throws {
        try bench.pass(3600, engine)
        #expect(bench.lines("looks").isEmpty)
    }

    @Test func reasonsAreToldOnce() throws {
        let toy = Toy.make()
        try submit(toy, "PENDING")
        try bench.queue((toy, "PENDING"), reason: "PartitionTimeLimit")
        try bench.pass(600, engine)
        #expect(bench.said.all.count == 1 && bench.said.all[0].contains("time limit is longer"))
        try bench.queue((toy, "PENDING"), reason: "Priority")
        try bench.pass(500, engine)
        #expect(bench.said.all.count == 1, "that passes by itself")
        try bench.pass(600, engine)
        #expect(bench.said.all.count == 2 && bench.said.all[1].contains("priority"))
    }
}
