import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes whole files such that a reader sees the old content or the new, never half of it.
public enum AtomicFile {
    /// Writes `data` to a temporary name beside `path`, forces it to disk and renames it to `path`.
    ///
    /// - Throws: `InputError` that names the path and the system's reason (disk full, permission, missing folder).
    public static func write(_ data: Data, to path: String) throws {
        let temporary = TemporaryName.beside(path)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o644)
        guard descriptor >= 0 else { throw failure(path, "cannot be created") }
        do {
            try data.withUnsafeBytes { try writeAll($0, to: descriptor, path: path) }
            guard fsync(descriptor) == 0 else { throw failure(path, "cannot be forced to disk") }
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        close(descriptor)
        guard rename(temporary, path) == 0 else {
            let error = failure(path, "cannot be replaced")
            unlink(temporary)
            throw error
        }
    }

    /// Writes `text` as UTF-8; see `write(_:to:)` for the guarantees.
    public static func write(_ text: String, to path: String) throws {
        try write(Data(text.utf8), to: path)
    }

    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws {
        var offset = 0
        while offset < bytes.count {
            let written = writeSome(descriptor, bytes, offset)
            if written < 0 {
                if errno == EINTR { continue }
                throw failure(path, "cannot be written")
            }
            offset += written
        }
    }

    private static func writeSome(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
        #else
            Darwin.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
        #endif
    }

    private static func failure(_ path: String, _ what: String) -> InputError {
        InputError(
            file: path, problem: "\(what): \(String(cString: strerror(errno)))",
            mend: "check that the folder exists, is writable and has space left")
    }
}
