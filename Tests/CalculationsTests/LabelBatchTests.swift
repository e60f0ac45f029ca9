import Calculations
import Execution
import Files
import Foundation
import Labelling
import Parallel
import Structures
import Testing

struct LabelBatchTests {
    @Test(arguments: [1, 3]) func labelsAllAndSkipsDuplicates(jobs: Int) async throws {
        try await FakeCP2K.with { fake in
            let xs = [2.1, 2.7, 2.1, 2.8]
            let end = try await fake.batch(FakeCP2K.code([.pbe, .pbesol]), jobs: jobs).run(FakeCP2K.frames(xs))
            #expect(end.total == 6)
            #expect(end.labelled == 6)
            #expect(end.failed == 0)
            #expect(end.duplicates == 1)
            #expect(fake.calls.count == 6)
            for level in ["PBE", "PBEsol"] {
                let system = try fake.system(level)
                try #require(system.frameCount == 3)
                // In the order of the frames, whatever the order in which they were finished.
                for (energy, x) in zip(system.energies, [2.1, 2.7, 2.8]) {
                    #expect(abs(energy - FakeCP2K.energy(x)) < 1e-9)
                }
                #expect(system.coordinates[9] == 2.7)
                // 1 GPa in 216 Å³.
                #expect(abs(try #require(system.virial(frame: 2))[0][0] - 216 / 160.2176634) < 1e-9)
                let manifest = try LabelManifest.load(folder: "\(fake.output)/\(level)/LiSi")
                #expect(manifest.frames.map(\.index) == [0, 1, 3])
                #expect(manifest.code == "CP2K version fake" && manifest.settings["functional"] == level)
                #expect(manifest.frames[0].selfConsistencySteps == 7)
            }
        }
    }

    @Test func aSecondStartContinues() async throws {
        try await FakeCP2K.with { fake in
            let code = FakeCP2K.code([.pbe, .pbesol])
            _ = try await fake.batch(code).run(FakeCP2K.frames([2.1, 2.7]))
            let end = try await fake.batch(code).run(FakeCP2K.frames([2.1, 2.7, 2.8]))
            #expect(end.found == 4)
            #expect(end.labelled == 2)
            #expect(fake.calls.count == 6)
            #expect(try fake.system().frameCount == 3)
        }
    }

    /// The datasets are views: what someone removes comes back from the store.
    @Test func datasetsAreMadeAgainFromTheStore() async throws {
        try await FakeCP2K.with { fake in
            let frames = try FakeCP2K.frames([2.1, 2.7])
            _ = try await fake.batch().run(frames)
            try FileManager.default.removeItem(atPath: "\(fake.output)/PBE")
            let end = try await fake.batch().run(frames)
            #expect(end.found == 2 && end.labelled == 0)
            #expect(try fake.system().frameCount == 2)
            #expect(fake.calls.count == 2)
        }
    }

    /// A dataset without a store, as earlier versions left it: its frames count as done, and stay.
    @Test func labelsOfEarlierVersionsStay() async throws {
        try await FakeCP2K.with { fake in
            _ = try await fake.batch(FakeCP2K.code([.pbe])).run(FakeCP2K.frames([2.1, 2.7]))
            try FileManager.default.removeItem(atPath: fake.store)
            let old = try fake.system()
            let code = FakeCP2K.code([.pbe, .pbesol])
            let frames = try FakeCP2K.frames([2.1, 2.7, 2.8])
            let end = try await fake.batch(code).run(frames)
            #expect(end.found == 2)
            #expect(end.labelled == 4)
            #expect(fake.calls.count == 6)
            let new = try fake.system()
            #expect(new.frameCount == 3 && Array(new.energies.prefix(2)) == old.energies)
            #expect(Array(new.coordinates.prefix(12)) == old.coordinates)
            #expect(try await fake.batch(code).run(frames).found == 6)
            #expect(fake.calls.count == 6)
        }
    }

