import Foundation
import Structures
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

    @Test func aProgramThatIsNotThere() async throws {
        _ = try await withTemporaryFolder { folder in
            await #expect(throws: ExternalProgramFailure.self) {
                _ = try await ExternalProgram(executable: "/nowhere/x").run(in: folder, timeout: .seconds(5))
            }
        }
    }
}
