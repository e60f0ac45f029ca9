import Files
import Foundation
import Structures

/// Folders of labelled systems.
enum SystemFolders {
    struct Folder: Equatable {
        /// Relative to the folder that was searched.
        var name: String
        var path: String
    }

    /// The labelled systems at or below `path`.
    ///
    /// - Throws: `InputError` when `path` is no folder.
    static func find(_ path: String) throws -> [Folder] {
        guard InputFile.isFolder(path) else {
            throw InputError(file: path, problem: "there is no such folder", mend: "check --data and LGPS_DATA")
        }
        return try LabelledSystem.folders(under: path).map { below in
            below.isEmpty
                ? Folder(name: URL(fileURLWithPath: path).lastPathComponent, path: path)
                : Folder(name: below, path: "\(path)/\(below)")
        }
    }
}
