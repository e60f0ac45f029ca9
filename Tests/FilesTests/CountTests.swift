import Testing

@testable import Files

/// Numbers that someone has written, on their way to counts.
@Suite struct CountTests {
    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1, 0.5, 1e13]) func whatIsNoCountIsNil(_ value: Double)
    {
        #expect(Count.exactly(value) == nil)
    }

    @Test func countsAreKept() {
        #expect(Count.exactly(3.0) == 3 && Count.exactly(-2, in: -5...5) == -2 && Count.exactly(6, in: 0...5) == nil)
        #expect(Count.exactly("12") == 12 && Count.exactly("1e3") == nil && Count.exactly("9223372036854775808") == nil)
        #expect(Count.rounding(2.4, .up) == 3 && Count.rounding(.nan) == nil && Count.rounding(-0.4) == 0)
    }

    @Test func arraysHoldWhatTheirFileHolds() {
        #expect(Count.values(in: [2, 3], bytesEach: 8, within: 48) == 6)
        #expect(Count.values(in: [2, 3], bytesEach: 8, within: 47) == nil)
        #expect(Count.values(in: [1 << 40, 1 << 40], bytesEach: 1, within: .max) == nil)
        #expect(Count.values(in: [-1], bytesEach: 1, within: 10) == nil)
        #expect(
            Count.values(in: [], bytesEach: 8, within: 8) == 1
                && Count.values(in: [0, 5], bytesEach: 8, within: 0) == 0)
    }
}
