import Foundation
import Structures
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The built program as a user runs it: exit codes, messages, files.
@Suite struct CommandLineTests {
    struct Output {
        var status: Int32
        var text: String
        var errors: String
    }

    /// The program lies beside the test runner.
    static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("lgps-bench").path

    static func lgps(_ arguments: String..., in folder: String? = nil) async throws -> Output {
        try await lgps(arguments: arguments, in: folder)
    }

    static func lgps(arguments: [String], in folder: String? = nil) async throws -> Output {
        try await execute(program, arguments, in: folder)
    }

    static func execute(_ path: String, _ arguments: [String], in folder: String?) async throws -> Output {
        let result = try await run(
            .path(FilePath(path)), arguments: Arguments(arguments), workingDirectory: folder.map { FilePath($0) },
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        guard case .exited(let status) = result.terminationStatus else {
            return Output(status: -1, text: "", errors: "\(result.terminationStatus)")
        }
        return Output(status: Int32(status), text: result.standardOutput, errors: result.standardError)
    }

    static func withFolder(_ body: (String) async throws -> Void) async throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "lgps-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        try await body(url.path())
    }

    /// A study of dynamics with one small net, whose tables are made in a moment.
    static func study(_ output: String) -> [String] {
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { package.deleteLastPathComponent() }
        let model = package.appendingPathComponent("reference-data/models/LiGePS-PBE/model-000.dp").path
        return ["experiment", "--profile", "smoke", "--model", "VASP-PBE=\(model)", "--output", output, "--quiet"]
    }

    @Test func helpAndVersionSucceed() async throws {
        let help = try await Self.lgps("--help")
        #expect(help.status == 0 && help.text.contains("SUBCOMMANDS"))
        #expect(try await Self.lgps("--version").status == 0)
    }

    @Test(arguments: [
        ["all", "--profile", "fast", "--output", "/tmp/never"], ["all", "--material", "Pb", "--output", "/tmp/never"],
        ["all", "--no-such-option"], ["no-such-command"], ["speed", "--threads", "0"],
        ["evaluate", "--model", "/no/such.dp"], ["convert", "a.dp", "b.xyz"], ["convert", "/no/such.xyz", "b.cif"],
        ["structure", "out.xyz", "--supercell", "2x2"], ["analyze", "/no/such.h5", "--output", "/tmp"],
    ])
    func faultsOfUseExitWithTwo(arguments: [String]) async throws {
        try await Self.withFolder { folder in
            let result = try await run(
                .path(FilePath(Self.program)), arguments: Arguments(arguments), workingDirectory: FilePath(folder),
                output: .discarded, error: .string(limit: 1 << 20))
            #expect(result.terminationStatus == .exited(2))
            #expect(!result.standardError.isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty, "nothing is left behind")
        }
    }

    @Test func unwritableOutputIsToldAtOnce() async throws {
        try await Self.withFolder { folder in
            try "x".write(toFile: folder + "/taken", atomically: true, encoding: .utf8)
            let output = try await Self.lgps("speed", "--profile", "smoke", "--output", folder + "/taken/report")
            #expect(output.status == 2 && output.errors.contains("--output"))
        }
    }

    @Test func structuresAreBuiltAndConverted() async throws {
        try await Self.withFolder { folder in
            let built = try await Self.lgps(
                "structure", "cell.vasp", "--supercell", "2x2x1", "--disorder", "--seed", "7", "--temperature", "600",
                in: folder)
            #expect(built.status == 0 && built.text.contains("200 atoms"), "\(built.errors)")
            #expect(try await Self.lgps("convert", "cell.vasp", "cell.data", in: folder).status == 0)
            let again = try StructureFile.read(folder + "/cell.data")
            let first = try StructureFile.read(folder + "/cell.vasp")
            #expect(again.count == 200 && first.species.sorted() == again.species.sorted())
        }
    }

    @Test func doctorNamesEveryProgram() async throws {
        let output = try await Self.lgps("doctor")
        for name in ["gnuplot", "cp2k", "sbatch", "labelled data"] { #expect(output.text.contains(name), "\(name)") }
        let json = try await Self.lgps("doctor", "--json")
        #expect(try JSONSerialization.jsonObject(with: Data(json.text.utf8)) is [Any])
    }

    @Test func dynamicsRunsAndIsAnalysed() async throws {
        try await Self.withFolder { folder in
            let config = """
                {"ensemble": "nvt", "temperature": 600, "steps": 60, "timestep": 0.002,
                 "output": {"thermo_interval": 10, "trajectory": {"format": "h5md", "interval": 2}}}
                """
            try config.write(toFile: folder + "/md.json", atomically: true, encoding: .utf8)
            #expect(try await Self.lgps("structure", "cell.vasp", "--quiet", in: folder).status == 0)
            let dynamics = try await Self.lgps(
                "md", "md.json", "--structure", "cell.vasp", "--output", "run", in: folder)
            #expect(dynamics.status == 0, "\(dynamics.errors)")
            let again = try await Self.lgps("md", "md.json", "--structure", "cell.vasp", "--output", "run", in: folder)
            #expect(again.status == 2 && again.errors.contains("--resume"))
            let analysis = try await Self.lgps("analyze", "run/trajectory.h5", "--output", "a", in: folder)
            #expect(analysis.status == 0 && analysis.text.contains("not diffusive yet"), "\(analysis.errors)")
            #expect(FileManager.default.fileExists(atPath: folder + "/a/diffusion/msd.csv"))
        }
    }

    @Test func unknownKeyOfAConfigurationIsNamed() async throws {
        try await Self.withFolder { folder in
            try #"{"temperature": 600, "steps": 1, "timestpe": 0.002}"#.write(
                toFile: folder + "/md.json", atomically: true, encoding: .utf8)
            let output = try await Self.lgps("md", "md.json", "--structure", "cell.vasp", in: folder)
            #expect(output.status == 2 && output.errors.contains("timestpe"))
        }
    }

