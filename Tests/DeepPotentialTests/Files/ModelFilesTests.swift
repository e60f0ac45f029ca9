import Files
import Foundation
import Structures
import Testing

@testable import DeepPotential

@Suite struct ModelFilesTests {
    /// A new folder with empty files of these names.
    private static func folder(_ names: [String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in names {
            let file = URL(fileURLWithPath: folder.file(name))
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: file)
        }
        return folder
    }

    private static func expand(_ names: [String]) throws -> [String] {
        let folder = try folder(names)
        return try ModelFiles.expand(folder.path).map { String($0.dropFirst(folder.path.count + 1)) }
    }

    @Test func modelsOfAFolderInTheOrderOfTheirNames() throws {
        #expect(try Self.expand(["model-001.dp", "README.md", "model-000.dp"]) == ["model-000.dp", "model-001.dp"])
    }

    @Test func modelsThatTheTrainingOfAnEnsembleLeaves() throws {
        let names = ["001/model.dp", "000/model.dp", "000/model.ckpt", "002/lcurve.out", "old/model.dp", "models.csv"]
        #expect(try Self.expand(names) == ["000/model.dp", "001/model.dp"])
    }

    @Test func aFileStandsForItself() throws {
        let folder = try Self.folder(["one.dp"])
        #expect(try ModelFiles.expand(folder.file("one.dp")) == [folder.file("one.dp")])
    }

    @Test func missingPathsAndFoldersWithoutModels() throws {
        #expect(throws: InputError.self) { try ModelFiles.expand("/no/such/model.dp") }
        #expect(throws: InputError.self) { try Self.expand(["notes.txt"]) }
    }
}
