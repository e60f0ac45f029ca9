import Files
import Foundation
import Parallel

/// Slurm's programs, as they are called.
struct SlurmCommands: Sendable {
    /// Where they are looked for; nil is PATH.
    var folder: String?
    /// Ends a command that only reads when it is raised.
    var stop = StopFlag()
    /// Slurm gives up by itself long before that.
    private static let limit = Duration.seconds(120)

    struct Answer: Sendable {
        var status: Int32
        var output: String
        var errors: String

        /// What it said of an error, without Slurm's prefixes.
        var words: String {
            let lines = errors.split(separator: "\n").map { line in
                String(line.replacing(#/^((sbatch|squeue|scancel|scontrol): )?(error: )?/#, with: ""))
            }
            return lines.isEmpty ? "it ended with status \(status)" : lines.joined(separator: "; ")
        }
    }

    /// - Parameter mayStop: whether it can be ended in its midst, as it changes nothing.
    /// - Throws: `InputError` when the program is not there; `Interrupted` when it was stopped.
    func run(_ program: String, _ arguments: [String], mayStop: Bool = false) throws -> Answer {
        // Through files, since thousands of lines fill a pipe.
        let folder = FileManager.default.temporaryDirectory.path + "/lgps-slurm-\(UUID().uuidString)"
        try Folder.make(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (output, errors) = ("\(folder)/output", "\(folder)/errors")
        let process = try SpawnedProcess(
            path(of: program), arguments, environment: Self.environment(ProcessInfo.processInfo.environment),
            output: output, errors: errors)
        let deadline = ContinuousClock.now + Self.limit
        var pause = 0.001
        while true {
            if let status = process.status() {
                // Names of jobs may be in any encoding; ours are not.
                func text(_ file: String) throws -> String {
                    String(decoding: try InputFile.data(at: file), as: UTF8.self)
                }
                return Answer(status: status, output: try text(output), errors: try text(errors))
            }
            if mayStop, stop.isRaised {
                process.kill()
                throw Interrupted()
            }
            if ContinuousClock.now > deadline {
                process.kill()
                return Answer(
                    status: SIGKILL, output: "",
                    errors: "unable to contact slurm controller: no answer in two minutes")
            }
            Thread.sleep(forTimeInterval: pause)
            pause = min(2 * pause, 0.05)
        }
    }

    /// - Throws: `InputError` when a program that is needed is not there.
    func checkPresence() throws {
        for program in ["sbatch", "squeue", "scancel", "scontrol"] { _ = try path(of: program) }
    }

    /// - Throws: `InputError` when the program is not there.
    func path(of program: String) throws -> String {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        let folders = folder.map { [$0] } ?? path.split(separator: ":").map(String.init)
        let files = folders.map { "\($0)/\(program)" }
        guard let found = files.first(where: FileManager.default.isExecutableFile) else {
            throw InputError(
                problem: "Slurm is not here: PATH has no \(program)",
                mend: "run on a node that submits jobs, load Slurm's module, or use --engine local")
        }
        return found
    }

    /// Without what a job around us or a user's habits would add to commands whose output is read.
    static func environment(_ own: [String: String]) -> [String: String] {
        own.filter { name, _ in
            name == "SLURM_CONF" || !["SLURM_", "SQUEUE_", "SCANCEL_"].contains { name.hasPrefix($0) }
        }
    }
}
