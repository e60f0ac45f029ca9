import Files
import Foundation
import Structures
import Testing

/// `lgps-bench label` as a user runs it; the labels themselves are tested in LabellingTests.
@Suite struct LabelCommandTests {
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
}
