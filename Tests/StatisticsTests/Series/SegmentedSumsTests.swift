import Testing

@testable import Statistics

@Suite struct SegmentedSumsTests {
    /// 11 frames in at most 4 segments: length 4 in the end, two complete, and the mean over all frames.
    @Test func segmentsAreJoinedInPairs() {
        var sums = SegmentedSums(width: 2, maximumSegments: 4)
        for frame in 0..<11 { sums.add([Double(frame), 1]) }
        #expect(sums.series(0) == [1.5, 5.5])
        #expect(sums.series(1) == [1, 1])
        #expect(sums.mean(0) == 5)
        #expect(sums.mean(1) == 1)
    }
}
