import Foundation
import Parallel
import Structures
import Synchronization
import Testing

@testable import MolecularDynamics

@Suite struct ReplicaSchedulerTests {
    private struct Summary: Equatable, Sendable {
        var positions: [SIMD3<Double>]
        var temperatures: [Double]
    }

    /// Replicas at rising temperatures, the later ones longer.
    private func tasks(
        _ count: Int, steps: Int = 60, folder: String? = nil, fault: Int? = nil,
        stop: (flag: StopFlag, replica: Int)? = nil
    ) -> [ReplicaTask<Summary>] {
        (0..<count).map { index in
            ReplicaTask(name: "replica \(index)", steps: steps + 10 * index) {
                var configuration = MDConfiguration(temperature: 40 + 10 * Double(index), steps: steps + 10 * index)
                configuration.timestep = 0.01
                configuration.seed = UInt64(index)
                configuration.checkpointInterval = 15
                if index == fault { configuration.limits.temperature = 5 }
                let recorder = ThermoRecorder(interval: 10)
                var observers: [any Observer] = [recorder]
                if let stop, stop.replica == index { observers.append(Raiser(stop.flag, atStep: 37)) }
                let simulation = try Simulation(
                    configuration: configuration, structure: Samples.argon(cells: 2),
                    potential: LennardJones(switchStart: 4.2, cutoff: 4.8), observers: observers,
                    folder: folder.map { "\($0)/\(index)" })
                return ReplicaRun(simulation) {
                    Summary(
                        positions: simulation.state.structure.positions,
                        temperatures: recorder.records.map(\.temperature))
                }
            }
        }
    }

    @Test func resultsDoNotDependOnTheWorkers() throws {
        let one = ReplicaScheduler(workers: 1).run(tasks(5)).map(\.result)
        let many = ReplicaScheduler(workers: 4).run(tasks(5)).map(\.result)
        #expect(one == many)
        #expect(one.allSatisfy { $0 != nil })
        #expect(Set(one.map { $0!.temperatures.last! }).count == 5)
    }

    @Test func aFailedReplicaLeavesTheOthersAlone() throws {
        let sound = ReplicaScheduler(workers: 2).run(tasks(4))
        let outcomes = ReplicaScheduler(workers: 2).run(tasks(4, fault: 1))
        for index in [0, 2, 3] { #expect(outcomes[index].result == sound[index].result) }
        guard case .failed(let error) = outcomes[1] else {
            Issue.record("the replica above its temperature limit did not fail")
            return
        }
        #expect((error as? SimulationFailure)?.reason.contains("limit of 5.0 K") ?? false)
    }

    @Test func stoppedReplicasGoOnFromTheirCheckpoints() throws {
        try withTemporaryFolder { folder in
            let expected = ReplicaScheduler(workers: 2).run(tasks(4)).map(\.result)
            let stop = StopFlag()
            // The longest is begun first, so the last replica raises the flag while the first waits.
            let first = ReplicaScheduler(workers: 2).run(
                tasks(4, folder: folder, stop: (stop, 3)), stop: stop)
            #expect(first.contains { $0.result == nil })
            guard case .interrupted = first[3] else {
                Issue.record("the replica that raised the flag went on")
                return
            }
            let second = ReplicaScheduler(workers: 2).run(tasks(4, folder: folder, stop: (StopFlag(), 3)))
            #expect(second.map(\.result) == expected)
        }
    }

    @Test func progressAddsUp() throws {
        let reports = Mutex([WorkProgress]())
        _ = ReplicaScheduler(workers: 2).run(tasks(3)) { report in reports.withLock { $0.append(report) } }
        let all = reports.withLock { $0 }
        let last = try #require(all.last)
        #expect(last.step == 60 + 70 + 80 && last.steps == last.step)
        #expect(last.ended == 3 && last.tasks == 3)
        #expect(last.secondsLeft == 0)
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.step <= $1.step })
        // A failed replica counts as ended, and its missing steps as no work.
        reports.withLock { $0 = [] }
        _ = ReplicaScheduler(workers: 1).run(tasks(1, fault: 0)) { report in reports.withLock { $0.append(report) } }
        let failed = try #require(reports.withLock { $0 }.last)
        #expect(failed.ended == 1 && failed.stepsPerSecond == 0)
    }

    @Test func nothingToDoIsDone() {
        #expect(ReplicaScheduler(workers: 3).run([ReplicaTask<Int>]()).isEmpty)
    }
}

/// Raises a flag at one step.
private final class Raiser: Observer {
    let name = "raiser"
    let interval = 1
    private let flag: StopFlag
    private let step: Int

    init(_ flag: StopFlag, atStep step: Int) { (self.flag, self.step) = (flag, step) }

    func observe(_ sample: MDSample) { if sample.state.step == step { flag.raise() } }
}
