import Files
import Foundation
import Synchronization

/// Where the models and data lie that calculations name by hash: local knowledge, which no key depends on.
public final class InputLibrary: Sendable {
    private struct State {
        var paths: [String: String]
        /// Hashes whose file has been looked at.
        var verified: Set<String> = []
    }

    private let state: Mutex<State>

    /// - Parameter paths: by SHA-256.
    public init(_ paths: [String: String] = [:]) { state = Mutex(State(paths: paths)) }

    public var paths: [String: String] { state.withLock { $0.paths } }

    /// Takes a file into the library.
    ///
    /// - Returns: its SHA-256.
    /// - Throws: `InputError` when it cannot be read.
    @discardableResult
    public func add(file path: String) throws -> String {
        let hash = try SHA256.hexadecimal(ofFile: path)
        state.withLock { state in
            state.paths[hash] = URL(fileURLWithPath: path).standardizedFileURL.path
            state.verified.insert(hash)
        }
        return hash
    }

    /// Takes a folder with everything in it into the library.
    ///
    /// - Returns: the SHA-256 of its files' names and contents (`FolderHash`).
    /// - Throws: `InputError` when it cannot be read.
    @discardableResult
    public func add(folder path: String) throws -> String {
        let hash = try FolderHash.hexadecimal(of: path)
        state.withLock { state in
            state.paths[hash] = URL(fileURLWithPath: path).standardizedFileURL.path
            state.verified.insert(hash)
        }
        return hash
    }

    /// Takes in what another library knows.
    public func add(_ other: InputLibrary) {
        let (paths, verified) = other.state.withLock { ($0.paths, $0.verified) }
        state.withLock { state in
            state.paths.merge(paths) { _, new in new }
            state.verified.formUnion(verified)
        }
    }

    /// Where the file or folder of this hash lies, checked to be still what it was.
    ///
    /// - Throws: `InputError` when it is unknown here, gone or changed.
    public func path(of hash: String) throws -> String {
        let (path, isVerified) = state.withLock { ($0.paths[hash], $0.verified.contains(hash)) }
        guard let path else {
            throw InputError(
                problem: "no file with SHA-256 \(hash.prefix(16))… is known here",
                mend: "give the model or data again, by --model or --data")
        }
        if isVerified { return path }
        let found =
            InputFile.isFolder(path)
            ? try FolderHash.hexadecimal(of: path) : try SHA256.hexadecimal(ofFile: path)
        guard found == hash else {
            throw InputError(
                file: path, problem: "the file has changed since the calculation was planned",
                mend: "give it again, by --model or --data")
        }
        state.withLock { _ = $0.verified.insert(hash) }
        return path
    }
}
