import Foundation

/// Files of `reference-data/` in the package.
enum ReferenceData {
    static func path(_ below: String) -> String {
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { package.deleteLastPathComponent() }
        return package.appendingPathComponent("reference-data/\(below)").path
    }
}
