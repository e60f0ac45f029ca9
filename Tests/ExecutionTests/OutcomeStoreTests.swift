import Files
import Foundation
import Testing

@testable import Execution

struct OutcomeStoreTests {
    private let temporary: TemporaryStore
    private let outcomes: OutcomeStore
    private let kinds = CalculationKinds([Toy.self])
    private let toy = Toy.make()

    init() throws {
        temporary = try TemporaryStore()
        outcomes = temporary.store.outcomes
        try outcomes.write(Outcome(toy, content: 7, provenance: provenance()))
    }

    @Test func outcomeComesBack() throws {
        #expect(try outcomes.outcome(of: toy)?.content == 7)
        #expect(try outcomes.keys() == [toy.key])
        let (calculation, provenance) = try outcomes.check(toy.key, kinds: kinds)
        #expect(calculation.key == toy.key && provenance.program == "toys 0")
    }

    @Test func absentOneIsNil() throws { #expect(try outcomes.outcome(of: Toy.make()) == nil) }

    @Test func absentFolderIsEmpty() throws { #expect(try OutcomeStore("/nowhere/at/all").keys().isEmpty) }

    @Test func truncatedFileIsRefused() throws {
        let data = try InputFile.data(at: outcomes.file(toy.key))
        try AtomicFile.write(data.prefix(data.count / 2), to: outcomes.file(toy.key))
        let error = #expect(throws: InputError.self) { try outcomes.outcome(of: toy) }
        #expect(error?.file == outcomes.file(toy.key))
        #expect(throws: InputError.self) { try outcomes.check(toy.key, kinds: kinds) }
    }

    @Test func fileOfAnotherKeyIsRefused() throws {
        let other = Toy.make()
        try FileManager.default.copyItem(atPath: outcomes.file(toy.key), toPath: outcomes.file(other.key))
        #expect(throws: InputError.self) { try outcomes.outcome(of: other) }
        #expect(throws: InputError.self) { try outcomes.check(other.key, kinds: kinds) }
    }

    @Test func calculationThatDoesNotFitItsKeyIsRefused() throws {
        let text = try InputFile.text(at: outcomes.file(toy.key))
        let changed = text.replacingOccurrences(of: "\"cost\":1", with: "\"cost\":2")
        try #require(changed != text)
        try AtomicFile.write(changed, to: outcomes.file(toy.key))
        let error = #expect(throws: InputError.self) { try outcomes.outcome(of: toy) }
        #expect(error?.problem.contains("which its key names") == true)
    }

    @Test func fileOfAnotherKindIsRefused() throws {
        let other = OtherToy(name: "other")
        try AtomicFile.write(
            try JSONText.data(Outcome(other, content: 2, provenance: provenance())), to: outcomes.file(toy.key))
        #expect(throws: InputError.self) { try outcomes.outcome(of: toy) }
        let error = #expect(throws: InputError.self) { try outcomes.check(toy.key, kinds: kinds) }
        #expect(error?.problem.contains("other/1") == true)
    }
}
