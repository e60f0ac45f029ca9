import Foundation

/// Keeps other processes out of a folder as long as this object lives. The system lifts the lock when the process ends, in whatever
/// way, and nothing is left in the folder.
public final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Makes the folder where there is none, and locks it.
    ///
    /// - Parameters:
    ///   - occupied: what to say of the other run.
    ///   - mend: what to do about it.
    /// - Throws: `InputError` when another run has the folder, or when it cannot be made.
    public init(
        _ folder: String, occupied: String = "another run works in this folder", mend: String = "wait for its end"
    ) throws {
        try Folder.make(folder)
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw InputError(file: folder, problem: "the folder cannot be opened", mend: "check its permissions")
        }
        // A file system without locks gives another error: there the folder is used unguarded.
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            throw InputError(file: folder, problem: occupied, mend: mend)
        }
    }

    deinit {
        guard descriptor >= 0 else { return }
        // Closing is not enough: a child process between fork and exec still holds a copy of the descriptor.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
