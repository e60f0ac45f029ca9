import Files
import Foundation
import Testing

@testable import Execution

struct CalculationKindsTests {
    private let kinds = CalculationKinds([Toy.self, OtherToy.self])

    @Test func calculationComesBackFromItsJSON() throws {
        let toy = Toy.make(needs: [.make("need")])
        let decoded = try kinds.decode(kind: "toy/1", json: JSONText.canonical(toy), file: nil)
        #expect(decoded.key == toy.key)
        #expect(decoded.dependencies.map(\.key) == toy.needs.map(\.key))
    }

    @Test func unknownKindIsNamedWithItsFile() throws {
        let error = #expect(throws: InputError.self) {
            try kinds.decode(kind: "toy/2", json: Data("{}".utf8), file: "a.json")
        }
        #expect(error?.file == "a.json")
        #expect(error?.problem.contains("toy/2") == true)
    }

    @Test func missingKeyIsNamedWithItsFile() throws {
        let error = #expect(throws: InputError.self) {
            try kinds.decode(kind: "other/1", json: Data("{}".utf8), file: "a.json")
        }
        #expect(error?.file == "a.json" && error?.place == "name")
    }

    @Test func keyDependsOnKind() { #expect(OtherToy(name: "a").key != Toy(name: "a").key) }
}
