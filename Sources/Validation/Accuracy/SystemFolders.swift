import Foundation
import Structures

/// Folders of labelled systems.
enum SystemFolders {
    struct Folder: Equatable {
        /// Relative to the folder that was searched.
        var name: String
        var path: String
    }

    /// Every folder at or below `path` that holds a `type.raw`, by name.
    ///
    /// - Throws: `InputError` when `path` is no folder.
    static func find(_ path: String) throws -> [Folder] {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        guard manager.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue,
            let names = try? manager.subpathsOfDirectory(atPath: path)
        else { throw InputError(file: path, problem: "there is no such folder", mend: "check --data and LGPS_DATA") }
        if manager.fileExists(atPath: "\(path)/type.raw") {
            return [Folder(name: URL(fileURLWithPath: path).lastPathComponent, path: path)]
        }
        return names.filter { $0.hasSuffix("/type.raw") }.map { String($0.dropLast("/type.raw".count)) }.sorted()
            .map { Folder(name: $0, path: "\(path)/\($0)") }
    }
}
