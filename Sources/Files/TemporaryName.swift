import Foundation

/// The names of files and folders that are being written and get their own name by renaming: `NAME.tmp-PID-RANDOM`.
public enum TemporaryName {
    /// A new name beside `path`.
    public static func beside(_ path: String) -> String {
        "\(path).tmp-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    }

    /// Whether a file or folder of this name was being written, and is no data.
    public static func isOne(_ name: String) -> Bool { process(of: name) != nil }

    /// Removes the files that killed processes of this machine have left in a folder under such names. Nobody else may be
    /// writing there.
    ///
    /// Folders of such names stay, and are no data; but those of `Folder.temporary` hold nothing that anybody wants.
    /// - Parameter andBelow: in its folders too, of which every one is then the program's own.
    public static func removeLeftovers(in folder: String, andBelow: Bool = false) {
        for name in (try? InputFile.names(in: folder)) ?? [] {
            let path = "\(folder)/\(name)"
            if isLeftover(name) {
                if name.hasPrefix(Folder.temporaryStem + ".tmp-") { try? FileManager.default.removeItem(atPath: path) }
                unlink(path)
            } else if andBelow, InputFile.isFolder(path), !isLink(path) {
                removeLeftovers(in: path, andBelow: true)
            }
        }
    }

    /// Removes what killed processes of this machine have left while they wrote this file or folder.
    public static func removeLeftovers(of path: String) {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent().path
        for name in (try? InputFile.names(in: folder)) ?? []
        where name.hasPrefix(url.lastPathComponent + ".tmp-") && isLeftover(name) {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }

    private static func isLeftover(_ name: String) -> Bool {
        guard let process = process(of: name), process != getpid() else { return false }
        return kill(process, 0) != 0 && errno == ESRCH
    }

    private static func isLink(_ path: String) -> Bool {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
    }

    /// The number of the process that was writing.
    private static func process(of name: String) -> Int32? {
        guard let mark = name.range(of: ".tmp-", options: .backwards) else { return nil }
        let parts = name[mark.upperBound...].split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let process = Int32(parts[0]), process > 0 else { return nil }
        return parts.count == 1 || UInt32(parts[1]) != nil ? process : nil
    }
}
