import Files
import Foundation
import Structures

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The file: a line with format and version, a line with the SHA-256 of the rest, the rest.
extension Checkpoint {
    private static let format = "lgps-bench MD checkpoint, version "
    private static let version = 1

    /// Replaces the checkpoint at `path` at once and keeps the one before as `path.previous`. Whenever the process dies,
    /// `path` is a whole checkpoint.
    ///
    /// - Throws: `InputError` when the disk refuses; the checkpoint at `path` is then still the old one.
    func write(to path: String) throws {
        let payload = encoded
        var hash = SHA256()
        hash.update(payload)
        let data = Data("\(Self.format)\(Self.version)\n\(hash.hexadecimal)\n".utf8) + payload
        let previous = "\(path).previous"
        let second = "\(previous).tmp-\(getpid())"
        unlink(second)
        // A second name for the old file, which never leaves its own.
        if link(path, second) == 0, rename(second, previous) != 0 { unlink(second) }
        try AtomicFile.write(data, to: path)
    }

    /// - Throws: `InputError` when the file is missing, truncated, altered, of a newer version or something else.
    static func read(_ path: String) throws -> Checkpoint {
        let data = try InputFile.data(at: path)
        let previous = "\(path).previous"
        let fallback = FileManager.default.fileExists(atPath: previous)
        let mend =
            fallback
            ? "move \(previous) to \(path) to resume from the checkpoint before" : "start the run afresh"
        guard let lineEnd = data.prefix(80).firstIndex(of: 10),
            case let head = String(decoding: data[..<lineEnd], as: UTF8.self), head.hasPrefix(Self.format),
            let version = Int(head.dropFirst(Self.format.count))
        else {
            throw InputError(file: path, problem: "this is not a checkpoint of molecular dynamics", mend: mend)
        }
        guard version == Self.version else {
            throw InputError(
                file: path, problem: "the checkpoint has version \(version), this program reads \(Self.version)",
                mend: "resume with the program that wrote it")
        }
        let body = data[(lineEnd + 1)...]
        let payload = body.dropFirst(65)
        var hash = SHA256()
        hash.update(payload)
        guard body.count >= 65, body.prefix(64).elementsEqual(hash.hexadecimal.utf8) else {
            throw InputError(file: path, problem: "the checkpoint is truncated or damaged", mend: mend)
        }
        return try Checkpoint(encoded: Data(payload), file: path)
    }

    private var encoded: Data {
        var encoder = CheckpointEncoder()
        encoder.encode(identity.count)
        for (key, value) in identity {
            encoder.encode(key)
            encoder.encode(value)
        }
        encoder.encode(sections.count)
        for (name, data) in sections.sorted(by: { $0.key < $1.key }) {
            encoder.encode(name)
            encoder.encode(data)
        }
        return encoder.data
    }

    private init(encoded: Data, file: String) throws {
        var decoder = CheckpointDecoder(encoded, file: file, section: "head")
        for _ in 0..<(try decoder.decodeInt()) {
            identity.append((try decoder.decodeString(), try decoder.decodeString()))
        }
        for _ in 0..<(try decoder.decodeInt()) {
            sections[try decoder.decodeString()] = try decoder.decodeData()
        }
    }
}
