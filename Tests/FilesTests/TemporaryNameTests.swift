import Foundation
import Testing

@testable import Files

/// What a killed process leaves half written.
@Suite struct TemporaryNameTests {
    @Test func namesAreTold() {
        #expect(TemporaryName.isOne("thermo.csv.tmp-4711-99") && TemporaryName.isOne("a.tmp-1"))
        for name in ["a.tmp", "a.tmp-x-1", "a.tmp-1-2-3", "tmp-1-2", "a.tmp-0-1", "a.tmp-1-99999999999"] {
            #expect(!TemporaryName.isOne(name), "\(name)")
        }
        let own = TemporaryName.beside("/x/a")
        #expect(own.hasPrefix("/x/a.tmp-\(getpid())-") && TemporaryName.isOne(own))
    }

    @Test func onlyTheFilesOfTheDeadAreRemoved() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID().uuidString)").path()
        try Folder.make("\(folder)/data.tmp-2147483646-1")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        // No system gives processes numbers as large; ours is alive.
        let names = ["a.tmp-2147483646-7", "b.tmp-\(getpid())-7", "c.txt", "d.tmp-me"]
        for name in names { try AtomicFile.write("x", to: "\(folder)/\(name)") }
        TemporaryName.removeLeftovers(in: folder)
        #expect(try InputFile.names(in: folder) == [names[1], "c.txt", "d.tmp-me", "data.tmp-2147483646-1"])
    }

    @Test func foldersBelowAreCleanedWhereTheyAreTheProgramsOwn() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID().uuidString)").path()
        let drawing = "\(Folder.temporaryStem).tmp-2147483646-1"
        for name in ["own", "other", "own/\(drawing)", "set.tmp-2147483646-3"] { try Folder.make("\(folder)/\(name)") }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in ["own/a.tmp-2147483646-7", "own/\(drawing)/b.gp", "other/a.tmp-2147483646-7"] {
            try AtomicFile.write("x", to: "\(folder)/\(name)")
        }
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/own/link", withDestinationPath: "\(folder)/other")
        TemporaryName.removeLeftovers(in: "\(folder)/own", andBelow: true)
        #expect(try InputFile.names(in: "\(folder)/own") == ["link"])
        #expect(try InputFile.names(in: "\(folder)/other") == ["a.tmp-2147483646-7"], "links are not followed")
        TemporaryName.removeLeftovers(of: "\(folder)/set")
        #expect(try InputFile.names(in: folder) == ["other", "own"])
    }
}
