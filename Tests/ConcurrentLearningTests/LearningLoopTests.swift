import Calculations
import Execution
import Files
import Foundation
import Parallel
import Structures
import Synchronization
import Testing

@testable import ConcurrentLearning

@Suite struct LearningLoopTests {
    /// Everything but times.
    private static func result(_ record: LearningRecord) throws -> Data {
        var record = record
        for index in record.iterations.indices { record.iterations[index].times = [:] }
        return try JSONText.canonical(record)
    }

    @Test func loopLearnsAndSaysWhyItEnds() async throws {
        let miniature = try Miniature()
        let record = try await miniature.run()
        #expect(record.iterations.count == 3 && record.iterations[2].job == nil)
        #expect(record.end?.reason == .planned)
        // Systems of one temperature each have 11 frames; the limit is 4 labels of a system.
        #expect(record.iterations[0].temperatures.map { $0.accurate + $0.candidate + $0.failed } == [11, 11])
        #expect(
            record.iterations[0].trajectories.map(\.frames) == [11, 11] && record.iterations[2].trajectories.isEmpty)
        #expect(record.iterations.map(\.labels) == [4, 8, 8])
        #expect(record.iterations.map(\.trainingFrames) == [8, 12, 16])
        // The hold-out's forces have a root mean square of 0.83 eV/Å, which a net that has learnt nothing is off by.
        let errors = record.iterations.compactMap { $0.holdOut?.map(\.forces).max() }
        #expect(errors.count == 3 && errors.allSatisfy { $0 < 0.42 }, "\(errors) eV/Å")

        let output = "\(miniature.folder.path)/run"
        #expect(try InputFile.text(at: "\(output)/record.dpgen").split(separator: "\n").last == "2 2")
        let log = try InputFile.text(at: "\(output)/dpgen.log")
        #expect(log.contains("system 000 candidate :") && log.contains("iter.000001 task 08"))
        let shuffled = try InputFile.text(at: "\(output)/iter.000000/02.fp/candidate.shuffled.000.out")
        #expect(shuffled.hasPrefix("iter.000000/01.model_devi/task.000.00000"))
        let labelled = try LabelledSystem.load(path: "\(output)/iter.000000/02.fp/data.000")
        #expect(labelled.frameCount == 4 && labelled.virials != nil)
        #expect(InputFile.isFolder("\(output)/iter.000001/01.model_devi/task.001.000000"))
        #expect(FileManager.default.fileExists(atPath: "\(output)/iter.000001/00.train/graph.001.dp"))
    }

    /// Interrupted once in each stage, the loop ends in what it would have ended in.
    @Test func interruptedLoopEndsInTheSame() async throws {
        let miniature = try Miniature()
        let whole = try Self.result(try await miniature.run("whole"))
        let kinds = Mutex<Set<String>>([])
        var record: LearningRecord?
        for _ in 0..<10 where record == nil {
            let stop = StopFlag()
            let engine = StoppingEngine(LocalEngine(cores: 2), stop: stop) { kind in
                kinds.withLock { $0.insert(kind).inserted }
            }
            do {
                record = try await miniature.run("broken", on: engine, stop: stop)
            } catch is Interrupted {}
        }
        #expect(kinds.withLock { $0 } == [Training.kind, Exploration.kind, FrameErrors.kind, Labels.kind])
        let broken = try Self.result(try #require(record))
        #expect(broken == whole)
        // Nothing is told or written twice.
        let files = ["whole", "broken"].map { "\(miniature.folder.path)/\($0)/record.dpgen" }
        #expect(try InputFile.text(at: files[0]) == InputFile.text(at: files[1]))
    }

    /// Jobs may be added to a protocol whose loop has ended, and nothing is computed again.
    @Test func jobsMayBeAdded() async throws {
        let miniature = try Miniature()
        let first = try await miniature.run()
        let text = try InputFile.text(at: miniature.param)
        let job = "{\"sys_idx\": [1], \"temps\": [300], \"trj_freq\": 5, \"nsteps\": 50, \"ensemble\": \"nvt\"}"
        try AtomicFile.write(text.replacingOccurrences(of: job, with: "\(job), \(job)"), to: miniature.param)
        let second = try await miniature.run()
        #expect(second.iterations.count == 4)
        #expect(second.iterations.prefix(2).map(\.models) == first.iterations.prefix(2).map(\.models))
        #expect(second.iterations[2].models == first.iterations[2].models)
    }

    @Test func storeOfAnotherProtocolIsRefused() async throws {
        let miniature = try Miniature()
        _ = try await miniature.run()
        let text = try InputFile.text(at: miniature.param)
        try AtomicFile.write(
            text.replacingOccurrences(of: "\"fp_task_max\": 4", with: "\"fp_task_max\": 5"), to: miniature.param)
        let error = try await #require(throws: InputError.self) { try await miniature.run() }
        #expect(error.place == "fp_task_max" && error.problem.contains("belongs to a protocol that differs"))
    }

    @Test func secondDriverIsRefused() async throws {
        let miniature = try Miniature()
        let store = try miniature.store("run-store")
        let scheduler = try Scheduler(Workplace(store, program: "other"), engine: LocalEngine(cores: 1))
        defer { scheduler.close() }
        let error = try await #require(throws: InputError.self) { try await miniature.run() }
        #expect(error.problem.contains("another run works with this store"))
    }

    @Test func globThatMatchesNothingIsNamed() throws {
        let miniature = try Miniature([("[\"disordered.vasp\"]", "[\"nowhere/*/POSCAR\"]")])
        let error = try #require(throws: InputError.self) { try miniature.plan(miniature.store()) }
        #expect(error.place == "sys_configs[1]" && error.problem.contains("nowhere/*/POSCAR"))
    }

    @Test func tooFewSlotsAreFoundBeforeTraining() throws {
        let miniature = try Miniature([("\"auto:1.5\"", "[8, 2, 4, 12]")])
        let error = try #require(throws: InputError.self) { try miniature.plan(miniature.store()) }
        #expect(error.place?.hasSuffix("descriptor/sel") ?? false)
        #expect(error.problem.contains("neighbours within 5.0 Å"))
    }
}

/// Raises a stop flag when a calculation begins of a kind that `shouldStop` names.
private struct StoppingEngine: Engine {
    let engine: any Engine
    let stop: StopFlag
    let shouldStop: @Sendable (String) -> Bool
    private let kinds = KindBoard()

    init(_ engine: any Engine, stop: StopFlag, shouldStop: @escaping @Sendable (String) -> Bool) {
        self.engine = engine
        self.stop = stop
        self.shouldStop = shouldStop
    }

    var name: String { engine.name }

    func submit(_ jobs: [Job], to workplace: Workplace) throws {
        for job in jobs { kinds.note(job) }
        try engine.submit(jobs, to: workplace)
    }

    func events(within patience: Duration) throws -> [JobEvent] {
        let events = try engine.events(within: patience)
        for case .began(let key, _) in events {
            if let kind = kinds.kind(of: key), shouldStop(kind) { stop.raise() }
        }
        return events
    }

    func fractions() -> [String: Double] { engine.fractions() }
    func cancel(_ keys: Set<String>) { engine.cancel(keys) }
}

private final class KindBoard: Sendable {
    private let kinds = Mutex<[String: String]>([:])

    func note(_ job: Job) {
        let kind = type(of: job.calculation).kind
        kinds.withLock { $0[job.key] = kind }
    }

    func kind(of key: String) -> String? { kinds.withLock { $0[key] } }
}
