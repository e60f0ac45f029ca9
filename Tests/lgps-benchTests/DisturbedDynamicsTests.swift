import Foundation
import MolecularDynamics
import Testing

/// `lgps-bench md` killed at any moment, or out of disk space, and resumed: the trajectory of a run left alone.
@Suite(.serialized) struct DisturbedDynamicsTests {
    private static let steps = 600

    /// A folder with a crystal of 50 atoms and a configuration whose checkpoints are so frequent that kills hit them too.
    private static func withRun(
        trajectory: String, thermoInterval: Int, _ body: (String) async throws -> Void
    ) async throws {
        try await CommandLineTests.withFolder { folder in
            try """
            {"ensemble": "nvt", "temperature": 600, "steps": \(steps), "checkpoint_interval": 20,
             "output": {"thermo_interval": \(thermoInterval), "trajectory": {"format": "\(trajectory)", "interval": 1}}}
            """.write(toFile: folder + "/md.json", atomically: true, encoding: .utf8)
            #expect(try await CommandLineTests.lgps("structure", "cell.vasp", in: folder).status == 0)
            try await body(folder)
        }
    }

    private static func run(_ output: String, in folder: String, resume: Bool) async throws -> CommandLineTests.Output {
        let resume = resume ? ["--resume"] : []
        return try await CommandLineTests.lgps(
            arguments: ["md", "md.json", "--structure", "cell.vasp", "--output", output] + resume, in: folder)
    }

    private static func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    private static func expectSame(_ disturbed: String, as whole: String, trajectory: String) throws {
        func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }
        for file in ["thermo.csv", "checkpoint.bin"] {
            #expect(try bytes("\(disturbed)/\(file)") == bytes("\(whole)/\(file)"), "\(file)")
        }
        if trajectory == "extxyz" {
            #expect(try bytes(disturbed + "/trajectory.extxyz") == bytes(whole + "/trajectory.extxyz"))
        } else {
            let (a, b) = (try H5MDReader(disturbed + "/trajectory.h5"), try H5MDReader(whole + "/trajectory.h5"))
            try #require(a.frameCount == b.frameCount && a.frameCount == steps + 1)
            for frame in 0..<a.frameCount { #expect(try a.frame(frame) == b.frame(frame)) }
        }
    }

    /// Four kills, wherever the thermo log has grown to some length.
    @Test(arguments: ["h5md", "extxyz"]) func killedRunsGoOnToTheSameTrajectory(trajectory: String) async throws {
        try await Self.withRun(trajectory: trajectory, thermoInterval: 1) { folder in
            #expect(try await Self.run("whole", in: folder, resume: false).status == 0)
            let length = Self.size(folder + "/whole/thermo.csv")
            var kills = 0
            for fraction in [0.013, 0.317, 0.6, 0.951] {
                let resume = FileManager.default.fileExists(atPath: folder + "/torn/checkpoint.bin")
                let killed = try await Self.kill(
                    "torn", in: folder, resume: resume, onceLogHolds: Int(fraction * Double(length)))
                if killed { kills += 1 }
            }
            #expect(kills >= 3, "the run ended before it could be killed")
            let last = try await Self.run("torn", in: folder, resume: true)
            #expect(last.status == 0, "\(last.errors)")
            try Self.expectSame(folder + "/torn", as: folder + "/whole", trajectory: trajectory)
        }
    }

    /// Starts the run and sends it SIGKILL as soon as its thermo log is `length` bytes long; false if it ended before.
    private static func kill(
        _ output: String, in folder: String, resume: Bool, onceLogHolds length: Int
    ) async throws -> Bool {
        try await CommandLineTests.killed(
            ["md", "md.json", "--structure", "cell.vasp", "--output", output, "--quiet"]
                + (resume ? ["--resume"] : []), in: folder
        ) { size("\(folder)/\(output)/thermo.csv") >= length }
    }

    /// A limit on the size of files refuses bytes in the middle of a write, as a full disk does; `kilobytes` are fewer than
    /// the trajectory takes in the end and more than it takes at the first checkpoint.
    @Test(arguments: [("h5md", 400), ("extxyz", 100)])
    func aFullDiskLeavesTheCheckpointIntact(trajectory: String, kilobytes: Int) async throws {
        try await Self.withRun(trajectory: trajectory, thermoInterval: 100) { folder in
            #expect(try await Self.run("whole", in: folder, resume: false).status == 0)
            let limited = try await CommandLineTests.execute(
                "/bin/bash",
                [
                    "-c",
                    "trap '' XFSZ; ulimit -f \(kilobytes); exec \"$0\" md md.json --structure cell.vasp --output small",
                    CommandLineTests.program,
                ], in: folder)
            #expect(limited.status == 2, "\(limited)")
            #expect(limited.errors.contains("trajectory") && limited.errors.contains("space"), "\(limited.errors)")
            let resumed = try await Self.run("small", in: folder, resume: true)
            #expect(resumed.status == 0, "\(resumed.errors)")
            try Self.expectSame(folder + "/small", as: folder + "/whole", trajectory: trajectory)
        }
    }

    @Test func replicasAreIndependentOfEachOtherAndResume() async throws {
        try await Self.withRun(trajectory: "extxyz", thermoInterval: 10) { folder in
            let arguments = ["md", "md.json", "--structure", "cell.vasp", "--replicas", "3", "--output", "many"]
            #expect(try await CommandLineTests.lgps(arguments: arguments, in: folder).status == 0)
            #expect(try await Self.run("one", in: folder, resume: false).status == 0)
            // The first replica has the configuration's own seed.
            try Self.expectSame(folder + "/many/replica-000", as: folder + "/one", trajectory: "extxyz")
            let logs = try (0..<3).map {
                try String(contentsOfFile: "\(folder)/many/replica-00\($0)/thermo.csv", encoding: .utf8)
            }
            #expect(Set(logs).count == 3)
            let again = try await CommandLineTests.lgps(arguments: arguments, in: folder)
            #expect(again.status == 2 && again.errors.contains("--resume"))
            try FileManager.default.removeItem(atPath: folder + "/many/replica-001")
            let resumed = try await CommandLineTests.lgps(arguments: arguments + ["--resume"], in: folder)
            #expect(resumed.status == 0, "\(resumed.errors)")
            #expect(try String(contentsOfFile: folder + "/many/replica-001/thermo.csv", encoding: .utf8) == logs[1])
        }
    }
}
