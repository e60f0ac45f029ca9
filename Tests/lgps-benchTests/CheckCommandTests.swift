import Foundation
import Testing

/// `lgps-bench check` as CI calls it, with the checks that take no time.
@Suite struct CheckCommandTests {
    static let reference: String = {
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { package.deleteLastPathComponent() }
        return package.appendingPathComponent("reference-data").path
    }()

    /// The project's reference data with baselines that may be written.
    static func copy(in folder: String) throws -> String {
        let (files, copy) = (FileManager.default, folder + "/reference-data")
        try files.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for name in try files.contentsOfDirectory(atPath: reference) where name != "baselines" {
            try files.createSymbolicLink(atPath: "\(copy)/\(name)", withDestinationPath: "\(reference)/\(name)")
        }
        try files.copyItem(atPath: reference + "/baselines", toPath: copy + "/baselines")
        return copy
    }

    /// Puts another number in the place of the first value, or tolerance, of a file of baselines.
    static func alter(_ path: String, _ key: String, to text: String) throws {
        var content = try String(contentsOfFile: path, encoding: .utf8)
        let line = try #require(content.range(of: "\"\(key)\" : [^,\n]*", options: .regularExpression))
        content.replaceSubrange(line, with: "\"\(key)\" : \(text)")
        try content.write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test func theProjectPasses() async throws {
        let output = try await CommandLineTests.lgps(
            "check", "--only", "fits", "--only", "diffusion", "--quiet", "--json")
        #expect(output.status == 0, "\(output.text)\(output.errors)")
        let report = try JSONSerialization.jsonObject(with: Data(output.text.utf8)) as? [String: Any]
        #expect((report?["checks"] as? [Any])?.count == 2)
    }

    @Test func aMovedNumberFailsUntilItIsUpdated() async throws {
        try await CommandLineTests.withFolder { folder in
            let copy = try Self.copy(in: folder)
            try Self.alter(copy + "/baselines/fits.json", "value", to: "12345.678")
            let arguments = ["check", "--reference-data", copy, "--only", "fits"]
            let first = try await CommandLineTests.lgps(arguments: arguments)
            #expect(first.status == 1 && first.text.contains("1 of "), "\(first.text)\(first.errors)")
            let update = try await CommandLineTests.lgps(arguments: arguments + ["--update", "--because", "a test"])
            #expect(update.status == 0 && update.text.contains("12345.678"), "\(update.text)")
            let changes = try String(contentsOfFile: copy + "/baselines/CHANGES.md", encoding: .utf8)
            #expect(changes.contains("a test") && changes.contains("12345.678"))
            #expect(try await CommandLineTests.lgps(arguments: arguments).status == 0)
            let (new, old) = (copy + "/baselines/fits.json", Self.reference + "/baselines/fits.json")
            #expect(FileManager.default.contents(atPath: new) == FileManager.default.contents(atPath: old))
        }
    }

    @Test func anInputThatIsMissingFailsByName() async throws {
        try await CommandLineTests.withFolder { folder in
            let copy = try Self.copy(in: folder)
            try FileManager.default.removeItem(atPath: copy + "/baselines/inputs/diffusion.h5")
            let output = try await CommandLineTests.lgps(
                "check", "--reference-data", copy, "--only", "diffusion", "--only", "fits")
            #expect(output.status == 1 && output.text.contains("diffusion could not be measured"), "\(output.text)")
            #expect(output.text.contains("diffusion.h5"))
        }
    }

    @Test(arguments: ["0", "-1e-3"])
    func aToleranceThatCannotBeKeptIsBadInput(tolerance: String) async throws {
        try await CommandLineTests.withFolder { folder in
            let copy = try Self.copy(in: folder)
            try Self.alter(copy + "/baselines/fits.json", "tolerance", to: tolerance)
            let output = try await CommandLineTests.lgps("check", "--reference-data", copy, "--only", "fits")
            #expect(output.status == 2 && output.errors.contains("tolerance") && output.errors.contains("fits.json"))
        }
    }

    @Test func baselinesThatAreMissingAreBadInput() async throws {
        try await CommandLineTests.withFolder { folder in
            let copy = try Self.copy(in: folder)
            try FileManager.default.removeItem(atPath: copy + "/baselines/fits.json")
            let output = try await CommandLineTests.lgps("check", "--reference-data", copy, "--only", "fits")
            #expect(output.status == 2 && output.errors.contains("--update --only fits"), "\(output.errors)")
            #expect(try await CommandLineTests.lgps("check", "--reference-data", folder).status == 2)
            #expect(try await CommandLineTests.lgps("check", "--only", "nothing").status == 2)
            #expect(try await CommandLineTests.lgps("check", "--because", "why").status == 2)
        }
    }

    @Test func historyGrowsByCommit() async throws {
        try await CommandLineTests.withFolder { folder in
            let file = folder + "/history.csv"
            // Fits are not kept in it: it has its header, and there is nothing to draw.
            let output = try await CommandLineTests.lgps("check", "--only", "fits", "--history", file)
            #expect(output.status == 0, "\(output.text)\(output.errors)")
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "commit,date,processor,id,unit,value\n")
            try "nonsense".write(toFile: file, atomically: true, encoding: .utf8)
            #expect(try await CommandLineTests.lgps("check", "--only", "fits", "--history", file).status == 2)
        }
    }
}
