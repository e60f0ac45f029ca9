import Files
import Foundation
import Parallel

/// Gets calculations done by Slurm: job arrays of one element each, on nodes that see the store's folder.
///
/// What is about to be submitted is written before sbatch is called, under a name that no other job has. A driver that
/// comes after one that was killed, stopped or cut off finds its jobs by these names, and none is submitted twice. How a
/// job ended is told by its exit file; squeue, asked for all jobs at once, tells only what no file can. Calculations that
/// time this machine are done on it.
public final class SlurmEngine: Engine, @unchecked Sendable {
    /// A calculation that is to be submitted.
    struct Waiting {
        var job: Job
        var losses: [String] = []
        /// Not before; nil at once.
        var begin: ContinuousClock.Instant?
    }

    /// An array of which not everything is settled.
    struct OpenArray {
        var array: SlurmArray
        var places: Set<Int>
        /// Whether an element of it did not just end well, so that its logs may be wanted.
        var hadTrouble = false
    }

    /// What a driver spends its time on.
    public enum Activity: String, CaseIterable, Sendable { case look, poll, submission }

    public let name = "slurm"
    let machine: MachineFile
    let store: Store
    let journal: SlurmJournal
    let commands: SlurmCommands
    let clock: SlurmClock
    let notices: SlurmNotices
    /// The command that does a calculation whose name follows.
    let worker: [String]
    private let local: LocalEngine
    private let observe: @Sendable (Activity, Duration) -> Void

    // One thread calls an engine: nothing below is guarded.
    var waiting: [Waiting] = []
    /// Of the last submission; nil before the first.
    private(set) var workplace: Workplace?
    /// By key: those that were submitted, or perhaps were.
    var elements: [String: SlurmElement] = [:]
    /// By name.
    var arrays: [String: OpenArray] = [:]
    /// Where earlier drivers' calculations are that nobody has asked for yet, by key.
    private var adoptable: [String: (array: String, place: Int)] = [:]
    /// Those of the array that is just being prepared, and how many of them are.
    var building: (jobs: [Waiting], prepared: Int)?
    var news: [JobEvent] = []
    private var localKeys: Set<String> = []
    var heard: [String: Double] = [:]
    /// Where the reading of fractions goes on.
    var fractionTurn = 0

    var nextLook: ContinuousClock.Instant
    var nextPoll: ContinuousClock.Instant
    var lastPoll: ContinuousClock.Instant?
    var pollInterval: Duration
    var nextSubmission: ContinuousClock.Instant
    var refusalDelay = SlurmEngine.shortestRefusal
    /// Elements of an array at most, after Slurm has refused more.
    var arrayLimit = Int.max
    /// Slurm's own limit; nil until it was asked.
    var maximalArray: Int?
    var hasSubmitted = false
    var refusals = 0

    /// Between two looks for exit files, which cost Slurm nothing.
    static let lookInterval = Duration.seconds(5)
    /// How often a lost calculation is submitted again, and after what time.
    static let retries: [Duration] = [.seconds(15), .seconds(60), .seconds(300)]
    static let (shortestRefusal, longestRefusal) = (Duration.seconds(30), Duration.seconds(300))

    /// - Parameters:
    ///   - cores: of this machine, for calculations that time it.
    ///   - worker: the command that does one calculation on any machine: a store and the calculation's name follow.
    ///   - stop: ends commands that only read.
    ///   - say: takes what a user has to know, each once.
    ///   - observe: takes how long each activity took.
    /// - Throws: `InputError` when Slurm is not here.
    public convenience init(
        _ machine: MachineFile, store: Store, cores: Int, worker: [String], stop: StopFlag = .signals,
        say: @escaping @Sendable (String) -> Void = { _ in },
        observe: @escaping @Sendable (Activity, Duration) -> Void = { _, _ in }
    ) throws {
        try self.init(
            machine, store: store, cores: cores, worker: worker, commands: SlurmCommands(stop: stop), clock: .system,
            say: say, observe: observe)
    }

