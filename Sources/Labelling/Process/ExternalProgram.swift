import Files
import Foundation
import Structures
import Subprocess
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A program that is run in a folder, with a time limit.
public struct ExternalProgram: Sendable {
    /// Path of the executable.
    public var executable: String
    public var arguments: [String]
    /// Added to the environment that we have.
    public var environment: [String: String]

    public init(executable: String, arguments: [String] = [], environment: [String: String] = [:]) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }

    /// How a run ended.
    public struct Outcome: Sendable {
        public enum End: Equatable, Sendable {
            case exited(Int)
            case signalled(Int)
            case timedOut
        }
        public var end: End
        /// Standard output and standard error together.
        public var output: String
        /// Elapsed seconds.
        public var wallTime: Double
    }

    /// Runs the program in `folder` and waits for its end.
    ///
    /// A program that outlives `timeout`, or a cancelled task, is asked to end (SIGTERM) with all that it has started, and
    /// killed five seconds later. Nothing that it has started is left running, however it ends. It begins when `watch` has
    /// heard of it.
    ///
    /// - Throws: `CancellationError` when the task is cancelled; `ExternalProgramFailure` when the program cannot be started.
    public func run(in folder: String, timeout: Duration, watch: ProcessWatch = .none) async throws -> Outcome {
        let start = ContinuousClock.now
        let outcome = try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask { try await execute(in: folder, from: start, watch: watch) }
            group.addTask {
                try await Task.sleep(for: timeout)
                return nil
            }
            defer { group.cancelAll() }
            let first = try await group.next() ?? nil
            if let first { return first }
            group.cancelAll()
            // Waits until the program is really gone, so that its folder can be moved.
            let ended = try? await group.next() ?? nil
            return Outcome(end: .timedOut, output: ended?.output ?? "", wallTime: Self.seconds(since: start))
        }
        try Task.checkCancellation()
        return outcome
    }

    private func execute(
        in folder: String, from start: ContinuousClock.Instant, watch: ProcessWatch
    ) async throws -> Outcome {
        var options = PlatformOptions()
        // A group of its own: Ctrl-C reaches us alone, and we end the program and know why it ended.
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(5))]
        var additions: [Subprocess.Environment.Key: String?] = [:]
        for (key, value) in environment {
            if let key = Subprocess.Environment.Key(rawValue: key) { additions[key] = value }
        }
        guard FileManager.default.isExecutableFile(atPath: executable) else {
            throw ExternalProgramFailure(
                program: executable, problem: "it cannot be started: there is no such executable file",
                mend: "check that it is installed")
        }
        let gate = try StartGate()
        let log = "\(folder)/messages.txt"
        let group = Mutex<Int32?>(nil)
        defer {
            // The leader has ended; what it has started and not waited for must not go on. No other group has the number
            // as long as this one has members.
            if let group = group.withLock({ $0 }) {
                kill(-group, SIGKILL)
                watch.ended()
            }
        }
        do {
            // Through a file, since a program may print more than a buffer should hold.
            guard FileManager.default.createFile(atPath: log, contents: nil),
                let handle = FileHandle(forWritingAtPath: log)
            else { throw InputError(file: log, problem: "cannot be created", mend: "check the folder's permissions") }
            let result = try await Subprocess.run(
                .path("/bin/sh"), arguments: Arguments(["-c", StartGate.script, "sh", executable] + arguments),
                environment: .inherit.updating(additions), workingDirectory: .init(folder), platformOptions: options,
                input: .fileDescriptor(.init(rawValue: gate.input), closeAfterSpawningProcess: false),
                output: .fileDescriptor(.init(rawValue: handle.fileDescriptor), closeAfterSpawningProcess: false),
                error: .combinedWithOutput
            ) { execution in
                let id = execution.processIdentifier.value
                group.withLock { $0 = id }
                try watch.started(id)
                gate.open()
            }
            try? handle.close()
            let output = String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
            let end: Outcome.End =
                switch result.terminationStatus {
                case .exited(let code): .exited(Int(code))
                case .signaled(let signal): .signalled(Int(signal))
                }
            return Outcome(end: end, output: output, wallTime: Self.seconds(since: start))
        } catch let error as SubprocessError {
            throw ExternalProgramFailure(
                program: executable, problem: "it cannot be started: \(error.description)",
                mend: "check that it is installed and that \(folder) exists")
        }
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        let elapsed = start.duration(to: .now).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }

    /// The first of `names` that is an executable file in `searchPath` (colon-separated folders, PATH by default).
    public static func find(_ names: [String], searchPath: String? = nil) -> String? {
        let path = searchPath ?? ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        let folders = path.split(separator: ":")
        for name in names {
            for folder in folders {
                let candidate = "\(folder)/\(name)"
                if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            }
        }
        return nil
    }
}
