import Foundation

/// Files of `Fixtures/`: small inputs written after public bug reports of this field, each named in the test that reads it.
enum Fixture {
    static func path(_ name: String) -> String {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<2 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent("Fixtures/\(name)").path
    }
}
