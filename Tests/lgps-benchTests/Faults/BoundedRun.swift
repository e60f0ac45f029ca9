import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The program under limits: what goes beyond them, or is ended by a signal, is told.
struct BoundedRun {
    /// Nil when a signal ended the program.
    var status: Int32?
    var errors: String

    /// Processor seconds; a sound command here takes a small part of one. Elapsed time says nothing while other tests hold
    /// the cores.
    private static let seconds = 10
    /// KiB that the program may write to: a GiB beyond the buffers and stacks that every run has.
    private static let memory = 3 << 20

    init(_ arguments: [String], in folder: String) async throws {
        let limits = "ulimit -c 0; ulimit -t \(Self.seconds); ulimit -d \(Self.memory); exec \"$@\""
        let result = try await run(
            .path("/bin/sh"), arguments: Arguments(["-c", limits, "sh", CommandLineTests.program] + arguments),
            environment: .inherit.updating(["OPENBLAS_NUM_THREADS": "1"]), workingDirectory: FilePath(folder),
            output: .discarded, error: .string(limit: 1 << 20))
        errors = result.standardError
        guard case .exited(let status) = result.terminationStatus else { return }
        // Shells report a signal as 128 + its number.
        self.status = status < 128 ? Int32(status) : nil
    }

    /// Sound, or refused with a message and one of these exit codes.
    func isClean(refusals: Set<Int32>) -> Bool {
        status == 0 || status.map(refusals.contains) == true && !errors.isEmpty
    }
}
