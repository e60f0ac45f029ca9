import Files
import Foundation
import Parallel

/// Keeps a store to one driver. The system lifts the lock when the driver ends, in whatever way, so that a dead driver's
/// is taken over by itself.
final class DriverLock: Sendable {
    private let lock: FolderLock
    private static let occupied = "another run works with this store"

    /// - Throws: `InputError` that names the process and host of the other driver.
    init(_ store: Store) throws {
        do {
            lock = try FolderLock(store.path, occupied: Self.occupied, mend: "wait for its end, or stop it with Ctrl-C")
        } catch var error as InputError where error.problem == Self.occupied {
            if let driver = DriverNote.read(store) {
                error.problem += ": process \(driver.process.id) on \(driver.host), since \(driver.started)"
            }
            throw error
        }
        // Workers of a dead driver may run on; they write in the folders below.
        TemporaryName.removeLeftovers(in: store.path)
        try JSONText.write(DriverNote.current, to: store.driverFile)
    }
}

/// Who drives a store, or did last.
struct DriverNote: Codable, Sendable {
    var process: ProcessIdentity
    var host: String
    /// ISO 8601, UTC.
    var started: String

    static var current: DriverNote {
        DriverNote(
            process: .current, host: ProcessInfo.processInfo.hostName, started: Date.now.ISO8601Format())
    }

    /// A note that cannot be read tells nothing, and hinders nobody.
    static func read(_ store: Store) -> DriverNote? {
        try? JSONText.read(DriverNote.self, from: store.driverFile)
    }

    /// Whether it seems to run: of another host nothing is known, and it is believed.
    var isAlive: Bool { host != ProcessInfo.processInfo.hostName || process.isAlive }
}
