import Foundation
import Structures
import Synchronization
import Testing

@testable import Labelling

struct ExternalProgramTests {
    private func shell(_ script: String, timeout: Duration = .seconds(60)) async throws -> ExternalProgram.Outcome {
        try await withTemporaryFolder {
            try await ExternalProgram(executable: "/bin/sh", arguments: ["-c", script], environment: ["WORD": "hello"])
                .run(in: $0, timeout: timeout)
        }
    }

    @Test func outputAndStatus() async throws {
        let outcome = try await shell("echo $WORD; echo trouble >&2; exit 3")
        #expect(outcome.end == .exited(3))
        #expect(outcome.output == "hello\ntrouble\n")
    }

    @Test func aSignal() async throws {
        #expect(try await shell("kill -9 $$").end == .signalled(9))
    }

    @Test func aTimeoutEndsTheProgram() async throws {
        let outcome = try await shell("echo begun; exec sleep 600", timeout: .seconds(1))
        #expect(outcome.end == .timedOut)
        #expect(outcome.output == "begun\n")
    }

    @Test func cancellationEndsTheProgram() async throws {
        let task = Task { try await shell("exec sleep 600") }
        try await Task.sleep(for: .milliseconds(300))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    /// A launcher that ignores SIGTERM, and its child: both end, and the watch hears of it.
    @Test(arguments: [true, false]) func nothingOfItsGroupIsLeft(isCancelled: Bool) async throws {
        try await withTemporaryFolder { folder in
            let events = Mutex<[String]>([])
            let watch = ProcessWatch(
                started: { id in events.withLock { $0.append("started \(id > 1)") } },
                ended: { events.withLock { $0.append("ended") } })
            let script = "sleep 600 & echo $! > child; \(isCancelled ? "wait" : "exit 0")"
            let task = Task {
                try await ExternalProgram(executable: "/bin/sh", arguments: ["-c", script])
                    .run(in: folder, timeout: .seconds(60), watch: watch)
            }
            var child: Int32?
            while child == nil {
                try await Task.sleep(for: .milliseconds(20))
                child = (try? String(contentsOfFile: "\(folder)/child", encoding: .utf8))
                    .flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
            }
            if isCancelled { task.cancel() }
            _ = try? await task.value
            #expect(events.withLock { $0 } == ["started true", "ended"])
            let process = try #require(child)
            for _ in 0..<100 where isRunning(process) { try await Task.sleep(for: .milliseconds(20)) }
            #expect(!isRunning(process))
        }
    }

    /// A dead child that nobody waits for counts as ended.
    private func isRunning(_ process: Int32) -> Bool {
        guard kill(process, 0) == 0 else { return false }
        let state = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8))?
            .split(separator: ")").last?.split(separator: " ").first
        return state != "Z"
    }

    @Test func aProgramThatIsNotThere() async throws {
        _ = try await withTemporaryFolder { folder in
            await #expect(throws: ExternalProgramFailure.self) {
                _ = try await ExternalProgram(executable: "/nowhere/x").run(in: folder, timeout: .seconds(5))
            }
        }
    }
}
