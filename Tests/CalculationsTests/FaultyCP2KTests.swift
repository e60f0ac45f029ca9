import Calculations
import Execution
import Files
import Foundation
import Labelling
import Structures
import Testing

/// Every way for a calculation to go wrong reaches the batch as it would from the real program.
struct FaultyCP2KTests {
    /// The x of the second atom (Å), and the reason that has to be given.
    private static let behaviours: [(x: Double, reason: LabelFailure.Reason?)] = [
        (2.1, nil), (2.2, .notConverged), (2.3, .crashed), (2.4, .killed), (2.6, .incompleteOutput),
        // Never reaches the program.
        (0.2, .badStructure), (2.7, nil),
    ]

    @Test func everyFrameEndsLabelledOrWithItsReason() async throws {
        try await FakeCP2K.with { fake in
            let gold = try FakeCP2K.frames([2.1], second: #require(Species(symbol: "Au")), dataset: "LiAu")
            let frames = try FakeCP2K.frames(Self.behaviours.map(\.x)) + gold
            let end = try await fake.batch().run(frames)
            #expect(end.labelled == 2)
            #expect(end.failed == 6)
            #expect(end.remaining == 0)

            let store = try Store(existing: fake.store)
            let failed = try ScheduleStatus(of: store).failed
            #expect(failed.count == 6)
            for (frame, reason) in zip(frames, Self.behaviours.map(\.reason) + [.missingElement]) {
                let labels = Labels(frame.structure, by: FakeCP2K.code(), machine: fake.machine)
                let kept = try store.workFolder(labels.folderKey).file("PBE")
                guard let reason else {
                    #expect(!FileManager.default.fileExists(atPath: "\(kept)/reason.txt"))
                    continue
                }
                let text = try InputFile.text(at: "\(kept)/reason.txt")
                #expect(text.contains("\n\(reason.rawValue): "), "\(text)")
                let reachesProgram = ![.badStructure, .missingElement].contains(reason)
                #expect(FileManager.default.fileExists(atPath: "\(kept)/PBE.inp") == reachesProgram)
                #expect(FileManager.default.fileExists(atPath: "\(kept)/PBE.out") == reachesProgram)
                // The lines of the output that tell why.
                #expect(text.contains("\n    | ") == reachesProgram, "\(text)")
                // What `status` shows.
                let failure = try #require(failed.first { $0.key == labels.key })
                #expect(failure.reason.contains("PBE: \(reason.rawValue): "), "\(failure.reason)")
                #expect(failure.lastLines.contains { $0.contains(reason.rawValue) }, "\(failure.lastLines)")
                #expect(failure.lastLines.contains { $0.contains("    | ") } == reachesProgram)
            }
            #expect(try fake.system().frameCount == 2)

            // A second start finds the labels, leaves the failures alone and goes on with what is new.
            let calls = fake.calls.count
            let second = try await fake.batch().run(frames + FakeCP2K.frames([2.8]))
            #expect(second.found == 2)
            #expect(second.failed == 6)
            #expect(second.labelled == 1)
            #expect(fake.calls.count == calls + 1)
        }
    }

    /// The program hangs, whatever time it is given.
    @Test func aHangingProgramTimesOut() async throws {
        try await FakeCP2K.with { fake in
            let frames = try FakeCP2K.frames([2.5])
            let end = try await fake.batch(timeout: .seconds(2)).run(frames)
            #expect(end.labelled == 0 && end.failed == 1 && end.remaining == 0)
            let labels = Labels(frames[0].structure, by: FakeCP2K.code(), machine: fake.machine)
            let folder = try Store(existing: fake.store).workFolder(labels.folderKey)
            let text = try InputFile.text(at: folder.file("PBE") + "/reason.txt")
            #expect(text.contains("\n\(LabelFailure.Reason.timedOut.rawValue): "), "\(text)")
        }
    }

    /// PBE fails where PBEsol does not: the one label counts, and only the other is tried again.
    @Test func aLevelThatFailsLeavesTheOthers() async throws {
        try await FakeCP2K.with { fake in
            let frames = try FakeCP2K.frames([FakeCP2K.brittle, 2.1])
            let code = FakeCP2K.code([.pbe, .pbesol])
            let end = try await fake.batch(code).run(frames)
            #expect(end.labelled == 3)
            #expect(end.failed == 1)
            #expect(end.remaining == 0)
            #expect(try fake.system("PBEsol").frameCount == 2)
            #expect(fake.calls.sorted() == ["PBE 2.1", "PBE 3.1", "PBEsol 2.1 from state", "PBEsol 3.1"])

            // Not tried again by itself; tried when asked for, and then forgotten.
            try fake.mark("healed")
            let second = try await fake.batch(code).run(frames)
            #expect(second.failed == 1)
            #expect(second.found == 3)
            #expect(fake.calls.count == 4)
            let third = try await fake.batch(code, retriesFailures: true).run(frames)
            #expect(third.failed == 0)
            #expect(third.labelled == 1)
            #expect(fake.calls.count == 5 && fake.calls.last == "PBE 3.1")
            #expect(try ScheduleStatus(of: Store(existing: fake.store)).failed.isEmpty)
            #expect(try fake.system("PBE").frameCount == 2)

            // Converged states are large: none is left.
            let files = FileManager.default.enumerator(atPath: fake.output)?.allObjects as? [String] ?? []
            #expect(!files.contains { $0.contains("RESTART") })
        }
    }
}
