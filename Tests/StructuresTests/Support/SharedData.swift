import Foundation

/// Data that are not part of the package: `LGPS_SHARED`, else `shared` beside the package.
enum SharedData {
    static let root: String = {
        if let path = ProcessInfo.processInfo.environment["LGPS_SHARED"] { return path }
        let package = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/")
        return "\(package.dropFirst())/../shared"
    }()

    static func path(_ below: String) -> String { "\(root)/\(below)" }
    static func has(_ below: String) -> Bool { FileManager.default.fileExists(atPath: path(below)) }
}
