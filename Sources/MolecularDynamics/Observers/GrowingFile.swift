import Files
import Foundation
import Structures

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that only grows: a log, a trajectory. A piece is written whole or, when the disk is full, not at all; a
/// resumed run cuts off what was written after the checkpoint.
final class GrowingFile {
    let path: String
    /// Bytes written so far.
    private(set) var length: Int
    private let descriptor: Int32

    /// Creates the file, or empties it.
    init(creating path: String) throws {
        self.path = path
        length = 0
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { throw failure("cannot be created") }
    }

    /// Opens the file of an interrupted run and cuts it to the `length` that its checkpoint knows.
    ///
    /// - Throws: `InputError` when the file is missing or shorter.
    init(resuming path: String, length: Int) throws {
        self.path = path
        self.length = length
        descriptor = open(path, O_WRONLY)
        guard descriptor >= 0 else { throw failure("cannot be opened to resume the run") }
        let end = Int(lseek(descriptor, 0, SEEK_END))
        guard end >= length else {
            close(descriptor)
            throw InputError(
                file: path, problem: "holds \(end) bytes, but \(length) when the checkpoint was written",
                mend: "restore the file, or start the run afresh")
        }
        guard ftruncate(descriptor, off_t(length)) == 0, lseek(descriptor, 0, SEEK_END) == length else {
            throw failure("cannot be cut to the state of the checkpoint")
        }
    }

    deinit { close(descriptor) }

    func append(_ text: String) throws {
        var text = text
        try text.withUTF8 { try append(UnsafeRawBufferPointer($0)) }
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws {
        var offset = 0
        while offset < bytes.count {
            let written = write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
            if written < 0 {
                if errno == EINTR { continue }
                let error = failure("cannot be written")
                // No half line stays behind.
                ftruncate(descriptor, off_t(length))
                lseek(descriptor, off_t(length), SEEK_SET)
                throw error
            }
            offset += written
        }
        length += bytes.count
    }

    /// Forces what was appended to the disk.
    func synchronise() throws {
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure("cannot be forced to disk") }
    }

    private func failure(_ what: String) -> InputError {
        InputError(
            file: path, problem: "\(what): \(String(cString: strerror(errno)))",
            mend: "check that the folder exists, is writable and has space left")
    }
}
