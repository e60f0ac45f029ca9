import Files
import Foundation

extension SlurmEngine {
    /// How long a call prepares calculations at most, so that the driver stays awake.
    private static let budget = Duration.milliseconds(400)
    /// Between two calls of sbatch: those that become ready meanwhile share an array.
    private static let interval = Duration.seconds(1)
    /// Refusals that nobody knows, after which they are the user's affair.
    private static let patienceWithRefusals = 3

    /// Prepares and submits an array of those that wait, when there is room for one.
    ///
    /// - Throws: `InputError` when the store cannot be written, or Slurm refuses for good.
    func submitSome(at now: ContinuousClock.Instant) throws {
        guard let maximum = try arraySize(at: now), let workplace else { return }
        if building == nil { building = takeReady(at: now, maximum: maximum).map { ($0, 0) } }
        guard var (jobs, prepared) = building else { return }
        let deadline = clock.now() + Self.budget
        while prepared < jobs.count, clock.now() < deadline {
            try Worker.prepare(jobs[prepared].job, at: workplace)
            prepared += 1
        }
        building = (jobs, prepared)
        guard prepared == jobs.count else { return }
        building = nil
        nextSubmission = now + Self.interval
        jobs.sort { $0.job.rank > $1.job.rank }
        try send(jobs, at: now)
    }

    /// Those that one array can hold: of one stage and as many cores, the highest ranks first.
    private func takeReady(at now: ContinuousClock.Instant, maximum: Int) -> [Waiting]? {
        let room = machine.limits.jobs - elements.count
        guard room > 0 else { return nil }
        func isReady(_ entry: Waiting) -> Bool { entry.begin.map { $0 <= now } ?? true }
        guard let first = waiting.first(where: isReady) else { return nil }
        let places = waiting.indices.filter { place in
            let entry = waiting[place]
            return isReady(entry) && entry.job.stage == first.job.stage && entry.job.cores == first.job.cores
        }
        // A queue that is kept full one by one would need an array for each.
        guard room >= min(places.count, max(1, machine.limits.jobs / 10)) else { return nil }
        let taken = places.prefix(min(room, maximum, arrayLimit))
        let jobs = taken.map { waiting[$0] }
        for place in taken.reversed() { waiting.remove(at: place) }
        return jobs
    }

    /// Elements that Slurm takes in one array, whose places then are below it too; nil when it does not answer.
    private func arraySize(at now: ContinuousClock.Instant) throws -> Int? {
        if let maximalArray { return maximalArray }
        let answer = try stoppable { try commands.run("scontrol", ["show", "config"], mayStop: true) }
        guard let answer, answer.status == 0 else {
            refused(at: now, answer.map { "Slurm does not tell its configuration: \($0.words)" })
            return nil
        }
        let number = answer.output.firstMatch(of: /MaxArraySize\s*=\s*(\d+)/).flatMap { Int($0.1) }
        maximalArray = max(number ?? 1001, 1)
        return maximalArray
    }

    private func send(_ jobs: [Waiting], at now: ContinuousClock.Instant) throws {
        guard let first = jobs.first?.job else { return }
        let rows = jobs.map { SlurmArray.Element(key: $0.job.key, folderKey: $0.job.folderKey, losses: $0.losses) }
        let name = journal.name(stage: first.stage, elements: rows, at: .now)
        let array = SlurmArray(name: name, elements: rows, created: Date.now.timeIntervalSince1970)
        let script = SlurmScript.text(
            try machine.slurmResources(first.stage), folder: journal.path(name), cores: first.cores.count,
            usesProcesses: first.stage == .labelling, worker: worker)
        try journal.plan(array, script: script)
        arrays[name] = OpenArray(array: array, places: Set(rows.indices))
        for (place, entry) in jobs.enumerated() {
            elements[entry.job.key] = SlurmElement(
                job: entry.job, array: name, place: place, losses: entry.losses, isAdopted: false)
        }
        let answer = try commands.run("sbatch", arguments(name, count: jobs.count))
        // An error beside a number is no refusal: the job is there.
        if let number = answer.output.firstMatch(of: /(?m)^(\d+)(;.*)?$/) {
            try took(name, job: String(number.1), at: now)
        } else {
            try refuse(answer, name, jobs, at: now)
        }
    }

    private func arguments(_ name: String, count: Int) -> [String] {
        var arguments = ["--parsable", "--job-name=\(name)", "--comment=lgps-bench \(store.path)"]
        let throttle = machine.limits.throttle.map { "%\($0)" } ?? ""
        // A cluster that has no arrays is given jobs.
        if maximalArray ?? 2 > 1 { arguments.append("--array=0-\(count - 1)\(throttle)") }
        return arguments + [
            "--requeue", "--open-mode=append", "--signal=B:TERM@60",
            "--output=\(journal.path(name, "log"))/\(maximalArray ?? 2 > 1 ? "%a" : "0").txt",
            journal.path(name, "job.sh"),
        ]
    }

    /// Slurm has the array.
    private func took(_ name: String, job: String, at now: ContinuousClock.Instant) throws {
        hasSubmitted = true
        refusals = 0
        refusalDelay = Self.shortestRefusal
        arrayLimit = arrayLimit > Int.max / 2 ? .max : 2 * arrayLimit
        arrays[name]?.array.job = job
        if let array = arrays[name]?.array { try journal.write(array) }
        hurryPoll(at: now)
    }

    /// - Throws: `InputError` with Slurm's own words when trying again does not help.
    private func refuse(
        _ answer: SlurmCommands.Answer, _ name: String, _ jobs: [Waiting], at now: ContinuousClock.Instant
    ) throws {
        let refusal = SlurmRefusal(answer.words)
        // It may be in the queue all the same, and is looked for there.
        if refusal == .silence || answer.status == 0 {
            hurryPoll(at: now)
            return refused(at: now, "sbatch gives no number: \(answer.words). The jobs are looked for by name")
        }
        journal.remove(name)
        arrays[name] = nil
        for entry in jobs {
            elements[entry.job.key] = nil
            insert(entry)
        }
        refusals += refusal == .other ? 1 : 0
        if case .fault(let mend) = refusal {
            throw InputError(file: machine.path, problem: "sbatch refuses: \(answer.words)", mend: mend)
        }
        if refusal == .other, !hasSubmitted || refusals >= Self.patienceWithRefusals {
            throw InputError(
                file: machine.path, problem: "sbatch refuses: \(answer.words)",
                mend: "mend it; the same command then goes on")
        }
        if refusal == .limit { arrayLimit = max(1, jobs.count / 2) }
        refused(at: now, "sbatch refuses for now: \(answer.words). What waits is submitted later")
    }

    /// Later is later.
    private func refused(at now: ContinuousClock.Instant, _ words: String?) {
        if let words { notices.once(words) }
        nextSubmission = now + refusalDelay
        refusalDelay = min(refusalDelay * 2, Self.longestRefusal)
    }
}
