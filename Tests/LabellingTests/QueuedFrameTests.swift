import Structures
import Testing

@testable import Labelling

struct QueuedFrameTests {
    private func frames(_ xs: [Double], dataset: String = "LiS") throws -> [QueuedFrame] {
        try xs.enumerated().map { index, x in
            QueuedFrame(
                dataset: dataset, source: "here", index: index,
                structure: Structure(
                    cell: try Cell(a: 5, b: 5, c: 5), species: [.lithium, .sulfur],
                    positions: [SIMD3(x, 0, 0), SIMD3(2.4, 0, 0)]),
                typeMap: ["Li", "S"])
        }
    }

    @Test func interleavingTakesTurns() throws {
        let lists = try [frames([1, 2, 3], dataset: "a"), frames([4], dataset: "b"), frames([5, 6], dataset: "c")]
        #expect(QueuedFrame.interleaved(lists).map(\.dataset) == ["a", "b", "c", "a", "c", "a"])
    }

    @Test func theHashIsThatOfTheContent() throws {
        let a = try frames([0.1])[0].structure
        var b = a
        b.positions[0].x = Double(Float(0.1))
        #expect(FrameHash.hexadecimal(of: a) == FrameHash.hexadecimal(of: b))
        b.positions[0].x = 0.11
        #expect(FrameHash.hexadecimal(of: a) != FrameHash.hexadecimal(of: b))
        b = a
        b.species = [.lithium, .tin]
        #expect(FrameHash.hexadecimal(of: a) != FrameHash.hexadecimal(of: b))
    }

    @Test func progressTellsWhatIsLeft() {
        var progress = LabelProgress(
            total: 100, found: 10, labelled: 20, failed: 1, waiting: 0, duplicates: 0, elapsed: 1200)
        // 20 labels in 20 minutes, 69 left.
        #expect(progress.line == "30 of 100 labels, 1 failed, about 1 h 9 min left")
        progress.labelled = 0
        #expect(progress.secondsLeft == nil)
    }
}
