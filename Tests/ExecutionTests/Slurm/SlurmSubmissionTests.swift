import Files
import Foundation
import Testing

@testable import Execution

/// What sbatch is called with, how often, and what its answers lead to.
struct SlurmSubmissionTests {
    private static let machine = """
        {"machine": {"batch_type": "Slurm", "context_type": "LazyLocalContext"},
         "resources": {"queue_name": "long", "account": "physics", "custom_flags": ["#SBATCH --time=2"],
                       "module_list": ["gcc"], "envs": {"A": "it's"}, "prepend_script": ["echo before"]},
         "slurm": {"throttle": 7}}
        """

    @Test func oneArrayHoldsEverythingThatIsReady() throws {
        let bench = try SlurmBench()
        let engine = try bench.engine(Self.machine)
        let toys = (0..<5).map { Toy.make(cost: Double($0)) }
        try bench.submit(toys, to: engine)
        try bench.pass(20, engine)
        #expect(bench.calls.count == 1)
        let call = try #require(bench.calls.first)
        let (array, _) = try bench.place(of: toys[0])
        for option in [
            "--parsable", "--job-name=\(array.name)", "--array=0-4%7", "--requeue", "--open-mode=append",
            "--signal=B:TERM@60", "--output=\(bench.journal.path(array.name, "log"))/%a.txt",
        ] { #expect(call.contains(option), "\(option) in \(call)") }
        #expect(array.job == "101")
        // The longest first.
        #expect(array.elements.map(\.key) == toys.reversed().map(\.key))
        let script = try InputFile.text(at: bench.journal.path(array.name, "job.sh"))
        for line in [
            "#SBATCH --partition=long", "#SBATCH --account=physics", "#SBATCH --time=2", "#SBATCH --cpus-per-task=1",
            "module load gcc", #"export A='it'\''s'"#, "echo before",
            "'worker' '\(bench.store.path)' \"$calculation\" &",
        ] { #expect(script.contains("\(line)\n"), "\(line)") }
    }

    @Test func arraysStayBelowSlurmsLimit() throws {
        let bench = try SlurmBench(maximalArray: 5)
        let engine = try bench.engine()
        try bench.submit((0..<12).map { _ in Toy.make() }, to: engine)
        try bench.pass(20, engine)
        #expect(bench.calls.compactMap { $0.firstMatch(of: /--array=(\S+)/)?.1 } == ["0-4", "0-4", "0-1"])
    }

    @Test func clusterWithoutArraysIsGivenJobs() throws {
        let bench = try SlurmBench(maximalArray: 1)
        let engine = try bench.engine()
        try bench.submit([Toy.make(), Toy.make()], to: engine)
        try bench.pass(20, engine)
        #expect(bench.calls.count == 2 && bench.calls.allSatisfy { !$0.contains("--array") && $0.contains("/0.txt") })
    }

    @Test func eachNumberOfCoresHasItsArray() throws {
        let bench = try SlurmBench()
        let engine = try bench.engine()
        let wide = Toy.make(cores: .shared(4))
        try bench.submit([Toy.make(), wide, Toy.make()], to: engine)
        try bench.pass(20, engine)
        #expect(bench.calls.count == 2)
        let script = try InputFile.text(at: bench.journal.path(bench.place(of: wide).array.name, "job.sh"))
        #expect(script.contains("#SBATCH --cpus-per-task=4"))
    }

    /// A cluster's node is another machine than the one that is asked for.
    @Test func whatTimesThisMachineRunsOnIt() throws {
        let bench = try SlurmBench()
        let engine = try bench.engine()
        let timing = Toy.make(cores: .alone(1)) { _, _ in 5 }
        try bench.submit([timing], to: engine)
        var ends: [String: JobEnd] = [:]
        while ends.isEmpty { ends = bench.ends(try engine.events(within: .seconds(1))) }
        #expect(ends[timing.key]?.status == .done && bench.calls.isEmpty)
    }

    @Test func noMoreAreInTheQueueThanAllowed() async throws {
        let bench = try SlurmBench()
        let engine = try bench.engine(#"{"machine": {}, "resources": {}, "slurm": {"max_jobs": 4}}"#)
        let toys = (0..<6).map { Toy.make(cost: Double(10 - $0)) }
        try bench.submit(toys, to: engine)
        try bench.pass(20, engine)
        #expect(engine.elements.count == 4)
        for toy in toys.prefix(4) { try await bench.work(toy) }
        let ends = bench.ends(try bench.pass(20, engine))
        #expect(ends.count == 4 && engine.elements.count == 2)
    }

    @Test func labelsAreProcessesForSlurm() {
        var resources = ClusterResources()
        resources.gpusPerNode = 1
        let text = SlurmScript.text(resources, folder: "/f", cores: 8, usesProcesses: true, worker: ["w"])
        #expect(text.contains("#SBATCH --ntasks-per-node=8\n") && !text.contains("cpus-per-task"))
        #expect(text.contains("#SBATCH --gres=gpu:1\n"))
    }

    // MARK: Refusals

    @Test(arguments: [
        "sbatch: error: Batch job submission failed: Invalid account or account/partition combination specified",
        "sbatch: error: invalid partition specified: nope\nsbatch: error: Batch job submission failed: Invalid partition name specified",
        "sbatch: error: Batch job submission failed: Requested node configuration is not available",
        "sbatch: unrecognized option '--tmie=2'",
        // Nobody knows this one: told at once, as long as nothing was submitted.
        "sbatch: error: the moon is not full",
    ])
    func faultsAreToldInSlurmsOwnWords(words: String) throws {
        let bench = try SlurmBench()
        let engine = try bench.engine()
        try bench.write(words, to: "refusal")
        try bench.submit([Toy.make()], to: engine)
        let error = #expect(throws: InputError.self) { try bench.pass(20, engine) }
        let last = try #require(words.split(separator: ": ").last)
        #expect(error?.problem.contains(last) == true && error?.file?.hasSuffix("machine.json") == true)
        // Nothing is left that a later driver would look for.
        #expect(bench.journal.open().isEmpty)
    }

    @Test(arguments: [
        "sbatch: error: QOSMaxSubmitJobPerUserLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
        "sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying.",
        "sbatch: error: AssocMaxSubmitJobLimit",
    ])
    func whatIsFullNowIsTriedLater(words: String) throws {
        let bench = try SlurmBench()
        let engine = try bench.engine()
        try bench.write(words, to: "refusal")
        try bench.submit((0..<8).map { _ in Toy.make() }, to: engine)
        try bench.pass(200, engine)
        // At 0, 30, 90 s.
        #expect(bench.calls.count == 3)
        #expect(bench.said.all.count == 1, "its words are shown once")
        #expect(bench.said.all[0].contains(words.split(separator: ": ").last ?? ""))
        bench.remove("refusal")
        try bench.pass(30, engine)
        #expect(engine.elements.count == 8)
    }

    /// An array that exceeds a user's limit is never taken whole.
    @Test func refusedArraysAreHalved() throws {
        let bench = try SlurmBench()
        let engine = try bench.engine()
        try bench.write("AssocMaxSubmitJobLimit", to: "refusal")
        try bench.submit((0..<8).map { _ in Toy.make() }, to: engine)
        try bench.pass(200, engine)
        #expect(bench.calls.compactMap { $0.firstMatch(of: /--array=(\S+)/)?.1 } == ["0-7", "0-3", "0-1"])
    }

    @Test func numberBesideAnErrorIsANumber() throws {
        let bench = try SlurmBench()
        let engine = try bench.engine()
        try bench.write("sbatch: error: something is odd", to: "refusal")
        try bench.write("", to: "accepts")
        let toy = Toy.make()
        try bench.submit([toy], to: engine)
        try bench.pass(20, engine)
        #expect(try bench.place(of: toy).array.job == "101")
        #expect(bench.calls.count == 1)
    }

    /// The controller answers too late: the job may be there or not.
    @Test(arguments: [true, false]) func silenceIsLookedInto(isThere: Bool) throws {
        let bench = try SlurmBench()
        let engine = try bench.engine()
        try bench.write(
            "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation", to: "refusal")
        let toy = Toy.make()
        try bench.submit([toy], to: engine)
        try bench.pass(2, engine)
        bench.remove("refusal")
        if isThere { try bench.queue((toy, "RUNNING"), job: "77") }
        try bench.pass(100, engine)
        #expect(bench.calls.count == (isThere ? 1 : 2))
        #expect(try bench.place(of: toy).array.job == (isThere ? "77" : "101"))
        #expect(engine.elements[toy.key]?.losses == [])
    }

    /// Twice under one name: the first counts, the other is cancelled.
    @Test func doubleIsCancelled() throws {
        let bench = try SlurmBench()
        let engine = try bench.engine()
        let toy = Toy.make()
        try bench.submit([toy], to: engine)
        try bench.pass(2, engine)
        let name = try bench.place(of: toy).array.name
        try bench.write("101_0|RUNNING|node1|\(name)|None\n102_0|PENDING||\(name)|Priority", to: "queue")
        try bench.pass(30, engine)
        #expect(Set(bench.lines("cancelled")) == ["102"])
    }

    @Test func withoutSlurmItsPlaceIsTold() throws {
        let bench = try SlurmBench()
        unlink(bench.folder + "/bin/sbatch")
        let error = #expect(throws: InputError.self) { try bench.engine() }
        #expect(error?.problem.contains("sbatch") == true)
    }

    /// sbatch and squeue must not take over what the job around us has.
    @Test func jobsEnvironmentIsNotPassedOn() {
        let own = [
            "SLURM_JOB_ID": "1", "SLURM_CONF": "/etc/slurm.conf", "SQUEUE_FORMAT": "%A", "PATH": "/bin",
            "SBATCH_ACCOUNT": "physics",
        ]
        #expect(Set(SlurmCommands.environment(own).keys) == ["SLURM_CONF", "PATH", "SBATCH_ACCOUNT"])
    }
}
