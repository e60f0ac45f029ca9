import Files
import Foundation

/// The folder of one calculation: checkpoints, logs, whatever helps to go on or to find the reason of a failure.
public struct WorkFolder: Sendable {
    public let path: String

    /// Makes the folder where there is none.
    ///
    /// - Throws: `InputError` when it cannot be made.
    public init(_ path: String) throws {
        self.path = path
        try Folder.make(path)
    }

    /// A file or folder in it.
    public func file(_ name: String) -> String { "\(path)/\(name)" }

    private var logFile: String { file("log.txt") }

    /// Adds a line, with the time before it, to what `status` shows of a failure.
    public func log(_ line: String) {
        let text = "\(Date.now.ISO8601Format()) \(line)\n"
        guard let handle = FileHandle(forWritingAtPath: logFile) else {
            _ = FileManager.default.createFile(atPath: logFile, contents: Data(text.utf8))
            return
        }
        defer { try? handle.close() }
        _ = try? handle.seekToEnd()
        try? handle.write(contentsOf: Data(text.utf8))
    }

    /// The last lines of the log.
    public func lastLines(_ count: Int = 10) -> [String] {
        guard let data = FileManager.default.contents(atPath: logFile) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").suffix(count).map(String.init)
    }
}
