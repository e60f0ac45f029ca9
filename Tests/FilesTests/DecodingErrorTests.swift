import Foundation
import Testing

@testable import Files

/// Decoders' errors speak of files, not of the types of a programming language.
@Suite struct DecodingErrorTests {
    private struct Settings: Decodable {
        var seed: UInt64?
        var steps: Int?
        var time: Double?
        var name: String?
        var flags: [Bool]?
        var part: [String: Int]?
    }

    @Test(arguments: [
        (#"{"seed": -1}"#, "seed", "-1 is out of range"), (#"{"steps": "x"}"#, "steps", "a whole number is expected"),
        (#"{"time": true}"#, "time", "a number is expected"), (#"{"name": 3}"#, "name", "text in quotation marks"),
        (#"{"flags": 3}"#, "flags", "a list [...]"), (#"{"part": 3}"#, "part", "an object {...}"),
        (#"{"steps": 1e300}"#, "steps", "out of range"),
    ])
    func inPlainWords(_ json: String, _ place: String, _ problem: String) throws {
        let error = try #require(throws: InputError.self) {
            try JSONText.decode(Settings.self, from: Data(json.utf8), file: "a.json")
        }
        #expect(error.file == "a.json" && error.place == place && error.problem.contains(problem), "\(error)")
        for word in ["Int", "UInt64", "Double", "Swift", "Dictionary"] { #expect(!error.description.contains(word)) }
    }
}
