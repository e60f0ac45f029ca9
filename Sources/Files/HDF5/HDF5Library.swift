import CHDF5
import Foundation

/// The HDF5 library, which distributions build without thread safety: every call into it is made inside `withLock`.
public enum HDF5Library {
    private static let lock = NSRecursiveLock()
    /// Files are closed by those who opened them: what HDF5 does at the program's end crashes on a file that a full disk has
    /// kept from being closed.
    private static let isPrepared: Bool = H5dont_atexit() >= 0

    /// Runs `body` while no other thread is inside HDF5; may be nested.
    public static func withLock<Result>(_ body: () throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        _ = isPrepared
        // HDF5 prints its error stack unless each thread says no; we report errors ourselves.
        H5Eset_auto2(0, nil, nil)
        return try body()
    }
}
