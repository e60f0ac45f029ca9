import Foundation
import Structures

/// A folder that goes with the test.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "learning-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

enum LGPSTestCell {
    static let elements: [Species] = [.lithium, .germanium, .phosphorus, .sulfur]

    /// 50 atoms of Li10GeP2S12.
    static func ordered() throws -> Structure { try LGPSPrototype.ordered(.germanium) }
}
