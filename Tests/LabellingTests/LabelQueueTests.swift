import Files
import Foundation
import Structures
import Testing

@testable import Labelling

/// Answers at once; fails where it is told to.
private struct ScriptedLabeller: Labeller {
    let levels = ["PBE", "PBEsol"]
    var failing: Set<String> = []
    var quality = "good"
    let calls = Calls()

    actor Calls {
        var count = 0
        func add() { count += 1 }
    }

    func settings(of level: String) -> [String: String] { ["functional": level, "quality": quality] }

    func label(
        _ structure: Structure, levels: [String], folder: String
    ) async throws -> [String: Result<Label, LabelFailure>] {
        await calls.add()
        try AtomicFile.write("input", to: "\(folder)/in.txt")
        try AtomicFile.write("large", to: "\(folder)/PBE-RESTART.kp")
        var results: [String: Result<Label, LabelFailure>] = [:]
        for level in levels {
            let x = structure.positions[0].x
            if failing.contains("\(level) \(x)") {
                results[level] = .failure(LabelFailure(.notConverged, "no", quotedLines: ["step 80"]))
            } else {
                results[level] = .success(
                    Label(
                        energy: x, forces: structure.positions, virial: 2 * Matrix3.identity, selfConsistencySteps: 7,
                        wallTime: 1, code: "scripted"))
            }
        }
        return results
    }
}

struct LabelQueueTests {
    private func frames(_ xs: [Double], dataset: String = "LiS") throws -> [QueuedFrame] {
        try xs.enumerated().map { index, x in
            QueuedFrame(
                dataset: dataset, source: "here", index: index,
                structure: Structure(
                    cell: try Cell(a: 5, b: 5, c: 5), species: [.lithium, .sulfur],
                    positions: [SIMD3(x, 0, 0), SIMD3(2.4, 0, 0)]),
                typeMap: ["Li", "S"])
        }
    }

