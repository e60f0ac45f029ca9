import Testing

@testable import DeepPotential

@Suite struct BufferTests {
    @Test func beginsWithZerosOnACacheLine() {
        for count in [0, 1, 15, 16, 1000] {
            let buffer = Buffer<Float>(count: count)
            #expect(buffer.count == count)
            #expect(UInt(bitPattern: buffer.base) % 64 == 0)
            // The slack is zeroed as well.
            #expect((0..<count + 16).allSatisfy { buffer.base[$0] == 0 })
        }
    }

    @Test func growsAndNeverShrinks() {
        var buffer = Buffer([1.0, 2.0, 3.0])
        #expect((0..<3).map { buffer.base[$0] } == [1, 2, 3])
        buffer.reserve(2)
        #expect(buffer.count == 3 && buffer.base[2] == 3)
        buffer.reserve(100)
        #expect(buffer.count >= 100 && (0..<buffer.count).allSatisfy { buffer.base[$0] == 0 })
    }

    @Test func vectorsAreStoredInWholeOrInPart() {
        let numbers = SIMD16<Float>((0..<16).map { Float($0 + 1) })
        for count in [0, 1, 7, 8, 15, 16, 40] {
            let buffer = Buffer<Float>(count: 16)
            numbers.store(buffer.base, first: count)
            #expect((0..<16).allSatisfy { buffer.base[$0] == ($0 < count ? Float($0 + 1) : 0) })
        }
        #expect(numbers.total() == 136 && numbers.lowHalf.total() == 36)
        #expect(SIMD16<Float>.padded(17) == 32 && SIMD8<Float>.padded(16) == 16)
    }
}
