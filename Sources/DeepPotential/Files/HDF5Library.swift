import CHDF5
import Foundation

/// The HDF5 library, which distributions build without thread safety: every call into it is made inside `withLock`.
public enum HDF5Library {
    private static let lock = NSRecursiveLock()
    /// HDF5 prints its error stack by default; we report errors ourselves.
    private static let silenced: Bool = H5Eset_auto2(0, nil, nil) >= 0

    /// Runs `body` while no other thread is inside HDF5; may be nested.
    public static func withLock<Result>(_ body: () throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        _ = silenced
        return try body()
    }
}
