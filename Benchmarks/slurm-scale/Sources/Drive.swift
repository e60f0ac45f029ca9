import ArgumentParser
import Execution
import Files
import Foundation
import Parallel
import Synchronization

/// Gets the trials done by a scheduler with the Slurm engine, checks that none was lost or done twice, and writes what the
/// driver's work took.
struct Drive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Drive the jobs, and measure.")

    @Argument var folder: String
    @Option var jobs = 10_000
    @Option(help: "Mean seconds of a job on a node of speed 1.") var seconds = 5.0
    @Option var seed: UInt64 = 1
    @Option(help: "Where the table goes (CSV).") var output: String

    func run() async throws {
        let store = try Store("\(folder)/store")
        let times = Mutex<[SlurmEngine.Activity: [Double]]>([:])
        let engine = try SlurmEngine(
            MachineFile("\(folder)/machine.json"), store: store, cores: 1, worker: ["worker"],
            say: { FileHandle.standardError.write(Data("\($0)\n".utf8)) },
            observe: { activity, duration in times.withLock { $0[activity, default: []].append(duration / .seconds(1)) }
            })
        let scheduler = try Scheduler(
            Workplace(store, program: "slurm-scale"), engine: engine, meter: .standard(quiet: false))
        let trials = Trial.all(jobs, seconds: seconds, seed: seed)
        let watch = Stopwatch()
        let outcomes = try await scheduler.outcomes(of: trials, for: "scale")
        let (wall, cpu) = (watch.wallSeconds, watch.cpuSeconds)
        scheduler.close()

        let lost = trials.filter { (try? outcomes[$0].get().content) != $0.index * $0.index }
        let twice = try trials.filter { trial in
            try InputFile.text(at: store.workFolder(trial.folderKey).file(Trial.doneFile)) != "done\n"
        }
        for failure in outcomes.failures.prefix(10) { print("failed: \(failure)") }
        var rows = [("jobs", Double(jobs)), ("lost", Double(lost.count)), ("done twice", Double(twice.count))]
        rows += [("wall, s", wall), ("driver's processor time, s", cpu)]
        for activity in SlurmEngine.Activity.allCases {
            let all = times.withLock { $0[activity] ?? [] }
            rows.append(("\(activity.rawValue)s", Double(all.count)))
            rows.append(("\(activity.rawValue), mean, s", all.reduce(0, +) / Double(max(all.count, 1))))
            rows.append(("\(activity.rawValue), longest, s", all.max() ?? 0))
        }
        let counts = try JSONText.read(Cluster.Counts.self, from: "\(folder)/counts.json")
        rows += [
            ("arrays", Double(counts.arrays)), ("requeued by Slurm", Double(counts.requeued)),
            ("vanished", Double(counts.vanished)), ("killed", Double(counts.killed)),
            ("time limits", Double(counts.timeLimits)), ("late files", Double(counts.lateFiles)),
        ]
        let table = rows.map { "\($0.0.contains(",") ? "\"\($0.0)\"" : $0.0),\(String(format: "%.6g", $0.1))" }
        try AtomicFile.write("quantity,value\n" + table.joined(separator: "\n") + "\n", to: output)
        print(table.joined(separator: "\n"))
        guard lost.isEmpty, twice.isEmpty else { throw ExitCode(1) }
    }
}
