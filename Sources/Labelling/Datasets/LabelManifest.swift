import Files
import Foundation
import Structures

/// How the labels of one dataset folder came about: `manifest.json` beside `type.raw`.
public struct LabelManifest: Codable, Equatable, Sendable {
    /// One frame of the folder, in the order of the arrays.
    public struct Frame: Codable, Equatable, Sendable {
        /// Where the frame was taken from: a system's name, or how it was made.
        public var source: String
        /// Its place there; the dataset keeps this order.
        public var index: Int
        /// `FrameHash` of the structure.
        public var hash: String
        public var selfConsistencySteps: Int?
        /// Elapsed seconds.
        public var wallTime: Double
    }

    /// The code with its version.
    public var code: String
    public var level: String
    /// Everything that the labels depend on.
    public var settings: [String: String]
    public var frames: [Frame]

    static let fileName = "manifest.json"

    /// - Throws: `InputError` when the file is missing or is no manifest.
    public static func load(folder: String) throws -> LabelManifest {
        let path = "\(folder)/\(fileName)"
        do {
            return try JSONDecoder().decode(LabelManifest.self, from: try InputFile.data(at: path))
        } catch let error as DecodingError {
            throw InputError(
                file: path, problem: "this is no label manifest: \(error.localizedDescription)",
                mend: "restore the file, or label into another folder")
        }
    }

    func write(folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var data = try encoder.encode(self)
        data.append(0x0A)
        try AtomicFile.write(data, to: "\(folder)/\(Self.fileName)")
    }
}
