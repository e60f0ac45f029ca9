import Files
import Foundation
import Parallel
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Wall and core seconds of a calculation, summed over its attempts in a file of its work folder.
///
/// Core seconds of this attempt are
/// - for `.shared(1)` the CPU time of the thread that made the clock, which runs the calculation;
/// - for `.alone` the CPU time of the whole process, in which nothing else works meanwhile;
/// - for `.shared(n)` the wall time times n, as nothing tells apart whose threads used the process's CPU time.
/// External programs are counted in the last case only.
final class AttemptClock: Sendable {
    private struct State {
        var coreSeconds = 0.0
        var noted = ContinuousClock.now
    }

    private let demand: CoreDemand
    private let file: String
    private let earlier: TimeSpent
    private let watch = Stopwatch()
    private let threadStart = AttemptClock.threadSeconds
    private let thread = AttemptClock.currentThread
    private let state = Mutex(State())
    /// What an attempt that is killed leaves unaccounted, at most.
    private static let noteInterval = Duration.seconds(60)

    init(_ demand: CoreDemand, file: String) {
        self.demand = demand
        self.file = file
        // A damaged note of times is no reason not to compute.
        earlier = (try? JSONText.read(TimeSpent.self, from: file)) ?? TimeSpent()
    }

    /// This attempt's alone.
    var spent: TimeSpent {
        let wall = watch.wallSeconds
        switch demand {
        case .alone: return TimeSpent(wallSeconds: wall, coreSeconds: watch.cpuSeconds)
        case .shared(1):
            // Another thread does not see the clock of ours; then the last known value has to do.
            let isOurs = thread == Self.currentThread
            let seconds = isOurs ? Self.threadSeconds - threadStart : nil
            return TimeSpent(
                wallSeconds: wall,
                coreSeconds: state.withLock { state in
                    if let seconds { state.coreSeconds = seconds }
                    return state.coreSeconds
                })
        case .shared(let count): return TimeSpent(wallSeconds: wall, coreSeconds: wall * Double(count))
        }
    }

    /// This attempt's and those of the earlier ones.
    var total: TimeSpent {
        let now = spent
        return TimeSpent(
            wallSeconds: earlier.wallSeconds + now.wallSeconds, coreSeconds: earlier.coreSeconds + now.coreSeconds)
    }

    /// Writes the total, so that the next attempt adds to it.
    func note() { try? JSONText.write(total, to: file) }

    /// As `note`, when the last one is old enough.
    func noteNowAndThen() {
        let isDue = state.withLock { state in
            guard ContinuousClock.now - state.noted >= Self.noteInterval else { return false }
            state.noted = .now
            return true
        }
        if isDue { note() }
    }

    private static var threadSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private static var currentThread: UInt {
        #if canImport(Glibc)
            UInt(pthread_self())
        #else
            UInt(bitPattern: pthread_self())
        #endif
    }
}

struct TimeSpent: Codable, Equatable, Sendable {
    var wallSeconds = 0.0
    var coreSeconds = 0.0
}
