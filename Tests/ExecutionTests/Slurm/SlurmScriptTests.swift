import Files
import Foundation
import Testing

@testable import Execution

/// The batch script under a real shell, without Slurm.
struct SlurmScriptTests {
    private let temporary: TemporaryStore
    private let folder: String

    init() throws {
        temporary = try TemporaryStore()
        folder = temporary.folder + "/it's an array"
        for name in ["log", "exit"] { try Folder.make("\(folder)/\(name)") }
        try AtomicFile.write("F/A\nF/B\n", to: "\(folder)/elements.txt")
    }

    /// Starts element 1 of the script with a worker that is a shell program; what it is given follows.
    private func start(_ worker: String, _ change: (inout ClusterResources) -> Void = { _ in }) throws -> Process {
        var resources = ClusterResources()
        change(&resources)
        let text = SlurmScript.text(
            resources, folder: folder, cores: 1, usesProcesses: false, worker: ["/bin/bash", "-c", worker, "worker"])
        try AtomicFile.write(text, to: "\(folder)/job.sh")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["\(folder)/job.sh"]
        process.environment = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "SLURM_ARRAY_TASK_ID": "1", "SLURM_RESTART_COUNT": "2",
        ]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardError = FileHandle.nullDevice
        // Threads of a pool block signals, and processes inherit that; Slurm's do not.
        var (none, own) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &own)
        defer { pthread_sigmask(SIG_SETMASK, &own, nil) }
        try process.run()
        return process
    }

    private func exit() throws -> SlurmExit { try JSONText.read(SlurmExit.self, from: "\(folder)/exit/1.json") }

    private func wait(for file: String) throws {
        for _ in 0..<30_000 where !FileManager.default.fileExists(atPath: "\(folder)/\(file)") { usleep(10_000) }
        try #require(FileManager.default.fileExists(atPath: "\(folder)/\(file)"))
    }

    @Test(arguments: [0, 1, 75]) func exitFileTellsTheWorkersCode(code: Int) throws {
        let process = try start("echo \"$1\" > given; exit \(code)")
        process.waitUntilExit()
        #expect(process.terminationStatus == Int32(code))
        let exit = try exit()
        #expect(exit.code == code && exit.restarts == 2 && !exit.host.isEmpty)
        #expect(try Date(exit.started, strategy: .iso8601) <= Date(exit.ended, strategy: .iso8601))
        #expect(try InputFile.text(at: "\(folder)/given") == "F/B\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/exit") == ["1.json"])
    }

    /// The signal of a time limit goes to the shell alone.
    @Test func terminationReachesTheWorkerWhichIsWaitedFor() throws {
        let process = try start(
            "trap 'sleep 0.3; echo stopped > stopped; exit 143' TERM; touch begun; while :; do sleep 0.05; done")
        try wait(for: "begun")
        process.terminate()
        process.waitUntilExit()
        #expect(FileManager.default.fileExists(atPath: "\(folder)/stopped"))
        #expect(try exit().code == 143)
    }

    /// One that ends well although it was asked to stop has ended well.
    @Test func workerThatEndsWellInSpiteOfASignalIsDone() throws {
        let process = try start("trap 'sleep 0.2; exit 0' TERM; touch begun; while :; do sleep 0.05; done")
        try wait(for: "begun")
        process.terminate()
        process.waitUntilExit()
        #expect(try exit().code == 0)
    }

    @Test func terminationBeforeTheWorkStartsNothing() throws {
        let process = try start("touch worked") { $0.prologue = ["touch begun", "sleep 0.5"] }
        try wait(for: "begun")
        process.terminate()
        process.waitUntilExit()
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/worked"))
        #expect(try exit().code == 143)
    }

    @Test func killedWorkerIsTold() throws {
        let process = try start("kill -9 $$")
        process.waitUntilExit()
        #expect(try exit().code == 137)
    }

    @Test func jobThatBeginsAgainForgetsHowItEnded() throws {
        try AtomicFile.write("{}", to: "\(folder)/exit/1.json")
        let process = try start("[ ! -e exit/1.json ] && touch forgotten")
        process.waitUntilExit()
        #expect(FileManager.default.fileExists(atPath: "\(folder)/forgotten"))
    }

    @Test func environmentAndLinesSurroundTheWork() throws {
        let process = try start("echo \"$GREETING\" > said") { resources in
            resources.environment = [.init(name: "GREETING", value: "it's \"$HOME\"")]
            resources.prologue = ["echo first >> order"]
            resources.epilogue = ["[ -e exit/1.json ] || echo last >> order"]
        }
        process.waitUntilExit()
        #expect(try InputFile.text(at: "\(folder)/said") == "it's \"$HOME\"\n")
        #expect(try InputFile.text(at: "\(folder)/order") == "first\nlast\n")
    }
}
