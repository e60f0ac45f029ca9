import Files
import Foundation
import Structures
import Testing

@testable import Validation

@Suite struct RunRecordTests {
    static func record(seed: UInt64 = 1, profile: Profile = .smoke) -> RunRecord {
        RunRecord(profile: profile, material: .germanium, seed: seed, models: [.init(path: "m.dp", sha256: "ab")])
    }

    @Test func folderIsClaimedOnceAndResumedBySameRun() throws {
        let folder = try TemporaryFolder()
        try Self.record().claim(folder.path, resume: false)
        let again = #expect(throws: InputError.self) { try Self.record().claim(folder.path, resume: false) }
        #expect(again?.mend?.contains("--resume") == true)
        try Self.record().claim(folder.path, resume: true)
        let other = #expect(throws: InputError.self) { try Self.record(seed: 2).claim(folder.path, resume: true) }
        #expect(other?.problem.contains("seed 1, not 2") == true)
        let profile = #expect(throws: InputError.self) {
            try Self.record(profile: .paper).claim(folder.path, resume: true)
        }
        #expect(profile?.problem.contains("profile smoke, not paper") == true)
    }

    @Test func resumeOfNothingStarts() throws {
        let folder = try TemporaryFolder()
        try Self.record().claim(folder.path + "/new", resume: true)
        #expect(folder.has("new/run.json"))
    }

    @Test func pathsAreShownRelativeToTheCheckout() {
        func shown(_ path: String) -> String {
            Inputs.relative(.init(path: path, sha256: ""), to: "/home/me/checkout").path
        }
        #expect(shown("/home/me/checkout/reference-data/m.dp") == "reference-data/m.dp")
        #expect(shown("/home/me/shared/data") == "../shared/data")
        #expect(shown("/data/elsewhere") == "/data/elsewhere")
    }

    /// Data are often split by links; what they lead to is what goes into the run.
    @Test func linkedFoldersCountAsThemselves() throws {
        let folder = try TemporaryFolder()
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder.path + "/real/set.000", withIntermediateDirectories: true)
        try Data("1".utf8).write(to: URL(fileURLWithPath: folder.path + "/real/set.000/box.npy"))
        try Data("0".utf8).write(to: URL(fileURLWithPath: folder.path + "/real/type.raw"))
        try manager.createDirectory(atPath: folder.path + "/linked", withIntermediateDirectories: true)
        for name in ["set.000", "type.raw"] {
            try manager.createSymbolicLink(
                atPath: folder.path + "/linked/\(name)", withDestinationPath: folder.path + "/real/\(name)")
        }
        let hash = try Inputs.folder(folder.path + "/real").sha256
        #expect(try Inputs.folder(folder.path + "/linked").sha256 == hash)
        try Data("2".utf8).write(to: URL(fileURLWithPath: folder.path + "/real/set.000/box.npy"))
        #expect(try Inputs.folder(folder.path + "/linked").sha256 != hash)
        #expect(throws: InputError.self) { try Inputs.folder(folder.path + "/none") }
    }
}
