import Execution
import Files
import Foundation
import Structures
import Testing

/// `lgps-bench label` as a user runs it, and as someone kills it; the labels themselves are tested in CalculationsTests.
@Suite(.serialized) struct LabelCommandTests {
    private static let model =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/reference-data/models/interim/model.dp"

    @Test func aSecondStartGoesOnAndTheAuditPairsFrames() async throws {
        try await CommandLineTests.withFolder { folder in
            func label(_ count: String) async throws -> CommandLineTests.Output {
                try await CommandLineTests.lgps(
                    "label", "--code", "model", "--model", Self.model, "--perturbed", "Ge", "--count", count,
                    "--output", "labels", in: folder)
            }
            let first = try await label("2")
            #expect(first.status == 0, "\(first.errors)")
            let manifest = folder + "/labels/model/Li10GeP2S12-perturbed/manifest.json"
            let before = try InputFile.text(at: manifest)
            let second = try await label("3")
            #expect(second.status == 0 && second.text.hasPrefix("2 of 3 labels"), "\(second.text)")
            #expect(try InputFile.text(at: manifest).hasPrefix(before.prefix(before.count / 2)))
            let system = try LabelledSystem.load(path: folder + "/labels/model/Li10GeP2S12-perturbed")
            #expect(system.frameCount == 3 && system.virials != nil)

            let audit = try await CommandLineTests.lgps(
                "label", "audit", "--ours", "labels", "--theirs", "labels", "--csv", "audit.csv", in: folder)
            #expect(audit.status == 0 && audit.text.contains("3 frames"), "\(audit.errors)")
            #expect(audit.text.contains("| all | 450 | 1.0000 ± 0.0000 |"), "\(audit.text)")
            #expect(FileManager.default.fileExists(atPath: folder + "/audit.csv"))
        }
    }

    @Test func withoutCP2KTheInstallCommandIsTold() async throws {
        try await CommandLineTests.withFolder { folder in
            let output = try await CommandLineTests.lgps(
                "label", "--cp2k", "/nowhere/cp2k", "--perturbed", "Ge", "--output", "labels", in: folder)
            #expect(output.status == 3)
            #expect(output.errors.contains("apt-get install cp2k"), "\(output.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder + "/labels"))
        }
    }

    /// kill -9 while CP2K runs: it runs on, until the next start ends it. Only the frame under way is computed again.
    @Test func aKilledDriverLosesTheFrameUnderWayOnly() async throws {
        try await SleepingCP2K.with { cp2k in
            let driver = try cp2k.start()
            let process = try await cp2k.process()
            #expect(cp2k.calls == ["2.1", "2.9"])
            kill(driver.processIdentifier, SIGKILL)
            driver.waitUntilExit()
            #expect(ProcessIdentity(process) != nil)

            try cp2k.wake()
            let second = try await cp2k.label()
            #expect(second.status == 0, "\(second.errors)")
            #expect(ProcessIdentity(process) == nil)
            #expect(cp2k.calls == ["2.1", "2.9", "2.9"])
            #expect(try cp2k.system().frameCount == 2)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM]) func aSignalEndsCP2KAndKeepsWhatIsFinished(signal: Int32) async throws {
        try await SleepingCP2K.with { cp2k in
            let driver = try cp2k.start()
            let process = try await cp2k.process()
            kill(driver.processIdentifier, signal)
            driver.waitUntilExit()
            #expect(driver.terminationStatus == 128 + signal)
            #expect(ProcessIdentity(process) == nil)
            #expect(try cp2k.system().frameCount == 1)
        }
    }

    @Test func aSecondDriverIsRefused() async throws {
        try await SleepingCP2K.with { cp2k in
            let driver = try cp2k.start()
            _ = try await cp2k.process()
            let same = try await cp2k.label()
            #expect(same.status == 2 && same.errors.contains("another run is labelling into this folder"))
            let other = try await cp2k.label("--store", "labels/store", output: "elsewhere")
            #expect(other.status == 2 && other.errors.contains("another run works with this store"), "\(other.errors)")
            #expect(cp2k.calls == ["2.1", "2.9"])
            kill(driver.processIdentifier, SIGTERM)
            driver.waitUntilExit()
        }
    }

    @Test func aFailureIsToldWithItsReason() async throws {
        try await SleepingCP2K.with { cp2k in
            try cp2k.break()
            let output = try await cp2k.label()
            #expect(output.status == 3)
            #expect(output.text.contains("frame 1: PBE: crashed: CP2K ended with status 7"), "\(output.text)")
            #expect(output.text.contains("out of luck"))
            #expect(output.errors.contains("1 labels failed") && output.errors.contains("labels/store"))
            try cp2k.wake()
            #expect(try await cp2k.label().status == 3)
            #expect(cp2k.calls == ["2.1", "2.9"])
            #expect(try await cp2k.label("--retry-failed").status == 0)
            #expect(try cp2k.system().frameCount == 2)
        }
    }
}

/// A folder with two frames, and a shell script in the place of CP2K that sleeps over the second of them.
private struct SleepingCP2K {
    let folder: String

