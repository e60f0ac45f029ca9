import Files
import Foundation
import Parallel
import Testing

@testable import Validation

@Suite struct RegressionTests {
    @Test func whatStaysWithinItsTolerancePasses() throws {
        let made = try MadeReference()
        try made.write(.made(2), Baseline("made/word", .word("reproduced"), reason: "because"))
        let report = try made.regression(
            MadeCheck(numbers: [.made(2.09), Baseline("made/word", .word("reproduced"), reason: "because")])
        ).run()
        #expect(report.passes && report.failures.isEmpty)
        #expect(abs(report.checks[0].movements[0].inTolerances! - 0.9) < 1e-12)
        #expect(report.text.contains("All 2 numbers are where they were."))
    }

    /// Beyond the tolerance on either side, and what is no number at all.
    @Test(arguments: [2.11, 1.89, .nan, .infinity, -.infinity])
    func whatMovesFartherFails(value: Double) throws {
        let made = try MadeReference()
        try made.write(.made(2))
        let report = try made.regression(MadeCheck(numbers: [.made(value)])).run()
        #expect(!report.passes && report.failures.map(\.state) == [.moved])
        #expect(report.text.contains("made/number") && report.text.contains("it is a test"))
    }

    @Test func theTableIsInTolerances() throws {
        let made = try MadeReference()
        try made.write(.made(2))
        let report = try made.regression(MadeCheck(numbers: [.made(2.35)])).run()
        #expect(
            report.text.contains("| made/number | 2.00 Å | 2.35 Å | 0.10 | +3.50 | it is a test |"), "\(report.text)")
        #expect(report.words == ["made/number: 2.00 Å → 2.35 Å (+0.35, +3.50 tolerances)"])
    }

    @Test func onlyAFallCountsWhereItIsSaid() throws {
        let made = try MadeReference()
        try made.write(.made(2, counts: .fall))
        #expect(try made.regression(MadeCheck(numbers: [.made(9)])).run().passes)
        #expect(try !made.regression(MadeCheck(numbers: [.made(1.8)])).run().passes)
        #expect(try !made.regression(MadeCheck(numbers: [.made(.nan)])).run().passes)
    }

    @Test func wordsMustBeTheSame() throws {
        let made = try MadeReference()
        try made.write(Baseline("made/word", .word("reproduced"), reason: "because"), .made("made/other", 1))
        let report = try made.regression(
            MadeCheck(numbers: [
                Baseline("made/word", .word("undecided"), reason: "because"),
                Baseline("made/other", .word("not diffusive yet"), reason: "because"),
            ])
        ).run()
        #expect(report.words == ["made/word: reproduced → undecided", "made/other: 1.0 Å → not diffusive yet"])
    }

    @Test func whatIsNewOrGoneFails() throws {
        let made = try MadeReference()
        try made.write(.made("made/old", 1))
        let report = try made.regression(MadeCheck(numbers: [.made("made/new", 2)])).run()
        #expect(report.failures.map(\.state) == [.gone, .new])
        #expect(report.text.contains("not measured any more"))
    }

    /// A baseline whose model or prediction is not there names the file.
    @Test func whatIsMissingIsNamed() throws {
        let (folder, model) = (ReferenceDataTests.reference.folder, "accuracy/LiGePS-PBE/model-000/Ge/force")
        #expect(ModelErrors().absence(of: model, in: folder) == nil)
        #expect(ModelErrors().absence(of: model, in: "/nowhere") == "models/LiGePS-PBE/model-000.dp")
        let prediction = "evaluators/golden/hybrid/crystal/fast/force"
        #expect(EvaluatorAgreement().absence(of: prediction, in: folder) == nil)
        #expect(EvaluatorAgreement().absence(of: prediction, in: "/nowhere") == "golden/predictions/hybrid/crystal")
    }

    @Test func aCheckThatCannotBeMadeFailsAndTheOthersGoOn() throws {
        let made = try MadeReference()
        try made.write(.made(2))
        try BaselineFile(about: "", reasons: [:], baselines: []).write(to: made.file("broken"))
        let report = try made.regression(
            MadeCheck(name: "broken", obstacle: "model.dp: cannot be read"), MadeCheck(numbers: [.made(2)])
        ).run()
        #expect(!report.passes && report.failures.isEmpty && report.obstacles.map(\.name) == ["broken"])
        #expect(report.text.contains("broken could not be measured: model.dp: cannot be read"))
    }

    @Test func anUpdateWritesWhatMovedAndKeepsTheRest() throws {
        let made = try MadeReference()
        try made.write(
            .made("made/kept", 1), .made("made/moved", 1, tolerance: 0.2), .made("made/gone", 1),
            reasons: ["because": "written by hand", "unused": "of nothing"])
        let regression = try made.regression(
            MadeCheck(numbers: [.made("made/kept", 1.05), .made("made/moved", 2), .made("made/new", 3)]))
        let report = try regression.update()
        #expect(report.failures.map(\.state) == [.moved, .gone, .new])
        let file = try made.read()
        #expect(file.baselines == [.made("made/kept", 1), .made("made/moved", 2), .made("made/new", 3)])
        #expect(file.reasons == ["because": "it is a test"])
        #expect(try regression.run().passes)
        let bytes = try InputFile.data(at: made.file())
        #expect(try regression.update().failures.isEmpty)
        #expect(try InputFile.data(at: made.file()) == bytes)
    }

    @Test func anUpdateThatCannotMeasureWritesNothing() throws {
        let made = try MadeReference()
        #expect(try !made.regression(MadeCheck(obstacle: "no data")).update().passes)
        #expect(!FileManager.default.fileExists(atPath: made.file()))
    }

    @Test func aStopIsHeard() throws {
        let made = try MadeReference()
        try made.write(.made(2))
        var regression = try made.regression(MadeCheck(numbers: [.made(3)]))
        regression.stop = StopFlag()
        regression.stop.raise()
        #expect(throws: Interrupted.self) { try regression.update() }
        #expect(try made.read().baselines == [.made(2)])
    }

    @Test func changesAreWrittenInWordsNewestFirst() throws {
        let made = try MadeReference()
        try made.write(.made(2))
        let path = made.folder.path + "/CHANGES.md"
        for (value, why) in [(3.0, "a first reason"), (4.0, "a second reason")] {
            let report = try made.regression(MadeCheck(numbers: [.made(value)])).update()
            try BaselineChanges.add(report, because: why, commit: "0123456789abcdef", to: path)
        }
        let text = try made.folder.text("CHANGES.md")
        #expect(text.hasPrefix("# Changes of the baselines\n") && text.contains("commit 0123456789ab\n"))
        let (new, old) = (try #require(text.range(of: "a second")), try #require(text.range(of: "a first")))
        #expect(new.lowerBound < old.lowerBound)
        #expect(text.contains("- made/number: 3.00 Å → 4.00 Å (+1.0, +10.0 tolerances)"))
        let same = try made.regression(MadeCheck(numbers: [.made(4)])).update()
        try BaselineChanges.add(same, because: "nothing", commit: nil, to: path)
        #expect(try made.folder.text("CHANGES.md") == text)
    }

    @Test func unknownChecksAreNamed() throws {
        let error = #expect(throws: InputError.self) {
            try Regression(ReferenceDataTests.reference, only: ["speeed"], threads: 1)
        }
        #expect(error?.description.contains("'speeed'") == true && error?.mend?.contains("accuracy") == true)
    }
}
