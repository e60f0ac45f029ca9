import Foundation

extension CommandLineTests {
    /// Starts the program, and sends it SIGKILL as soon as `isThere`.
    ///
    /// On a thread of its own: the moment may last milliseconds, and tasks wait longer than that while other tests compute.
    /// - Returns: whether it still ran.
    static func killed(
        _ arguments: [String], in folder: String? = nil, once isThere: @escaping @Sendable () -> Bool
    ) async throws -> Bool {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let process = Process()
                        process.executableURL = URL(fileURLWithPath: program)
                        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
                        process.arguments = arguments
                        process.standardInput = FileHandle.nullDevice
                        process.standardOutput = FileHandle.nullDevice
                        process.standardError = FileHandle.nullDevice
                        try process.run()
                        while process.isRunning, !isThere() { usleep(500) }
                        kill(process.processIdentifier, SIGKILL)
                        process.waitUntilExit()
                        return process.terminationReason == .uncaughtSignal
                    })
            }
        }
    }
}
