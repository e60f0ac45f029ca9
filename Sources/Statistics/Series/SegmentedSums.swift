import Files

/// Sums of a vector of values per frame, kept for segments of the run so that block errors can be told at its end.
///
/// Segments are of equal length, a power of two of frames; they are joined in pairs when there are more than
/// `maximumSegments`, so memory is bounded for runs of any length.
public struct SegmentedSums: Equatable, Sendable, Codable {
    /// Values per frame.
    public let width: Int
    public private(set) var frameCount = 0
    private let maximumSegments: Int
    private var segmentLength = 1
    /// [segments, width].
    private var sums: PackedArray<Double>

    /// - Parameter maximumSegments: even.
    public init(width: Int, maximumSegments: Int = 64) {
        self.width = width
        self.maximumSegments = maximumSegments
        sums = PackedArray([Double](repeating: 0, count: width * maximumSegments))
    }

    public mutating func add(_ values: [Double]) {
        precondition(values.count == width, "one value per column")
        if frameCount == segmentLength * maximumSegments { joinSegments() }
        let start = width * (frameCount / segmentLength)
        for index in 0..<width { sums.values[start + index] += values[index] }
        frameCount += 1
    }

    private mutating func joinSegments() {
        for segment in 0..<maximumSegments / 2 {
            for index in 0..<width {
                let first = 2 * segment * width + index
                sums.values[segment * width + index] = sums.values[first] + sums.values[first + width]
            }
        }
        for index in maximumSegments / 2 * width..<sums.values.count { sums.values[index] = 0 }
        segmentLength *= 2
    }

    /// The mean over all frames of one column.
    public func mean(_ column: Int) -> Double {
        let total = stride(from: column, to: sums.values.count, by: width).reduce(0) { $0 + sums.values[$1] }
        return total / Double(frameCount)
    }

    /// The means over the complete segments of one column, in the order of time.
    public func series(_ column: Int) -> [Double] {
        (0..<frameCount / segmentLength).map { sums.values[$0 * width + column] / Double(segmentLength) }
    }
}
