import Foundation
import Parallel

/// Runs calculations inside this process, each on a thread of its own, as many as the cores hold.
///
/// Those that share the machine are packed: the one with the longest chain first, and a smaller one when that does not
/// fit, so that no core idles while a calculation is ready that fits it. Those that want the machine alone begin whenever
/// nothing runs, before any other: at the beginning, and when the others have run dry. Nothing is ever held back for them,
/// and they wait for a finite number of others only.
public final class LocalEngine: Engine, @unchecked Sendable {
    private struct Running {
        let job: Job
        let stop = StopFlag()
        let fraction = DoneFraction()
    }

    public let name = "local"
    public let cores: Int
    /// Stack of a thread (bytes): what the main thread has.
    private static let stackSize = 8 << 20

    // Guarded by `condition`, as is everything below.
    private let condition = NSCondition()
    private var shared = RankedJobs()
    private var alone = RankedJobs()
    private var running: [String: Running] = [:]
    private var news: [JobEvent] = []

    /// - Parameter cores: that are used at once. A calculation that demands more is run with all of them taken.
    public init(cores: Int) {
        precondition(cores >= 1, "nothing runs on no core")
        self.cores = cores
    }

    public func submit(_ jobs: [Job], to workplace: Workplace) throws {
        condition.withLock {
            for job in jobs {
                switch job.cores {
                case .shared: shared.insert(job, workplace)
                case .alone: alone.insert(job, workplace)
                }
            }
            fill()
        }
    }

    public func events(within patience: Duration) -> [JobEvent] {
        let deadline = Date.now + patience / .seconds(1)
        return condition.withLock {
            while news.isEmpty, condition.wait(until: deadline) {}
            defer { news = [] }
            return news
        }
    }

    public func fractions() -> [String: Double] {
        condition.withLock { running.compactMapValues { $0.fraction.value } }
    }

    public func cancel(_ keys: Set<String>) {
        condition.withLock {
            for job in shared.remove(keys) + alone.remove(keys) {
                news.append(.ended(key: job.key, JobEnd(.interrupted)))
            }
            for key in keys { running[key]?.stop.raise() }
            condition.broadcast()
        }
    }

    /// Begins whatever there is room for.
    private func fill() {
        if running.values.contains(where: { if case .alone = $0.job.cores { true } else { false } }) { return }
        if running.isEmpty, let first = alone.removeFirst(within: .max) { return begin(first) }
        while let next = shared.removeFirst(within: cores - coresInUse, of: cores) { begin(next) }
    }

    private var coresInUse: Int { running.values.reduce(0) { $0 + min($1.job.cores.count, cores) } }

    private func begin(_ place: (job: Job, workplace: Workplace)) {
        let (job, workplace) = place
        let record = Running(job: job)
        running[job.key] = record
        news.append(.began(key: job.key, at: .now))
        let thread = Thread { [self] in
            let end = workplace.attempt(job.calculation, stop: record.stop) { record.fraction.set($0) }
            condition.withLock {
                running[job.key] = nil
                news.append(.ended(key: job.key, end))
                fill()
                condition.broadcast()
            }
        }
        thread.stackSize = Self.stackSize
        thread.start()
        condition.broadcast()
    }
}

/// Jobs that wait, the highest rank first; of equal ranks, the earlier submitted.
private struct RankedJobs {
    private var places: [(job: Job, workplace: Workplace)] = []

    mutating func insert(_ job: Job, _ workplace: Workplace) {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle].job.rank >= job.rank { low = middle + 1 } else { high = middle }
        }
        places.insert((job, workplace), at: low)
    }

    /// Takes the first that needs no more than so many cores, of `all` that there are.
    mutating func removeFirst(within room: Int, of all: Int = .max) -> (job: Job, workplace: Workplace)? {
        guard room > 0, let index = places.firstIndex(where: { min($0.job.cores.count, all) <= room }) else {
            return nil
        }
        return places.remove(at: index)
    }

    mutating func remove(_ keys: Set<String>) -> [Job] {
        let removed = places.filter { keys.contains($0.job.key) }.map(\.job)
        places.removeAll { keys.contains($0.job.key) }
        return removed
    }
}