    static func with(_ body: (SleepingCP2K) async throws -> Void) async throws {
        try await CommandLineTests.withFolder { folder in
            try Folder.make("\(folder)/bin")
            try Folder.make("\(folder)/data")
            try AtomicFile.write(script, to: "\(folder)/bin/cp2k.psmp")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: "\(folder)/bin/cp2k.psmp")
            try AtomicFile.write(
                "Li DZVP-MOLOPT-PBE-GTH-q3\nSi TZV2P-MOLOPT-PBE-GTH-q4\n", to: "\(folder)/data/BASIS_MOLOPT")
            try AtomicFile.write("Li GTH-PBE-q3\nSi GTH-PBE-q4\n", to: "\(folder)/data/GTH_POTENTIALS")
            try LabelledSystem(
                name: "LiSi", typeMap: ["Li", "Si"], types: [0, 1],
                coordinates: [0, 0, 0, 2.1, 0, 0, 0, 0, 0, 2.9, 0, 0],
                boxes: [6, 0, 0, 0, 6, 0, 0, 0, 6, 6, 0, 0, 0, 6, 0, 0, 0, 6], energies: [0, 0],
                forces: .init(repeating: 0, count: 12)
            ).write(to: "\(folder)/frames/LiSi")
            try await body(SleepingCP2K(folder: folder))
        }
    }

    var calls: [String] {
        ((try? InputFile.text(at: "\(folder)/bin/calls")) ?? "").split(separator: "\n").map(String.init)
    }

    func system() throws -> LabelledSystem { try LabelledSystem.load(path: "\(folder)/labels/PBE/LiSi") }

    /// From now on nothing sleeps or breaks.
    func wake() throws { try AtomicFile.write("awake", to: "\(folder)/bin/mood") }
    func `break`() throws { try AtomicFile.write("broken", to: "\(folder)/bin/mood") }

    /// Of the script that sleeps.
    func process() async throws -> Int32 {
        for _ in 0..<1000 {
            if let text = try? InputFile.text(at: "\(folder)/bin/process"),
                let id = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
            {
                return id
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw InputError(problem: "CP2K was not started")
    }

    private func arguments(_ more: [String], output: String) -> [String] {
        ["label", "--cp2k", "bin/cp2k.psmp", "--data", "frames", "--output", output] + more
    }

    func start() throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLineTests.program)
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.arguments = arguments([], output: "labels")
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    func label(_ more: String..., output: String = "labels") async throws -> CommandLineTests.Output {
        try await CommandLineTests.execute(
            "/usr/bin/env",
            ["CP2K_DATA_DIR=\(folder)/data", CommandLineTests.program] + arguments(more, output: output), in: folder)
    }

    private var environment: [String: String] {
        ProcessInfo.processInfo.environment.merging(["CP2K_DATA_DIR": "\(folder)/data"]) { $1 }
    }

    private static let script = """
        #!/bin/sh
        # Arguments: -i INPUT -o OUTPUT
        here=$(dirname "$0")
        x=$(sed -n 's/^ *Si \\([0-9]\\.[0-9]\\).*/\\1/p' "$2")
        mood=$(cat "$here/mood" 2>/dev/null)
        echo "$x" >> "$here/calls"
        if [ "$x" = 2.9 ] && [ "$mood" = broken ]; then echo out of luck; exit 7; fi
        if [ "$x" = 2.9 ] && [ "$mood" != awake ]; then
            echo $$ > "$here/process"
            sleep 600
        fi
        cat > "$4" <<'END'
         CP2K| version string: CP2K version fake
          *** SCF run converged in    7 steps ***
         ENERGY| Total FORCE_EVAL ( QS ) energy [a.u.]: -1.0
         ATOMIC FORCES in [a.u.]
         1 1 Li 0.01 0.0 0.0
         2 2 Si 0.0 0.0 0.0
         SUM OF ATOMIC FORCES 0.01 0.0 0.0 0.01
         STRESS| Analytical stress tensor [GPa]
         STRESS| x 0.1 0.0 0.0
         STRESS| y 0.0 0.1 0.0
         STRESS| z 0.0 0.0 0.1
         PROGRAM ENDED AT now
        END

        """
}
