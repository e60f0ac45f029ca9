/// A set of numbers below a limit that is filled, read in rising order and emptied again and again.
///
/// A bit for each number and one for each word of bits, so that the empty stretches of a large set cost little.
final class MarkedNumbers: @unchecked Sendable {
    private let words: UnsafeMutablePointer<UInt64>
    private let summary: UnsafeMutablePointer<UInt64>
    private let summaryCount: Int

    init(below limit: Int) {
        let count = limit / 64 + 1
        summaryCount = count / 64 + 1
        words = .allocate(capacity: count)
        words.initialize(repeating: 0, count: count)
        summary = .allocate(capacity: summaryCount)
        summary.initialize(repeating: 0, count: summaryCount)
    }

    deinit {
        words.deallocate()
        summary.deallocate()
    }

    /// - Parameter number: not negative and below the limit.
    @inline(__always)
    func insert(_ number: Int) {
        words[number >> 6] |= 1 << UInt64(truncatingIfNeeded: number & 63)
        summary[number >> 12] |= 1 << UInt64(truncatingIfNeeded: (number >> 6) & 63)
    }

    /// Calls `body` with every number, the smallest first, and leaves the set empty.
    @inline(__always)
    func removeAll(_ body: (Int) -> Void) {
        for part in 0..<summaryCount {
            var marked = summary[part]
            summary[part] = 0
            while marked != 0 {
                let word = part &<< 6 | marked.trailingZeroBitCount
                marked &= marked &- 1
                var bits = words[word]
                words[word] = 0
                while bits != 0 {
                    body(word &<< 6 | bits.trailingZeroBitCount)
                    bits &= bits &- 1
                }
            }
        }
    }
}