    @Test(arguments: [1, 3]) func labelsAllAndSkipsDuplicates(jobs: Int) async throws {
        try await withTemporaryFolder { folder in
            let queue = LabelQueue(labeller: ScriptedLabeller(), output: folder, concurrency: jobs)
            let end = try await queue.run(frames([0.1, 0.2, 0.1, 0.3]))
            #expect(end.total == 6)
            #expect(end.labelled == 6)
            #expect(end.failed == 0)
            #expect(end.duplicates == 1)
            for level in ["PBE", "PBEsol"] {
                let system = try LabelledSystem.load(path: "\(folder)/\(level)/LiS")
                // In the order of the frames, whatever the order in which they were finished.
                #expect(system.energies == [0.1, 0.2, 0.3])
                #expect(system.forces(frame: 1)[1] == SIMD3(2.4, 0, 0))
                #expect(system.virial(frame: 2) == 2 * Matrix3.identity)
                let manifest = try LabelManifest.load(folder: "\(folder)/\(level)/LiS")
                #expect(manifest.frames.map(\.index) == [0, 1, 3])
                #expect(manifest.code == "scripted" && manifest.settings["functional"] == level)
                #expect(manifest.frames[0].selfConsistencySteps == 7)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/work").isEmpty)
        }
    }

    @Test func aSecondStartContinues() async throws {
        try await withTemporaryFolder { folder in
            _ = try await LabelQueue(labeller: ScriptedLabeller(), output: folder).run(frames([0.1, 0.2]))
            let labeller = ScriptedLabeller()
            let end = try await LabelQueue(labeller: labeller, output: folder).run(frames([0.1, 0.2, 0.3]))
            #expect(end.found == 4)
            #expect(end.labelled == 2)
            #expect(await labeller.calls.count == 1)
            #expect(try LabelledSystem.load(path: "\(folder)/PBE/LiS").frameCount == 3)
        }
    }

    @Test func failuresAreKeptAndTheQueueGoesOn() async throws {
        try await withTemporaryFolder { folder in
            let failing = ScriptedLabeller(failing: ["PBE 0.1"])
            let end = try await LabelQueue(labeller: failing, output: folder).run(frames([0.1, 0.2]))
            #expect(end.labelled == 3)
            #expect(end.failed == 1)
            #expect(end.remaining == 0)
            let hash = try FrameHash.hexadecimal(of: frames([0.1])[0].structure)
            let kept = "\(folder)/failures/PBE/\(hash)"
            let reason = try InputFile.text(at: "\(kept)/reason.txt")
            #expect(reason.contains("not converged") && reason.contains("step 80"))
            #expect(Set(try FileManager.default.contentsOfDirectory(atPath: kept)) == ["reason.txt", "in.txt"])

            // Not tried again by itself; tried when asked for, and then forgotten.
            let again = ScriptedLabeller()
            let second = try await LabelQueue(labeller: again, output: folder).run(frames([0.1, 0.2]))
            #expect(second.failed == 1)
            #expect(second.found == 3)
            #expect(await again.calls.count == 0)
            let third = try await LabelQueue(labeller: again, output: folder, retriesFailures: true)
                .run(frames([0.1, 0.2]))
            #expect(third.failed == 0)
            #expect(third.labelled == 1)
            #expect(!FileManager.default.fileExists(atPath: kept))
        }
    }

    @Test func whatACrashLeftIsMended() async throws {
        try await withTemporaryFolder { folder in
            let files = FileManager.default
            _ = try await LabelQueue(labeller: ScriptedLabeller(), output: folder).run(frames([0.1, 0.2]))
            let system = "\(folder)/PBE/LiS"
            // Between the two renames, with a half-written successor, and a work folder of a killed run.
            try files.moveItem(atPath: system, toPath: "\(system).old")
            try files.createDirectory(atPath: "\(system).new/set.000", withIntermediateDirectories: true)
            try files.createDirectory(atPath: "\(folder)/work/dead", withIntermediateDirectories: true)
            let end = try await LabelQueue(labeller: ScriptedLabeller(), output: folder).run(frames([0.1, 0.2, 0.3]))
            #expect(end.found == 4)
            #expect(end.labelled == 2)
            #expect(try LabelledSystem.load(path: system).frameCount == 3)
            #expect(try files.contentsOfDirectory(atPath: "\(folder)/PBE") == ["LiS"])
            #expect(!files.fileExists(atPath: "\(folder)/work/dead"))
        }
    }

    @Test func twoRunsCannotShareAFolder() async throws {
        try await withTemporaryFolder { folder in
            let queue = LabelQueue(labeller: ScriptedLabeller(), output: folder)
            var other: FolderLock? = try FolderLock(folder)
            await #expect(throws: InputError.self) { try await queue.run(frames([0.1])) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            withExtendedLifetime(other) {}
            other = nil
            #expect(try await queue.run(frames([0.1])).labelled == 2)
        }
    }

    @Test func otherSettingsOrAtomsAreRefused() async throws {
        try await withTemporaryFolder { folder in
            func refusal(_ labeller: ScriptedLabeller, _ frames: [QueuedFrame]) async throws -> String? {
                do {
                    _ = try await LabelQueue(labeller: labeller, output: folder).run(frames)
                    return nil
                } catch let error as InputError {
                    return error.description
                }
            }
            #expect(try await refusal(ScriptedLabeller(), frames([0.1])) == nil)
            let poor = try await refusal(ScriptedLabeller(quality: "poor"), frames([0.2]))
            #expect(poor?.contains("quality: good there, poor now") == true)
            var other = try frames([0.2])
            other[0].structure.species = [.sulfur, .lithium]
            #expect(try await refusal(ScriptedLabeller(), other)?.contains("another system") == true)
            other[0].dataset = "SLi"
            let mixed = try other + frames([0.3], dataset: "SLi")
            #expect(try await refusal(ScriptedLabeller(), mixed)?.contains("atoms differ") == true)
            other[0].dataset = "LiS"
            other[0].structure.species = [.lithium, .tin]
            #expect(try await refusal(ScriptedLabeller(), other)?.contains("Sn is not in the type map") == true)
            try FileManager.default.removeItem(atPath: "\(folder)/PBE/LiS/manifest.json")
            #expect(try await refusal(ScriptedLabeller(), frames([0.1]))?.contains("manifest.json") == true)
        }
    }

    @Test func progressTellsWhatIsLeft() {
        var progress = LabelProgress(
            total: 100, found: 10, labelled: 20, failed: 1, waiting: 0, duplicates: 0, elapsed: 1200)
        // 20 labels in 20 minutes, 69 left.
        #expect(progress.line == "30 of 100 labels, 1 failed, about 1 h 9 min left")
        progress.labelled = 0
        #expect(progress.secondsLeft == nil)
    }

    @Test func interleavingTakesTurns() throws {
        let lists = try [frames([1, 2, 3], dataset: "a"), frames([4], dataset: "b"), frames([5, 6], dataset: "c")]
        #expect(QueuedFrame.interleaved(lists).map(\.dataset) == ["a", "b", "c", "a", "c", "a"])
    }

    @Test func theHashIsThatOfTheContent() throws {
        let a = try frames([0.1])[0].structure
        var b = a
        b.positions[0].x = Double(Float(0.1))
        #expect(FrameHash.hexadecimal(of: a) == FrameHash.hexadecimal(of: b))
        b.positions[0].x = 0.11
        #expect(FrameHash.hexadecimal(of: a) != FrameHash.hexadecimal(of: b))
        b = a
        b.species = [.lithium, .tin]
        #expect(FrameHash.hexadecimal(of: a) != FrameHash.hexadecimal(of: b))
    }
}
