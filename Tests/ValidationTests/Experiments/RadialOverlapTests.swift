import Files
import Testing

@testable import Calculations
@testable import Validation

struct RadialOverlapTests {
    private static func curve(_ first: [Float], _ second: [Float]? = nil) -> RadialAverage {
        RadialAverage(
            first: "Li", second: "S", binWidth: 0.5, halves: [PackedArray(first), PackedArray(second ?? first)])
    }

    @Test func overlapIsTheSharedArea() throws {
        let (a, b) = (Self.curve([0, 2, 1, 1]), Self.curve([0, 1, 2, 1]))
        #expect(RadialOverlap.overlap([a], [a])?.value == 1)
        #expect(RadialOverlap.overlap([Self.curve([0, 4, 0, 0])], [Self.curve([0, 0, 4, 0])])?.value == 0)
        // Shared 3 of 4.
        let overlap = try #require(RadialOverlap.overlap([a], [b]))
        #expect(overlap.value == 0.75 && overlap.standardError == 0)
        // Runs are averaged: each half of these two is the other.
        #expect(RadialOverlap.overlap([a, b], [b, a])?.value == 1)
    }

    @Test func halvesThatDifferMakeTheError() throws {
        let overlap = try #require(
            RadialOverlap.overlap([Self.curve([0, 2, 1, 1], [0, 1, 2, 1])], [Self.curve([0, 2, 1, 1])]))
        // 1 and 0.75 in the halves; together the shared area is 3.5 of 4.
        #expect(overlap.standardError == 0.125 && overlap.value == 0.875)
        #expect(RadialOverlap.overlap([], [Self.curve([1])]) == nil)
        #expect(RadialOverlap.overlap([Self.curve([1, 2])], [Self.curve([1])]) == nil)
        #expect(RadialOverlap.overlap([Self.curve([0])], [Self.curve([0])]) == nil)
    }
}
