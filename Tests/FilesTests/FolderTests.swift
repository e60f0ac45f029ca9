import Foundation
import Testing

@testable import Files

@Suite struct FolderTests {
    private static func withFolder(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    /// Data are often split by links; what they lead to is what counts.
    @Test func linkedFoldersHashAsThemselves() throws {
        try Self.withFolder { folder in
            let manager = FileManager.default
            try manager.createDirectory(atPath: folder + "/real/set.000", withIntermediateDirectories: true)
            try Data("1".utf8).write(to: URL(fileURLWithPath: folder + "/real/set.000/box.npy"))
            try Data("0".utf8).write(to: URL(fileURLWithPath: folder + "/real/type.raw"))
            try manager.createDirectory(atPath: folder + "/linked", withIntermediateDirectories: true)
            for name in ["set.000", "type.raw"] {
                try manager.createSymbolicLink(
                    atPath: folder + "/linked/\(name)", withDestinationPath: folder + "/real/\(name)")
            }
            let hash = try FolderHash.hexadecimal(of: folder + "/real")
            #expect(try FolderHash.hexadecimal(of: folder + "/linked") == hash)
            try Data("2".utf8).write(to: URL(fileURLWithPath: folder + "/real/set.000/box.npy"))
            #expect(try FolderHash.hexadecimal(of: folder + "/linked") != hash)
            #expect(throws: InputError.self) { try FolderHash.hexadecimal(of: folder + "/none") }
        }
    }

    @Test func lockKeepsOthersOutAsLongAsItLives() throws {
        try Self.withFolder { folder in
            var lock: FolderLock? = try FolderLock(folder)
            let error = #expect(throws: InputError.self) { try FolderLock(folder, occupied: "mine", mend: "wait") }
            #expect(error?.problem == "mine" && error?.mend == "wait")
            withExtendedLifetime(lock) {}
            lock = nil
            _ = try FolderLock(folder)
        }
    }

    @Test func fileInThePlaceOfAFolderIsTold() throws {
        try Self.withFolder { folder in
            try Data().write(to: URL(fileURLWithPath: folder + "/taken"))
            let error = #expect(throws: InputError.self) { try Folder.make(folder + "/taken/below") }
            #expect(error?.file == folder + "/taken/below")
        }
    }

    @Test func packedArraysKeepEveryBit() throws {
        let values = PackedArray([0.1, -.infinity, 1e-300])
        #expect(try JSONText.decode(PackedArray<Double>.self, from: JSONText.canonical(values), file: nil) == values)
        #expect(throws: InputError.self) {
            try JSONText.decode(PackedArray<Double>.self, from: Data(#""AAAA""#.utf8), file: "x.json")
        }
    }
}
