import Files
import Foundation
import Testing

@testable import Validation

@Suite struct BaselineFileTests {
    /// What is wrong in a file's only baseline, and a part of the message.
    static let faults = [
        (#"{"id": "made/a", "value": 1, "tolerance": 0, "reason": "why"}"#, "a tolerance of 0.0 cannot be kept"),
        (#"{"id": "made/a", "value": 1, "tolerance": -1, "reason": "why"}"#, "a tolerance of -1.0"),
        (#"{"id": "made/a", "value": 1, "tolerance": "nan", "reason": "why"}"#, "a tolerance of nan"),
        (#"{"id": "made/a", "value": 1, "reason": "why"}"#, "the number has no tolerance"),
        (#"{"id": "made/a", "value": "word", "tolerance": 1, "reason": "why"}"#, "a word has no tolerance"),
        (#"{"id": "made/a", "value": 1, "tolerance": 1, "reason": "other"}"#, "the reason 'other'"),
        (#"{"id": "other/a", "value": 1, "tolerance": 1, "reason": "why"}"#, "does not begin with 'made/'"),
        (#"{"id": "made/a", "value": [1], "tolerance": 1, "reason": "why"}"#, "a number or a word"),
        (#"{"id": "made/a", "valeu": 1, "tolerance": 1, "reason": "why"}"#, "unknown key 'valeu'"),
        (#"{"id": "made/a", "value": 1, "tolerance": 1, "reason": "why", "counts": "rise"}"#, "counts"),
        (#"{"value": 1, "tolerance": 1, "reason": "why"}"#, "id"),
        (
            #"{"id": "made/a", "value": 1, "tolerance": 1, "reason": "why"}, {"id": "made/a", "value": 1, "tolerance": 1, "reason": "why"}"#,
            "two baselines"
        ),
        (#"{"id": "made/a""#, "JSON"),
    ]

    @Test(arguments: faults)
    func faultsAreNamed(baselines: String, message: String) throws {
        let made = try MadeReference()
        try Folder.make(made.folder.path + "/baselines")
        try AtomicFile.write(
            #"{"about": "", "reasons": {"why": "so"}, "baselines": [\#(baselines)]}"#, to: made.file())
        let error = #expect(throws: InputError.self) { try made.regression(MadeCheck()).run() }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
        #expect(error?.file == made.file())
    }

    @Test func aMissingFileSaysHowToWriteIt() throws {
        let made = try MadeReference()
        let error = #expect(throws: InputError.self) { try made.regression(MadeCheck(numbers: [.made(1)])).run() }
        #expect(error?.file == made.file() && error?.mend?.contains("--update --only made") == true)
    }

    @Test func contentsSurvive() throws {
        let made = try MadeReference()
        let baselines = [
            Baseline.made("made/a", 1.0 / 3, tolerance: 1e-9, counts: .fall),
            Baseline("made/b", .word("undecided"), reason: "because"),
        ]
        try made.write(baselines[0], baselines[1])
        #expect(try made.read().baselines == baselines)
    }

    /// The project's own.
    @Test(arguments: Regression.names)
    func committedBaselinesAreSound(check: String) throws {
        let file = try BaselineFile.read(
            "\(ReferenceDataTests.reference.folder)/baselines/\(check).json", check: check)
        #expect(!file.baselines.isEmpty && !file.about.isEmpty)
        #expect(Set(file.baselines.map(\.reason)) == Set(file.reasons.keys))
    }
}
