import Foundation
import Structures

/// Keeps other processes out of a folder as long as this object lives. The system lifts the lock when the process ends, in whatever
/// way, and nothing is left in the folder.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Makes the folder where there is none, and locks it.
    ///
    /// - Throws: `InputError` when another run has the folder, or when it cannot be made.
    init(_ folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw InputError(file: folder, problem: "the folder cannot be created", mend: "check permissions and space")
        }
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw InputError(file: folder, problem: "the folder cannot be opened", mend: "check its permissions")
        }
        // A file system without locks gives another error: there the folder is used unguarded.
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            throw InputError(
                file: folder, problem: "another run is labelling into this folder",
                mend: "wait for its end, or give it more --jobs instead of starting a second one")
        }
    }

    deinit {
        guard descriptor >= 0 else { return }
        // Closing is not enough: a child process between fork and exec still holds a copy of the descriptor.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
