import Reporting
import Synchronization

/// Adds up the progress of replicas that run side by side.
final class ReplicaProgress: Sendable {
    private let meter: ProgressMeter
    private let targets: [Int]
    private let done: Mutex<[Int]>

    /// - Parameter steps: of each replica, in all.
    init(meter: ProgressMeter, steps: [Int]) {
        self.meter = meter
        targets = steps
        done = Mutex([Int](repeating: 0, count: steps.count))
    }

    func update(_ replica: Int, step: Int) {
        let (sum, finished) = done.withLock { done in
            done[replica] = step
            return (done.reduce(0, +), zip(done, targets).count { $0 >= $1 })
        }
        meter.update(
            Double(sum) / Double(max(1, targets.reduce(0, +))), detail: "\(finished) of \(targets.count) runs done")
    }
}