    init(
        _ machine: MachineFile, store: Store, cores: Int, worker: [String], commands: SlurmCommands, clock: SlurmClock,
        say: @escaping @Sendable (String) -> Void,
        observe: @escaping @Sendable (Activity, Duration) -> Void = { _, _ in }
    ) throws {
        try commands.checkPresence()
        self.machine = machine
        self.store = store
        self.worker = worker + [URL(fileURLWithPath: store.path).standardizedFileURL.path]
        self.commands = commands
        self.clock = clock
        self.observe = observe
        journal = SlurmJournal(store)
        notices = SlurmNotices(say)
        local = LocalEngine(cores: cores)
        pollInterval = .seconds(machine.limits.shortestPoll)
        let now = clock.now()
        (nextLook, nextPoll, nextSubmission) = (now, now, now)
        for note in machine.notes { notices.once("\(machine.path), \(note)") }
        for (array, places) in journal.open(tidies: true) {
            arrays[array.name] = OpenArray(array: array, places: places)
            // The latest has the word on a calculation that was in several.
            for place in places { adoptable[array.elements[place].key] = (array.name, place) }
        }
    }

    public func submit(_ jobs: [Job], to workplace: Workplace) throws {
        self.workplace = workplace
        for job in jobs { if case .shared = job.cores { _ = try machine.slurmResources(job.stage) } }
        for job in jobs {
            if case .alone = job.cores {
                localKeys.insert(job.key)
                try local.submit([job], to: workplace)
            } else if let (name, place) = adoptable.removeValue(forKey: job.key), let open = arrays[name] {
                elements[job.key] = SlurmElement(
                    job: job, array: name, place: place, losses: open.array.elements[place].losses, isAdopted: true)
                (nextLook, nextPoll) = (clock.now(), clock.now())
            } else {
                insert(Waiting(job: job))
            }
        }
    }

    /// Keeps the order: the highest rank first.
    func insert(_ entry: Waiting) {
        var (low, high) = (0, waiting.count)
        while low < high {
            let middle = (low + high) / 2
            if waiting[middle].job.rank >= entry.job.rank { low = middle + 1 } else { high = middle }
        }
        waiting.insert(entry, at: low)
    }

    public func events(within patience: Duration) throws -> [JobEvent] {
        let deadline = clock.now() + patience
        while true {
            if !localKeys.isEmpty { take(local.events(within: .zero)) }
            if news.isEmpty { try work() }
            let now = clock.now()
            if !news.isEmpty || now >= deadline { break }
            if building != nil { continue }
            let next = max(now + .milliseconds(1), min(deadline, nextLook, nextPoll))
            if localKeys.isEmpty { clock.sleep(next - now) } else { take(local.events(within: next - now)) }
        }
        defer { news = [] }
        return news
    }

    private func take(_ events: [JobEvent]) {
        for case .ended(let key, _) in events { localKeys.remove(key) }
        news += events
    }

    /// Whatever is due.
    private func work() throws {
        let now = clock.now()
        if now >= nextLook {
            nextLook = now + min(Self.lookInterval, .seconds(machine.limits.shortestPoll))
            try timed(.look) {
                try lookForExits(at: now)
                hearFractions()
            }
        }
        if now >= nextPoll, !elements.isEmpty {
            try timed(.poll) { try poll(at: now) }
        } else if now >= nextPoll {
            nextPoll = now + .seconds(machine.limits.shortestPoll)
        }
        if now >= nextSubmission, !waiting.isEmpty || building != nil {
            try timed(.submission) { try submitSome(at: now) }
        }
    }

    private func timed(_ activity: Activity, _ body: () throws -> Void) rethrows {
        let start = ContinuousClock.now
        try body()
        observe(activity, .now - start)
    }

    public func fractions() -> [String: Double] { heard.merging(local.fractions()) { $1 } }

    public func cancel(_ keys: Set<String>) {
        local.cancel(keys.intersection(localKeys))
        withdraw(keys)
        for key in keys { elements[key]?.isCancelled = true }
        cancelJobs(of: keys)
    }

    /// Jobs go on without a driver.
    public func detach(_ keys: Set<String>) {
        local.cancel(keys.intersection(localKeys))
        withdraw(keys)
        let left = keys.compactMap { elements[$0] }
        for element in left.sorted(by: { $0.job.key < $1.job.key }) {
            elements[element.job.key] = nil
            news.append(.ended(key: element.job.key, JobEnd(.interrupted, fraction: heard[element.job.key])))
        }
        if !left.isEmpty { notices.always(SlurmNotices.left(left.count, names: Set(left.map(\.array)).sorted())) }
    }

    /// Gives up those that were not submitted.
    private func withdraw(_ keys: Set<String>) {
        if let building {
            building.jobs.forEach(insert)
            self.building = nil
        }
        for entry in waiting where keys.contains(entry.job.key) {
            news.append(.ended(key: entry.job.key, JobEnd(.interrupted)))
        }
        waiting.removeAll { keys.contains($0.job.key) }
    }
}

extension Job {
    var stage: ResourceStage { type(of: calculation).stage }
}
