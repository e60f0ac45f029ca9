import Files
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A program that writes into files, in a process group of its own, so that Ctrl-C reaches us alone.
///
/// Foundation's `Process` is not used: several threads that start one at the same time crash in it, and children of a
/// thread pool would begin with all signals blocked.
struct SpawnedProcess {
    let id: pid_t

    /// - Throws: `InputError` when it cannot be started.
    init(_ path: String, _ arguments: [String], environment: [String: String], output: String, errors: String) throws {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var (none, usual) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigemptyset(&usual)
        for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&usual, signal) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var id: pid_t = 0
        var status = posix_spawn(&id, path, &actions, &attributes, words, variables)
        // A script that was written a moment ago is still open in processes that others are just starting.
        for _ in 0..<1500 where status == ETXTBSY {
            Thread.sleep(forTimeInterval: 0.02)
            status = posix_spawn(&id, path, &actions, &attributes, words, variables)
        }
        guard status == 0 else {
            throw InputError(file: path, problem: "it cannot be started: \(String(cString: strerror(status)))")
        }
        self.id = id
    }

    /// Its exit status, or the number of the signal that ended it; nil while it runs. Not to be asked again after that.
    func status() -> Int32? {
        var status: Int32 = 0
        guard waitpid(id, &status, WNOHANG) == id else { return nil }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : status & 0x7F
    }

    /// Ends it, and waits for its end.
    func kill() {
        _ = Self.send(SIGKILL, to: id)
        var status: Int32 = 0
        waitpid(id, &status, 0)
    }

    private static func send(_ signal: Int32, to id: pid_t) -> Int32 {
        #if canImport(Glibc)
            Glibc.kill(id, signal)
        #else
            Darwin.kill(id, signal)
        #endif
    }
}
