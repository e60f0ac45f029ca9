import Files
import Foundation
import Parallel
import Synchronization

@testable import Execution

/// Passes when somebody sleeps, and only then.
private final class TestTime: Sendable {
    private let instant = Mutex(ContinuousClock.now)
    var now: ContinuousClock.Instant { instant.withLock { $0 } }
    func pass(_ duration: Duration) { instant.withLock { $0 += max(duration, .milliseconds(1)) } }
}

/// Stand-ins for Slurm's programs, which read and write plain files, and a clock that a test moves.
final class SlurmBench {
    let temporary: TemporaryStore
    let folder: String
    let said = Journal<String>()
    private let time = TestTime()
    var store: Store { temporary.store }
    var journal: SlurmJournal { SlurmJournal(store) }

    init(maximalArray: Int = 1001) throws {
        temporary = try TemporaryStore()
        folder = temporary.folder + "/slurm"
        try Folder.make(folder + "/bin")
        try write("\(maximalArray)", to: "maximum")
        try write("100", to: "number")
        try program(
            "sbatch",
            """
            echo "$@" >> calls
            if [ -f refusal ]; then cat refusal >&2; [ -f accepts ] || exit 1; fi
            number=$(($(cat number) + 1)); echo $number > number
            [ -f mute ] || echo $number
            [ ! -f refusal ]
            """)
        try program(
            "squeue",
            """
            echo "$@" >> looks
            if [ -f silence ]; then cat silence >&2; exit 1; fi
            if [ -f queue ]; then cat queue; fi
            """)
        try program("scancel", "echo \"$@\" >> cancelled")
        try program("scontrol", "echo \"MaxArraySize            = $(cat maximum)\"")
    }

    private func program(_ name: String, _ body: String) throws {
        let path = "\(folder)/bin/\(name)"
        try AtomicFile.write("#!/bin/bash\ncd '\(folder)'\n\(body)\n", to: path)
        guard chmod(path, 0o755) == 0 else { throw ToyError(description: "chmod") }
    }

    func write(_ text: String, to file: String) throws { try AtomicFile.write(text + "\n", to: "\(folder)/\(file)") }
    func remove(_ file: String) { unlink("\(folder)/\(file)") }
    func lines(_ file: String) -> [String] {
        ((try? InputFile.text(at: "\(folder)/\(file)")) ?? "").split(separator: "\n").map(String.init)
    }
    /// Calls of sbatch.
    var calls: [String] { lines("calls") }

    // MARK: Engine

    var now: ContinuousClock.Instant { time.now }

    func engine(_ machine: String = #"{"machine": {"batch_type": "Slurm"}, "resources": {}}"#) throws -> SlurmEngine {
        let file = temporary.folder + "/machine.json"
        try AtomicFile.write(machine, to: file)
        let clock = SlurmClock(now: { [time] in time.now }, sleep: { [time] in time.pass($0) })
        return try SlurmEngine(
            MachineFile(file), store: store, cores: 2, worker: ["worker"],
            commands: SlurmCommands(folder: folder + "/bin"),
            clock: clock, say: { [said] in said.add($0) })
    }

    func submit(_ toys: [Toy], to engine: SlurmEngine) throws {
        try engine.submit(
            toys.map { Job($0, key: $0.key, folderKey: $0.folderKey, cores: $0.cores, rank: $0.cost) },
            to: temporary.workplace())
    }

    /// Lets so many seconds pass.
    @discardableResult
    func pass(_ seconds: Double, _ engine: SlurmEngine) throws -> [JobEvent] {
        let end = now + .seconds(seconds)
        var events: [JobEvent] = []
        while now < end { events += try engine.events(within: end - now) }
        return events
    }

    func ends(_ events: [JobEvent]) -> [String: JobEnd] {
        var ends: [String: JobEnd] = [:]
        for case .ended(let key, let end) in events { ends[key] = end }
        return ends
    }

    // MARK: Cluster

    /// Where the open job of a toy stands.
    func place(of toy: Toy) throws -> (array: SlurmArray, place: Int) {
        for (array, places) in journal.open().reversed() {
            if let place = places.first(where: { array.elements[$0].key == toy.key }) { return (array, place) }
        }
        throw ToyError(description: "no job is open for \(toy.name)")
    }

    /// What squeue shows from now on.
    func queue(_ rows: (toy: Toy, state: String)..., reason: String = "None", job: String? = nil) throws {
        let lines = try rows.map { toy, state in
            let (array, place) = try place(of: toy)
            return "\(job ?? array.job ?? "101")_\(place)|\(state)|node1|\(array.name)|\(reason)"
        }
        try write(lines.joined(separator: "\n"), to: "queue")
    }

    func emptyQueue() { remove("queue") }

    /// The script's last act.
    func exit(_ toy: Toy, code: Int) throws { try exit(place(of: toy), code: code) }

    private func exit(_ position: (array: SlurmArray, place: Int), code: Int) throws {
        let (array, place) = position
        let exit = SlurmExit(
            code: code, host: "node1", restarts: 0, started: "2026-01-01T00:00:00Z", ended: "2026-01-01T00:01:00Z")
        try JSONText.write(exit, to: journal.path(array.name, "exit/\(place).json"))
    }

    /// A worker on a node, with the script's last act.
    func work(_ toy: Toy, stop: StopFlag = StopFlag(), thenExits: Bool = true) async throws {
        // What has an outcome is not open any more.
        let position = try place(of: toy)
        let worker = Worker(temporary.workplace(), kinds: CalculationKinds([Toy.self]))
        let end = try await worker.perform("\(toy.folderKey)/\(toy.key)", stop: stop)
        let codes: [JobEnd.Status: Int] = [.done: 0, .failed: 1, .interrupted: 143]
        if thenExits { try exit(position, code: codes[end.status] ?? 1) }
    }
}
