import Files
import Foundation
import Structures

/// A table of labels and predictions that gets its name when it is complete.
final class DetailStream {
    private let path: String
    private let temporary: String
    private let handle: FileHandle
    /// The names of the columns.
    private let columns: String
    /// The system whose rows were written last.
    private var system: String?
    private var isFinished = false

    /// - Parameter components: of the label, and of the prediction in the columns after it.
    /// - Throws: `InputError` when the file cannot be created.
    init(path: String, components: [String]) throws {
        self.path = path
        columns = (components.map { "data_" + $0 } + components.map { "pred_" + $0 }).joined(separator: " ")
        TemporaryName.removeLeftovers(of: path)
        temporary = TemporaryName.beside(path)
        guard FileManager.default.createFile(atPath: temporary, contents: nil),
            let handle = FileHandle(forWritingAtPath: temporary)
        else { throw Self.failure(path, "cannot be created") }
        self.handle = handle
    }

    deinit {
        try? handle.close()
        if !isFinished { unlink(temporary) }
    }

    /// Writes rows of numbers as numpy.savetxt does, with the names of system and columns before a system's first.
    func write(_ rows: [[Double]], of system: LabelledSystem) throws {
        var text = ""
        if self.system != system.name {
            self.system = system.name
            text = "# \(system.name): \(columns)\n"
        }
        for row in rows {
            let format = Array(repeating: "%.18e", count: row.count).joined(separator: " ") + "\n"
            text += String(format: format, arguments: row)
        }
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            throw Self.failure(path, "cannot be written")
        }
    }

    func finish() throws {
        do {
            try handle.synchronize()
            try handle.close()
        } catch {
            throw Self.failure(path, "cannot be forced to disk")
        }
        guard rename(temporary, path) == 0 else { throw Self.failure(path, "cannot be replaced") }
        isFinished = true
    }

    private static func failure(_ path: String, _ what: String) -> InputError {
        InputError(
            file: path, problem: "\(what): \(String(cString: strerror(errno)))",
            mend: "check that the folder exists, is writable and has space left")
    }
}
