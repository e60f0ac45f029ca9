import Foundation
import Testing

@testable import Files

@Suite struct JSONTextTests {
    struct Part: Codable, Equatable {
        var name: String
        var values: [Double]
    }

    struct Whole: Codable, Equatable {
        var parts: [Part]
    }

    /// Keys are hashes of this text: it must not depend on the order of keys, on blanks, or on anything else but the value.
    @Test func canonicalTextIsOne() throws {
        let part = Part(name: "a/b", values: [1, 0.1, 1e-12, 3e22])
        let text = String(decoding: try JSONText.canonical(part), as: UTF8.self)
        #expect(text == #"{"name":"a/b","values":[1,0.1,1e-12,3e+22]}"#)
        #expect(try JSONText.hash(of: part) == SHA256.hexadecimal(of: text))
    }

    @Test func numbersThatAreNotFiniteComeBack() throws {
        let part = Part(name: "", values: [.infinity, -.infinity, .nan])
        let again = try JSONText.decode(Part.self, from: JSONText.canonical(part), file: nil)
        #expect(again.values[0] == .infinity && again.values[1] == -.infinity && again.values[2].isNaN)
    }

    /// Errors name the file and the place in it, in the words of its author.
    @Test(arguments: [
        (#"{"parts":[{"name":"a","values":[]},{"values":[]}]}"#, "parts.[1].name", "missing"),
        (#"{"parts":[{"name":"a","values":["x"]}]}"#, "parts.[0].values.[0]", ""), (#"{"parts":"#, "", ""),
    ])
    func faultsAreNamed(text: String, place: String, problem: String) {
        let error = #expect(throws: InputError.self) {
            try JSONText.decode(Whole.self, from: Data(text.utf8), file: "input.json")
        }
        #expect(error?.file == "input.json")
        #expect((error?.place ?? "") == place)
        #expect(error?.problem.contains(problem) == true || problem.isEmpty)
    }
}
