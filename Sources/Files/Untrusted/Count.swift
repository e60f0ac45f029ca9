/// The one way from a number that someone has written, in a file or an option, to a count.
///
/// `Int(_: Double)` traps on what is not finite or too large, and array sizes beyond memory abort: nothing that comes from
/// outside becomes an `Int` but here.
public enum Count {
    /// More than this of anything means a damaged file: a trillion, beyond all memory and every run's length.
    public static let largest = 1_000_000_000_000

    /// The whole number that `value` is; nil when it is none, or outside `range`.
    public static func exactly(_ value: Double, in range: ClosedRange<Int> = 0...largest) -> Int? {
        guard let count = Int(exactly: value), range.contains(count) else { return nil }
        return count
    }

    /// The whole number that a word is; nil when it is none, or outside `range`.
    public static func exactly(_ word: some StringProtocol, in range: ClosedRange<Int> = 0...largest) -> Int? {
        guard let count = Int(word), range.contains(count) else { return nil }
        return count
    }

    /// The whole number next to a quotient, such as a time over an interval; nil when that is outside `range` or no number.
    public static func rounding(
        _ value: Double, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero,
        in range: ClosedRange<Int> = 0...largest
    ) -> Int? {
        exactly(value.rounded(rule), in: range)
    }

    /// The values of an array of this shape; nil when a size is negative, or they take more than `bytes`.
    public static func values(in shape: [Int], bytesEach: Int, within bytes: Int) -> Int? {
        var total = 1
        for size in shape {
            let (product, overflow) = total.multipliedReportingOverflow(by: size)
            guard size >= 0, !overflow else { return nil }
            total = product
        }
        let (size, overflow) = total.multipliedReportingOverflow(by: bytesEach)
        return !overflow && size <= bytes ? total : nil
    }
}
