import Files
import Foundation
import Structures
import Testing

/// `--engine slurm` as a user runs it, with a stand-in for Slurm that runs the batch scripts on this machine.
@Suite(.serialized) struct SlurmCommandTests {
    private static let model =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/reference-data/models/interim/model.dp"

    /// Writes the stand-ins and machine.json.
    private func prepare(_ folder: String, resources: String = "{}") throws {
        try Folder.make("\(folder)/slurm")
        let sbatch = """
            #!/bin/bash
            here=$(dirname "$0")
            for argument; do
                case $argument in
                --array=0-*) last=${argument#*-array=0-} ;;
                --output=*) output=${argument#*=} ;;
                esac
            done
            echo "$*" >> "$here/calls"
            nice > "$here/level"
            for place in $(seq 0 "$last"); do
                SLURM_ARRAY_TASK_ID=$place setsid bash "$argument" > "${output//%a/$place}" 2>&1 < /dev/null &
            done
            wc -l < "$here/calls"
            """
        for (name, script) in [
            ("sbatch", sbatch), ("squeue", "#!/bin/sh"), ("scancel", "#!/bin/sh"),
            ("scontrol", "#!/bin/sh\necho 'MaxArraySize = 1001'"),
        ] {
            try AtomicFile.write(script + "\n", to: "\(folder)/slurm/\(name)")
            try #require(chmod("\(folder)/slurm/\(name)", 0o755) == 0)
        }
        try AtomicFile.write(
            """
            {"machine": {"batch_type": "Slurm", "context_type": "LazyLocalContext"}, "resources": \(resources),
             "slurm": {"poll_seconds": 1}}
            """, to: "\(folder)/machine.json")
    }

    private func lgps(_ arguments: [String], in folder: String) async throws -> CommandLineTests.Output {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return try await CommandLineTests.execute(
            "/usr/bin/env", ["PATH=\(folder)/slurm:\(path)", CommandLineTests.program] + arguments, in: folder)
    }

    @Test func labelsAreThoseOfTheLocalEngine() async throws {
        try await CommandLineTests.withFolder { folder in
            try prepare(folder)
            func label(_ output: String, _ more: String...) async throws -> LabelledSystem {
                let result = try await lgps(
                    [
                        "label", "--code", "model", "--model", Self.model, "--perturbed", "Ge", "--count", "3",
                        "--output", output,
                    ]
                        + more, in: folder)
                #expect(result.status == 0, "\(result.errors)")
                return try LabelledSystem.load(path: "\(folder)/\(output)/model/Li10GeP2S12-perturbed")
            }
            let ours = try await label("slurm-labels", "--engine", "slurm", "--machine", "machine.json")
            let theirs = try await label("labels")
            #expect(ours.frameCount == 3)
            #expect(ours.forces == theirs.forces && ours.energies == theirs.energies && ours.virials == theirs.virials)
            let calls = try InputFile.text(at: "\(folder)/slurm/calls")
            #expect(calls.split(separator: "\n").count == 1 && calls.contains("--array=0-2 "))
            // A second start has nothing to do.
            _ = try await label("slurm-labels", "--engine", "slurm", "--machine", "machine.json")
            #expect(try InputFile.text(at: "\(folder)/slurm/calls") == calls)
        }
    }

    /// Ranks, threads and nice level reach the worker, and its node finds a CP2K that this machine lacks.
    @Test func labelsAreComputedAsTheCommandSays() async throws {
        try await SleepingCP2K.with { cp2k in
            try cp2k.wake()
            let folder = cp2k.folder
            try prepare(
                folder,
                resources: """
                    {"cpu_per_node": 2, "envs": {"CP2K_DATA_DIR": "\(folder)/data"},
                     "prepend_script": ["export PATH=\(folder)/bin:$PATH"]}
                    """)
            try AtomicFile.write(
                """
                #!/bin/bash
                echo "$2 $OMP_NUM_THREADS $(nice)" >> \(folder)/given
                shift 2
                exec "$@"

                """, to: "\(folder)/bin/mpirun")
            try #require(chmod("\(folder)/bin/mpirun", 0o755) == 0)
            let result = try await lgps(
                [
                    "label", "--data", "frames", "--threads", "3", "--nice", "4", "--output", "labels", "--engine",
                    "slurm",
                    "--machine", "machine.json",
                ], in: folder)
            #expect(result.status == 0, "\(result.errors)")
            #expect(try cp2k.system().frameCount == 2)
            let level = try InputFile.text(at: "\(folder)/slurm/level").trimmingCharacters(in: .whitespacesAndNewlines)
            let nice = min(try #require(Int(level)) + 4, 19)
            #expect(try InputFile.text(at: "\(folder)/given") == "2 3 \(nice)\n2 3 \(nice)\n")
            let script = try InputFile.text(at: "\(folder)/slurm/calls")
            #expect(script.contains("--job-name=lgps-") && script.contains("-fp-"))
        }
    }

    @Test(arguments: [
        ([], "--engine slurm needs --machine"), (["--machine", "nowhere.json"], "nowhere.json"),
        (["--machine", "ssh.json"], "SSHContext"), (["--machine", "odd.json"], "unknown key"),
        (["--machine", "machine.json"], "PATH has no"),
    ])
    func faultsAreToldBeforeAnythingIsDone(arguments: [String], words: String) async throws {
        try await CommandLineTests.withFolder { folder in
            try prepare(folder)
            for name in ["sbatch", "squeue"] { unlink("\(folder)/slurm/\(name)") }
            try AtomicFile.write(
                #"{"machine": {"context_type": "SSHContext"}, "resources": {}}"#, to: "\(folder)/ssh.json")
            try AtomicFile.write(#"{"resource": {}}"#, to: "\(folder)/odd.json")
            let commands = [
                ["experiment", "--profile", "smoke"],
                ["label", "--code", "model", "--model", Self.model, "--perturbed", "Ge"],
            ]
            for command in commands {
                let result = try await CommandLineTests.execute(
                    "/usr/bin/env",
                    ["PATH=\(folder)/slurm", CommandLineTests.program] + command + [
                        "--output", "report", "--engine", "slurm",
                    ]
                        + arguments, in: folder)
                #expect(result.status == 2 && result.errors.contains(words), "\(result.errors)")
                #expect(!FileManager.default.fileExists(atPath: "\(folder)/report"))
            }
        }
    }
}
