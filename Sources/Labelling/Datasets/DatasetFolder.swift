import Files
import Foundation

/// A folder that is always whole under its name: a new one is made under a hidden name and takes its place by renaming.
///
/// Only the files of a dataset are ever removed. Whatever else someone has put into the folder goes over into the new one.
struct DatasetFolder {
    let path: String
    private let parent: String
    private let name: String

    /// What a dataset consists of.
    private static let files =
        ["type.raw", "type_map.raw", "nopbc", LabelManifest.fileName]
        + ["coord", "box", "energy", "force", "virial"].map { "set.000/\($0).npy" }

    init(_ path: String) {
        let url = URL(fileURLWithPath: path)
        self.path = path
        parent = url.deletingLastPathComponent().path
        name = url.lastPathComponent
    }

    /// Calls `write` with the path of a folder that it shall make, which then takes the place of the present one.
    ///
    /// - Throws: `InputError` when that fails; the folder is then what it was.
    func replace(_ write: (String) throws -> Void) throws {
        let (new, old) = (hiddenPath("new"), hiddenPath("old"))
        try Folder.make(parent)
        do {
            try write(new)
        } catch {
            discard(new)
            throw error
        }
        let hasOld = FileManager.default.fileExists(atPath: path)
        guard !hasOld || rename(path, old) == 0 else { throw failure(discarding: new) }
        guard rename(new, path) == 0 else {
            let failure = failure(discarding: new)
            if hasOld { rename(old, path) }
            throw failure
        }
        discard(old)
    }

    /// Ends what a killed run has begun: nobody else may be writing here.
    ///
    /// - Throws: `InputError` when the folder cannot be brought back to its name.
    func recover() throws {
        let leftovers = ((try? InputFile.names(in: parent)) ?? []).filter(isHiddenName)
        // Between the two renamings there is no folder of the name.
        if !FileManager.default.fileExists(atPath: path), let old = leftovers.first(where: { $0.contains(".old-") }) {
            guard rename("\(parent)/\(old)", path) == 0 else { throw failure() }
        }
        for leftover in leftovers { discard("\(parent)/\(leftover)") }
    }

    /// `.NAME.new-PID-RANDOM`: nobody has a file of this name.
    private func hiddenPath(_ what: String) -> String {
        let random = String(UInt64.random(in: 0 ... .max), radix: 16)
        return "\(parent)/.\(name).\(what)-\(getpid())-\(random)"
    }

    private func isHiddenName(_ candidate: String) -> Bool {
        // A system that was being written has a temporary name of its own after that.
        let candidate = candidate.range(of: ".tmp-").map { candidate[..<$0.lowerBound] } ?? candidate[...]
        for prefix in [".\(name).new-", ".\(name).old-"] where candidate.hasPrefix(prefix) {
            let parts = candidate.dropFirst(prefix.count).split(separator: "-", omittingEmptySubsequences: false)
            return parts.count == 2 && Int32(parts[0]) != nil && UInt64(parts[1], radix: 16) != nil
        }
        return false
    }

    /// Removes a dataset's files, and the folder if it is then empty; anything else goes to the folder of the name.
    private func discard(_ folder: String) {
        for file in Self.files { unlink("\(folder)/\(file)") }
        for part in ["", "set.000/"] {
            let halves = ((try? InputFile.names(in: "\(folder)/\(part)")) ?? []).filter { name in
                Self.files.contains { (part + name).hasPrefix("\($0).tmp-") }
            }
            for half in halves { unlink("\(folder)/\(part)\(half)") }
        }
        keepForeign(in: folder, for: path)
        rmdir(folder)
    }

    private func keepForeign(in folder: String, for target: String) {
        for name in (try? InputFile.names(in: folder)) ?? [] {
            let (from, to) = ("\(folder)/\(name)", "\(target)/\(name)")
            if InputFile.isFolder(from), InputFile.isFolder(to) {
                keepForeign(in: from, for: to)
                rmdir(from)
            } else if rmdir(from) != 0, !FileManager.default.fileExists(atPath: to) {
                rename(from, to)
            }
        }
    }

    private func failure(discarding new: String? = nil) -> InputError {
        let reason = String(cString: strerror(errno))
        if let new { discard(new) }
        return InputError(
            file: path, problem: "the folder cannot be replaced: \(reason)",
            mend: "check its permissions and the space left")
    }
}
