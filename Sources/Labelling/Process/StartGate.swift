import Files
import Foundation
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Holds a new process back until someone has noted it: when we are killed before that, it ends instead of running on
/// unknown to anybody.
///
/// The process begins as a shell that waits at a pipe for a line, and then becomes the program; its number stays the same.
final class StartGate: Sendable {
    /// The shell's standard input.
    let input: Int32
    private let output: Int32

    /// What the shell does; the program and its arguments follow as the shell's.
    static let script = "read -r go && exec \"$@\" < /dev/null"

    /// - Throws: `InputError` when the process has no file descriptors left.
    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw InputError(
                problem: "no pipe can be made: \(String(cString: strerror(errno)))", mend: "ask for fewer --jobs")
        }
        (input, output) = (ends[0], ends[1])
        // No other process may hold an end: the line is missed only when all writers are gone.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    deinit {
        close(input)
        close(output)
    }

    /// Lets the process go on. It may have ended already: we hold the other end too, so that nothing happens then.
    func open() { _ = write(output, "go\n", 3) }
}
