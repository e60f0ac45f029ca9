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
    public static func removeLeftovers(in folder: String) {
        for name in (try? InputFile.names(in: folder)) ?? [] {
            guard let process = process(of: name), process != getpid(), kill(process, 0) != 0, errno == ESRCH else {
                continue
            }
            // Folders are left alone, and are told by their names.
            unlink("\(folder)/\(name)")
        }
    }

    /// The number of the process that was writing.
    private static func process(of name: String) -> Int32? {
        guard let mark = name.range(of: ".tmp-", options: .backwards) else { return nil }
        let parts = name[mark.upperBound...].split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let process = Int32(parts[0]), process > 0 else { return nil }
        return parts.count == 1 || UInt32(parts[1]) != nil ? process : nil
    }
}
