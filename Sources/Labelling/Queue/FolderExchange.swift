import Files
import Foundation
import Structures

/// Replaces a whole folder such that its name always leads to a complete one, also after a crash.
///
/// The new content is written beside the folder as `NAME.new`. Two renames follow: `NAME` to `NAME.old`, `NAME.new` to
/// `NAME`. Whoever comes after a crash between them calls `finish` first, which brings the old or the new folder to its
/// name.
enum FolderExchange {
    /// Calls `write` with the path of a folder that it shall make, which then takes the place of `folder`.
    static func replace(_ folder: String, write: (String) throws -> Void) throws {
        let files = FileManager.default
        let new = "\(folder).new"
        let old = "\(folder).old"
        try? files.removeItem(atPath: new)
        do {
            try files.createDirectory(
                atPath: URL(fileURLWithPath: folder).deletingLastPathComponent().path, withIntermediateDirectories: true
            )
            try write(new)
            if files.fileExists(atPath: folder) { try files.moveItem(atPath: folder, toPath: old) }
            try files.moveItem(atPath: new, toPath: folder)
            try? files.removeItem(atPath: old)
        } catch let error as InputError {
            throw error
        } catch {
            throw InputError(
                file: folder, problem: "the folder cannot be replaced: \(error.localizedDescription)",
                mend: "check its permissions and the space left")
        }
    }

    /// Ends what a crash interrupted. An unfinished `NAME.new` is dropped: its frame will be labelled again.
    static func finish(_ folder: String) throws {
        let files = FileManager.default
        let (new, old) = ("\(folder).new", "\(folder).old")
        do {
            if !files.fileExists(atPath: folder), files.fileExists(atPath: old) {
                try files.moveItem(atPath: old, toPath: folder)
            }
            for leftover in [new, old] where files.fileExists(atPath: leftover) {
                try files.removeItem(atPath: leftover)
            }
        } catch {
            throw InputError(
                file: folder, problem: "an interrupted write cannot be mended: \(error.localizedDescription)")
        }
    }
}