    /// SIGTERM ends at a checkpoint with the way to go on; kill -9 leaves what was finished. Both resume to the end.
    @Test(arguments: [Signal.terminate, .kill])
    func stoppedReportGoesOn(signal: Signal) async throws {
        try await Self.withFolder { folder in
            let arguments = Self.study(folder + "/r")
            let result = try await Self.interrupted(arguments, by: signal, onceBelow: folder + "/r/store/work")
            if signal == .terminate {
                #expect(result.reason == .exit && result.status == 143)
                #expect(result.errors.contains("the same command goes on"))
            } else {
                #expect(result.reason == .uncaughtSignal && result.status == SIGKILL)
            }
            #expect(!FileManager.default.fileExists(atPath: folder + "/r/summary.md"))
            let resumed = try await run(
                .path(FilePath(Self.program)), arguments: Arguments(arguments), output: .discarded,
                error: .string(limit: 1 << 16))
            #expect(resumed.terminationStatus == .exited(0), "\(resumed.standardError)")
            #expect(FileManager.default.fileExists(atPath: folder + "/r/summary.md"))
        }
    }

    /// Ten kills at random moments of a run of the whole machinery, then the same command: the findings of a run left alone,
    /// bit for bit. (Times are left out: they are never the same.)
    @Test func killedStudiesFindTheSame() async throws {
        try await Self.withFolder { folder in
            func arguments(_ name: String) -> [String] { Self.study("\(folder)/\(name)") }
            let clock = ContinuousClock()
            let start = clock.now
            let whole = try await Self.lgps(arguments: arguments("whole"))
            #expect(whole.status == 0, "\(whole.errors)")
            let seconds = (clock.now - start) / .seconds(1)
            var random = SplitMix64(seed: 20)
            var kills = 0
            for _ in 0..<10 {
                let moment = clock.now + .seconds(Double.random(in: 0...0.3, using: &random) * seconds)
                if try await Self.killed(arguments("torn"), once: { clock.now >= moment }) { kills += 1 }
            }
            #expect(kills >= 3, "the run ended before it could be killed")
            let last = try await Self.lgps(arguments: arguments("torn"))
            #expect(last.status == 0, "\(last.errors)")
            func findings(_ name: String) throws -> Data {
                try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)/findings.json"))
            }
            #expect(try findings("torn") == findings("whole"))
        }
    }

    @Test func storeIsAskedAndCommanded() async throws {
        try await Self.withFolder { folder in
            let run = Self.study(folder + "/r")
            let plan = try await Self.lgps(arguments: run.dropLast() + ["--dry-run"])
            #expect(plan.status == 0 && plan.text.contains("to do") && plan.text.contains("NVT 800 K"), "\(plan.text)")
            #expect(!FileManager.default.fileExists(atPath: folder + "/r/store"))
            #expect(try await Self.lgps(arguments: run).status == 0)
            let status = try await Self.lgps("status", folder + "/r/store")
            #expect(status.status == 0 && status.text.contains("3"), "\(status.text)")
            let none = try await Self.lgps("status", folder + "/none")
            #expect(none.status == 2 && none.errors.contains("no store"))
            let again = try await Self.lgps(
                "recompute", "diffusion/Ge/VASP-PBE/disordered/expanded/800K", "--output", folder + "/r", "--work",
                folder + "/w", "--quiet")
            #expect(again.status == 0, "bit for bit on one machine: \(again.errors)")
        }
    }

    /// Starts the program and sends it `signal` as soon as there is a checkpoint below `folder`.
    ///
    /// On a thread of its own: the run lasts seconds, and tasks wait longer than that while other tests compute.
    private static func interrupted(
        _ arguments: [String], by signal: Signal, onceBelow folder: String
    ) async throws -> (reason: Process.TerminationReason, status: Int32, errors: String) {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let (process, errors) = (Process(), Pipe())
                        process.executableURL = URL(fileURLWithPath: program)
                        process.arguments = arguments
                        process.standardInput = FileHandle.nullDevice
                        process.standardOutput = FileHandle.nullDevice
                        process.standardError = errors
                        try process.run()
                        while process.isRunning, !hasCheckpoint(folder) { usleep(2000) }
                        kill(process.processIdentifier, signal.rawValue)
                        process.waitUntilExit()
                        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                        return (process.terminationReason, process.terminationStatus, text)
                    })
            }
        }
    }

    private static func hasCheckpoint(_ folder: String) -> Bool {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return names.contains { $0.hasSuffix("checkpoint.bin") }
    }
}
