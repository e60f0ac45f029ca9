import Foundation

/// Data that are not part of the project: `../shared` beside the package, or the folder that `LGPS_SHARED` names.
/// Tests that need them are skipped without.
enum SharedData {
    static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["LGPS_SHARED"] { return URL(fileURLWithPath: path) }
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return package.deletingLastPathComponent().appendingPathComponent("shared")
    }()

    /// Predictions by DeePMD-kit 3.2.0 and the models that made them (golden/README.md).
    static let golden = root.appendingPathComponent("golden")
    static let hasGolden = FileManager.default.fileExists(atPath: golden.path)

    static func model(_ name: String) -> String { golden.appendingPathComponent(name).path }
}

/// A folder for the files of one test, removed at its end.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("lgps-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }
}
