import Calculations
import Execution
import Files
import Foundation
import Labelling
import Parallel
import Structures
import Testing

/// Batches that are stopped, and what killed drivers leave running.
struct LabelStopTests {
    private func noted(in fake: FakeCP2K) throws -> Int32? {
        (try? InputFile.text(at: "\(fake.folder)/process")).flatMap {
            Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }

    @Test func aStopEndsCP2KAndWritesWhatIsFinished() async throws {
        try await FakeCP2K.with { fake in
            try fake.mark("slow")
            let frames = try FakeCP2K.frames([2.1, FakeCP2K.slow])
            let stop = StopFlag()
            let batch = try fake.batch(jobs: 1, stop: stop)
            let run = Task { try await batch.run(frames) }
            #expect(try await eventually { fake.has("process") })
            let process = try #require(try noted(in: fake))
            #expect(isRunning(process))
            stop.raise()
            await #expect(throws: Interrupted.self) { try await run.value }
            #expect(try await eventually { !isRunning(process) })
            #expect(try fake.system().frameCount == 1)
            let labels = Labels(frames[1].structure, by: FakeCP2K.code(), machine: fake.machine)
            let folder = try Store(existing: fake.store).workFolder(labels.folderKey)
            #expect(!FileManager.default.fileExists(atPath: folder.file("external-process.json")))

            try fake.unmark("slow")
            let end = try await fake.batch().run(frames)
            #expect(end.found == 1 && end.labelled == 1 && end.failed == 0)
            #expect(fake.calls == ["PBE 2.1", "PBE 2.9", "PBE 2.9"])
        }
    }

    /// As a killed driver leaves it: CP2K runs on in its own group, and is on record.
    @Test func whatAKilledDriverLeftIsEndedFirst() async throws {
        try await FakeCP2K.with { fake in
            let frames = try FakeCP2K.frames([2.1])
            let labels = Labels(frames[0].structure, by: FakeCP2K.code(), machine: fake.machine)
            let folder = try Store(fake.store).workFolder(labels.folderKey)
            let sleeper = Task {
                try await ExternalProgram(executable: "/bin/sh", arguments: ["-c", "echo $$ > process; sleep 600"])
                    .run(
                        in: fake.folder, timeout: FakeCP2K.patience,
                        watch: ProcessWatch(
                            started: { try ExternalProcessGuard.record($0, in: folder) }, ended: {}))
            }
            #expect(try await eventually { try noted(in: fake) != nil })
            let process = try #require(try noted(in: fake))
            let end = try await fake.batch().run(frames)
            #expect(end.labelled == 1)
            #expect(!isRunning(process))
            #expect(fake.calls == ["PBE 2.1"])
            #expect(folder.lastLines().contains { $0.contains("left by an earlier run") })
            _ = try? await sleeper.value
        }
    }

    /// PBE is done and its state kept when the second level is stopped: the next start goes on with that.
    @Test func aStopBetweenLevelsLosesTheLevelUnderWayOnly() async throws {
        try await FakeCP2K.with { fake in
            let code = FakeCP2K.code([.pbe, .pbesol])
            let frames = try FakeCP2K.frames([FakeCP2K.slow])
            let labels = Labels(frames[0].structure, by: code, machine: fake.machine)
            let store = try Store(fake.store)
            // Becomes slow when PBE is done.
            let stop = StopFlag()
            let batch = try fake.batch(code, stop: stop)
            let done = try store.workFolder(labels.folderKey).file("PBE.json")
            try fake.mark("slow-second")
            let run = Task { try await batch.run(frames) }
            #expect(try await eventually { FileManager.default.fileExists(atPath: done) && fake.has("process") })
            stop.raise()
            await #expect(throws: Interrupted.self) { try await run.value }
            try fake.unmark("slow-second")
            #expect(try await fake.batch(code).run(frames).labelled == 2)
            #expect(fake.calls == ["PBE 2.9", "PBEsol 2.9 from state", "PBEsol 2.9 from state"])
        }
    }
}
