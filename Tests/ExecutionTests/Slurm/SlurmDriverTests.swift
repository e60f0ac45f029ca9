import Foundation
import Testing

@testable import Execution

/// Drivers that come and go: none loses a job, and none submits one twice.
struct SlurmDriverTests {
    private let bench: SlurmBench

    init() throws { bench = try SlurmBench() }

    private func submitted(_ toy: Toy) throws {
        let engine = try bench.engine()
        try bench.submit([toy], to: engine)
        try bench.pass(2, engine)
    }

    /// Killed between the intent and sbatch.
    @Test func intentAloneIsSubmittedOnce() throws {
        let toy = Toy.make()
        try bench.temporary.prepare(toy)
        let row = SlurmArray.Element(key: toy.key, folderKey: toy.folderKey, losses: [])
        let name = bench.journal.name(stage: .exploration, elements: [row], at: .now)
        try bench.journal.plan(SlurmArray(name: name, elements: [row], created: 1), script: "")
        let second = try bench.engine()
        try bench.submit([toy], to: second)
        try bench.pass(50, second)
        #expect(bench.calls.isEmpty, "nobody knows yet")
        try bench.pass(35, second)
        #expect(bench.calls.count == 1 && second.elements[toy.key]?.losses == [])
    }

    /// Killed between sbatch and the note of its number.
    @Test func jobIsAdoptedByItsName() async throws {
        let toy = Toy.make()
        try bench.write("", to: "mute")
        try submitted(toy)
        #expect(try bench.place(of: toy).array.job == nil)
        try bench.queue((toy, "RUNNING"), job: "101")
        let second = try bench.engine()
        try bench.submit([toy], to: second)
        try bench.pass(20, second)
        #expect(try bench.place(of: toy).array.job == "101")
        try await bench.work(toy)
        #expect(bench.ends(try bench.pass(10, second))[toy.key]?.status == .done)
        #expect(bench.calls.count == 1)
    }

    @Test func runningJobIsAdopted() async throws {
        let toy = Toy.make()
        try submitted(toy)
        try bench.queue((toy, "RUNNING"))
        let second = try bench.engine()
        try bench.submit([toy], to: second)
        try bench.pass(600, second)
        #expect(bench.calls.count == 1)
        try await bench.work(toy)
        #expect(bench.ends(try bench.pass(10, second))[toy.key]?.status == .done)
    }

    /// Killed between the outcome and its note in the ledger: nobody asks for it again.
    @Test func arrayThatIsDoneLeavesNothing() async throws {
        let toy = Toy.make()
        try submitted(toy)
        try await bench.work(toy)
        #expect(bench.journal.open().isEmpty)
        _ = try bench.engine()
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.journal.folder).isEmpty)
    }

    @Test func jobThatFailedMeanwhileIsNotRepeated() async throws {
        let toy = Toy.make { _, _ in throw ToyError(description: "no luck") }
        try submitted(toy)
        try await bench.work(toy)
        let second = try bench.engine()
        try bench.submit([toy], to: second)
        #expect(bench.ends(try bench.pass(10, second))[toy.key]?.reason == "no luck")
        #expect(bench.calls.count == 1)
        // Told once: when somebody wants to retry, it is submitted.
        let third = try bench.engine()
        try bench.submit([toy], to: third)
        try bench.pass(10, third)
        #expect(bench.calls.count == 2)
    }

    @Test func countOfLossesOutlivesTheDriver() throws {
        let toy = Toy.make()
        let first = try bench.engine()
        try bench.submit([toy], to: first)
        try bench.pass(150, first)
        #expect(first.elements[toy.key]?.losses.count == 1)
        let second = try bench.engine()
        try bench.submit([toy], to: second)
        try bench.pass(1, second)
        #expect(second.elements[toy.key]?.losses.count == 1)
    }

    /// A user who stops the driver, cancels the jobs as told, and starts again.
    @Test func whatWasCancelledBetweenDriversGoesOn() throws {
        let toy = Toy.make()
        try submitted(toy)
        try bench.queue((toy, "CANCELLED by 0"))
        let second = try bench.engine()
        try bench.submit([toy], to: second)
        let events = try bench.pass(120, second)
        #expect(bench.calls.count == 2 && bench.ends(events).isEmpty)
    }

    /// Slurm gives numbers again when its counter begins anew.
    @Test func foreignJobOfTheSameNumberIsNoOurs() throws {
        let toy = Toy.make()
        let engine = try bench.engine()
        try bench.submit([toy], to: engine)
        try bench.pass(2, engine)
        try bench.write("101_0|RUNNING|node1|other|None", to: "queue")
        try bench.pass(150, engine)
        #expect(bench.calls.count == 2)
    }

    @Test func interruptLeavesJobsAndSaysHowToSeeThem() throws {
        let (running, waiting) = (Toy.make(cost: 2), Toy.make(cores: .shared(2)))
        let engine = try bench.engine()
        try bench.submit([running], to: engine)
        try bench.pass(2, engine)
        try bench.submit([waiting], to: engine)
        engine.detach([running.key, waiting.key])
        let ends = bench.ends(try engine.events(within: .zero))
        #expect(ends.count == 2 && ends.values.allSatisfy { $0.status == .interrupted })
        #expect(bench.lines("cancelled").isEmpty && bench.calls.count == 1)
        let name = try bench.place(of: running).array.name
        #expect(bench.said.all.last?.contains("squeue --name=\(name)") == true)
        #expect(bench.said.all.last?.contains("scancel --name=\(name)") == true)
        #expect(bench.journal.open().count == 1)
    }

    @Test func cancelEndsJobsAtACheckpoint() throws {
        let (running, waiting) = (Toy.make(cost: 2), Toy.make(cores: .shared(2)))
        let engine = try bench.engine()
        try bench.submit([running], to: engine)
        try bench.pass(2, engine)
        try bench.submit([waiting], to: engine)
        engine.cancel([running.key, waiting.key])
        #expect(bench.ends(try engine.events(within: .zero)).keys.sorted() == [waiting.key])
        #expect(bench.lines("cancelled") == ["101_0"])
        try bench.queue((running, "CANCELLED"))
        #expect(bench.ends(try bench.pass(120, engine))[running.key]?.status == .interrupted)
        #expect(bench.calls.count == 1)
    }

    @Test func cancelReachesWhatADriverHasLeft() throws {
        let toy = Toy.make()
        try submitted(toy)
        try bench.journal.cancel([toy.key], commands: SlurmCommands(folder: bench.folder + "/bin"))
        #expect(bench.lines("cancelled") == ["101_0"])
        try bench.journal.cancel(["another"], commands: SlurmCommands(folder: "/nowhere"))
    }

    @Test func statusNamesTheJobs() async throws {
        let toy = Toy.make()
        _ = try await bench.temporary.outcomes([toy])
        let other = Toy.make()
        try submitted(other)
        let name = try bench.place(of: other).array.name
        let status = try ScheduleStatus(of: bench.store)
        #expect(status.slurmJobs == [name: 1])
        #expect(status.text(cores: 1).contains("1 with Slurm: squeue --name=\(name)"))
    }
}
