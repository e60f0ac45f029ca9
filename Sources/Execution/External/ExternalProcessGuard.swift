import Files
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Remembers in a work folder which external program works for it, so that a program which outlived its killed driver is
/// ended before another begins in the same folder.
public enum ExternalProcessGuard {
    private static func file(_ folder: WorkFolder) -> String { folder.file("external-process.json") }

    /// Notes a process which has just been started, best as the leader of a process group of its own: then the whole
    /// group can be ended.
    ///
    /// - Throws: `InputError` when the note cannot be written. A process that has ended already needs none.
    public static func record(_ id: Int32, in folder: WorkFolder) throws {
        guard let process = ProcessIdentity(id) else { return }
        try JSONText.write(process, to: file(folder))
    }

    /// The process has ended.
    public static func clear(in folder: WorkFolder) { unlink(file(folder)) }

    /// Ends what an earlier, killed driver has left running: with SIGTERM, then with SIGKILL.
    ///
    /// A process is touched only when number, start and start of the system are those of the note. Where the leader of a
    /// group has ended by itself, nothing proves that the rest is ours, and it is left alone.
    /// - Parameter patience: how long it is given after SIGTERM.
    /// - Returns: whether there was such a process.
    /// - Throws: `InputError` when it cannot be ended.
    @discardableResult
    public static func endLeftover(in folder: WorkFolder, patience: Duration = .seconds(10)) throws -> Bool {
        // A note that cannot be read proves nothing of any process.
        guard let process = try? JSONText.read(ProcessIdentity.self, from: file(folder)), process.isAlive else {
            clear(in: folder)
            return false
        }
        let leadsGroup = getpgid(process.id) == process.id
        for signal in [SIGTERM, SIGKILL] {
            kill(leadsGroup ? -process.id : process.id, signal)
            let deadline = ContinuousClock.now + patience
            while ContinuousClock.now < deadline {
                if leadsGroup ? !isGroupAlive(process.id) : !process.isAlive {
                    clear(in: folder)
                    folder.log("ended process \(process.id), left by an earlier run that was killed")
                    return true
                }
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
        throw InputError(
            file: folder.path, problem: "process \(process.id), left by an earlier run, does not end",
            mend: "end it by hand")
    }

    /// Whether a group has members that run; its number is not given to others while it has any.
    private static func isGroupAlive(_ group: Int32) -> Bool {
        guard kill(-group, 0) == 0 || errno == EPERM else { return false }
        #if os(Linux)
            // Members that have ended but were not waited for count for `kill`; in a container nobody may ever do that.
            let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap(Int32.init) ?? []
            return numbers.contains { id in
                guard let fields = ProcessIdentity.statistics(of: id) else { return false }
                return fields[2] == "\(group)" && fields[0] != "Z" && fields[0] != "X"
            }
        #else
            return true
        #endif
    }
}