    @Test func othersFilesSurvive() async throws {
        try await FakeCP2K.with { fake in
            let places = [
                "work/notes", "failures/notes", "PBE/LiSi.old/notes", "PBE/LiSi.new/notes", "PBE/work/notes",
                "PBE/.LiSi.new-mine/notes",
            ].map { "\(fake.output)/\($0)" }
            for place in places {
                try Folder.make(URL(fileURLWithPath: place).deletingLastPathComponent().path)
                try AtomicFile.write("precious", to: place)
            }
            _ = try await fake.batch().run(FakeCP2K.frames([2.1]))
            // Also inside the dataset, which is exchanged with the next label.
            let inside = ["README.md", "plots/a.png", "set.000/charge.npy"].map { "\(fake.output)/PBE/LiSi/\($0)" }
            try Folder.make("\(fake.output)/PBE/LiSi/plots")
            for place in inside { try AtomicFile.write("precious", to: place) }
            _ = try await fake.batch().run(FakeCP2K.frames([2.1, 2.7]))
            #expect(try fake.system().frameCount == 2)
            for place in places + inside { #expect(try InputFile.text(at: place) == "precious") }
            let hidden = try FileManager.default.contentsOfDirectory(atPath: "\(fake.output)/PBE").filter {
                $0.hasPrefix(".")
            }
            #expect(hidden == [".LiSi.new-mine"])
        }
    }

    @Test func whatACrashLeftIsMended() async throws {
        try await FakeCP2K.with { fake in
            let files = FileManager.default
            _ = try await fake.batch().run(FakeCP2K.frames([2.1, 2.7]))
            let parent = "\(fake.output)/PBE"
            // Between the two renamings, with a half-written successor.
            try files.moveItem(atPath: "\(parent)/LiSi", toPath: "\(parent)/.LiSi.old-77-abc")
            try Folder.make("\(parent)/.LiSi.new-77-def.tmp-77-123/set.000")
            try AtomicFile.write("half", to: "\(parent)/.LiSi.new-77-def.tmp-77-123/set.000/coord.npy.tmp-77-1")
            try files.removeItem(atPath: fake.store)
            let end = try await fake.batch().run(FakeCP2K.frames([2.1, 2.7, 2.8]))
            #expect(end.found == 2)
            #expect(end.labelled == 1)
            #expect(try fake.system().frameCount == 3)
            #expect(try files.contentsOfDirectory(atPath: parent) == ["LiSi"])
        }
    }

    @Test func twoRunsCannotShareAFolder() async throws {
        try await FakeCP2K.with { fake in
            let batch = try fake.batch()
            var other: FolderLock? = try FolderLock(fake.output)
            await #expect(throws: InputError.self) { try await batch.run(FakeCP2K.frames([2.1])) }
            #expect(fake.calls.isEmpty)
            withExtendedLifetime(other) {}
            other = nil
            #expect(try await batch.run(FakeCP2K.frames([2.1])).labelled == 1)
        }
    }

    @Test func otherSettingsOrAtomsAreRefused() async throws {
        try await FakeCP2K.with { fake in
            func refusal(_ frames: [QueuedFrame], cutoff: Double = 100) async throws -> String? {
                do {
                    _ = try await fake.batch(FakeCP2K.code(cutoff: cutoff)).run(frames)
                    return nil
                } catch let error as InputError {
                    return error.description
                }
            }
            #expect(try await refusal(FakeCP2K.frames([2.1])) == nil)
            let poor = try await refusal(FakeCP2K.frames([2.7]), cutoff: 50)
            #expect(poor?.contains("cutoff (Ry): 100.0 there, 50.0 now") == true, "\(poor ?? "")")
            #expect(poor?.contains("the labels there were made with other settings") == true)
            var other = try FakeCP2K.frames([2.7])
            other[0].structure.species = [.silicon, .lithium]
            #expect(try await refusal(other)?.contains("another system") == true)
            other[0].dataset = "SiLi"
            let mixed = try other + FakeCP2K.frames([2.8], dataset: "SiLi")
            #expect(try await refusal(mixed)?.contains("atoms differ") == true)
            other[0].dataset = "LiSi"
            other[0].structure.species = [.lithium, .tin]
            #expect(try await refusal(other)?.contains("Sn is not in the type map") == true)
            try FileManager.default.removeItem(atPath: "\(fake.output)/PBE/LiSi/manifest.json")
            #expect(try await refusal(FakeCP2K.frames([2.1]))?.contains("manifest.json") == true)
            #expect(fake.calls == ["PBE 2.1"])
        }
    }
}
