import Synchronization

/// Nets of one variable as cubic splines in Float32, one part for each net, all columns of an interval side by side.
///
/// The intervals of a part are equal, and as many as that net needs. Within one, G(t) = a0 + a1 t + a2 t² + a3 t³ with t in
/// [0, 1); value and slope of the net are matched at the nodes, computed in Double, so that forces are continuous. What a walk
/// through a table costs is the bytes that it reads from the second-level cache, so what counts is that the nets of frequent
/// pairs have few intervals; a cubic reads two thirds of what a quintic does, though it needs two to three times the
/// intervals to be as exact.
struct SplineTable {
    /// The values of all columns and their derivatives.
    typealias Function = @Sendable (Double) -> [Jet]

    /// Where a net's coefficients stand.
    struct Part {
        /// Of the first interval.
        let offset: Int
        let intervals: Int
        /// Intervals per unit of the variable.
        let density: Float
    }

    /// Columns, padded to whole `Lanes`.
    let paddedWidth: Int
    /// The variable's least value, and how far the table reaches from it. Places are held a little within that.
    let start: Float
    let reach: Float
    let parts: [Part]
    /// Coefficients: part, interval, group of as many columns as `Lanes`, power 0…3, column.
    let coefficients: [Float]

    /// Coefficients of one column in an interval.
    static let powers = 4
    /// Floats from one interval to the next.
    var intervalStride: Int { paddedWidth * Self.powers }

    /// The splines' errors, relative to the largest value and slope in the range tested, that end the refinement. They fall
    /// with the fourth and third power of the interval. The largest error that they leave in a force of trained models is
    /// 0.02 to 0.7 meV/Å (Benchmarks/md-speed/accuracy.py); four times larger ones would save up to a tenth of a step
    /// (results/tolerance.csv).
    static let valueTolerance = 5e-6
    static let slopeTolerance = 3e-4
    private static let mostIntervals = 8192

    /// - Parameters:
    ///   - width: columns of every function.
    ///   - range: what the table covers.
    ///   - tested: the part of it where the tolerances hold.
    ///   - coarsest: where the refinement begins.
    ///   - strictness: how many times smaller than the tolerances the errors must be.
    ///   - pool: threads that share the functions.
    init(
        _ functions: [Function], width: Int, range: ClosedRange<Double>, tested: ClosedRange<Double>, coarsest: Int,
        strictness: Double = 1, pool: WorkerPool
    ) {
        let padded = Lanes.padded(width)
        let span = range.upperBound - range.lowerBound
        let splines = Mutex([Spline?](repeating: nil, count: functions.count))
        pool.parallel(functions.count) { index, _ in
            let function = functions[index]
            var spline = Spline(function, range: range, intervals: coarsest)
            while spline.intervals < Self.mostIntervals, !spline.follows(function, in: tested, strictness: strictness) {
                spline = Spline(function, range: range, intervals: spline.intervals * 5 / 4)
            }
            splines.withLock { $0[index] = spline }
        }
        var (parts, coefficients): ([Part], [Float]) = ([], [])
        for case let spline? in splines.withLock({ $0 }) {
            parts.append(
                Part(
                    offset: coefficients.count, intervals: spline.intervals,
                    density: Float(Double(spline.intervals) / span)))
            coefficients += spline.packed(width: width, paddedWidth: padded)
        }
        paddedWidth = padded
        start = Float(range.lowerBound)
        // The place of the end must not round up to an interval that is not there.
        reach = Float(span * (1 - 1e-6))
        self.parts = parts
        self.coefficients = coefficients
    }

    /// Where a column's coefficient of t⁰ stands; those of higher powers follow at distances of `Lanes.scalarCount`.
    func place(part: Int, interval: Int, column: Int) -> Int {
        parts[part].offset + interval * intervalStride + Self.place(column: column)
    }

    /// The same within an interval.
    fileprivate static func place(column: Int) -> Int {
        column / Lanes.scalarCount * Lanes.scalarCount * powers + column % Lanes.scalarCount
    }
}

/// One net's spline while it is refined.
private struct Spline {
    let range: ClosedRange<Double>
    let intervals: Int
    let nodes: [[Jet]]

    init(_ function: SplineTable.Function, range: ClosedRange<Double>, intervals: Int) {
        self.range = range
        self.intervals = intervals
        let step = (range.upperBound - range.lowerBound) / Double(intervals)
        nodes = (0...intervals).map { function(range.lowerBound + Double($0) * step) }
    }

    var step: Double { (range.upperBound - range.lowerBound) / Double(intervals) }

    func segments(_ interval: Int) -> [CubicSegment] {
        zip(nodes[interval], nodes[interval + 1]).map { CubicSegment($0, $1, step: step) }
    }

    /// Whether the tolerances are met at the middles and quarters of the intervals that lie in `tested`.
    func follows(_ function: SplineTable.Function, in tested: ClosedRange<Double>, strictness: Double) -> Bool {
        let first = Int(((tested.lowerBound - range.lowerBound) / step).rounded(.down))
        let last = min(Int(((tested.upperBound - range.lowerBound) / step).rounded(.up)), intervals)
        var (value, slope, valueError, slopeError) = (0.0, 0.0, 0.0, 0.0)
        for interval in max(first, 0)..<last {
            let segments = segments(interval)
            for quarter in 1..<4 {
                let t = Double(quarter) / 4
                for (segment, exact) in zip(segments, function(range.lowerBound + (Double(interval) + t) * step)) {
                    let found = segment.valueAndSlope(at: t)
                    value = max(value, abs(exact.value))
                    slope = max(slope, abs(exact.slope))
                    valueError = max(valueError, abs(found.value - exact.value))
                    slopeError = max(slopeError, abs(found.slope - exact.slope))
                }
            }
        }
        return strictness * valueError <= SplineTable.valueTolerance * value
            && strictness * slopeError <= SplineTable.slopeTolerance * slope
    }

    /// The coefficients in the table's order, zero past `width`.
    func packed(width: Int, paddedWidth: Int) -> [Float] {
        let stride = paddedWidth * SplineTable.powers
        var packed = [Float](repeating: 0, count: intervals * stride)
        for interval in 0..<intervals {
            for (column, segment) in segments(interval).enumerated() {
                let start = interval * stride + SplineTable.place(column: column)
                for power in 0..<SplineTable.powers {
                    packed[start + Lanes.scalarCount * power] = Float(segment.coefficients[power])
                }
            }
        }
        return packed
    }
}

/// The cubic that meets value and slope at both ends of an interval of length `step`.
struct CubicSegment {
    /// Powers of t in [0, 1].
    let coefficients: SIMD4<Double>
    let step: Double

    init(_ left: Jet, _ right: Jet, step h: Double) {
        let rise = right.value - left.value
        let (d0, d1) = (h * left.slope, h * right.slope)
        step = h
        coefficients = SIMD4(left.value, d0, 3 * rise - 2 * d0 - d1, d0 + d1 - 2 * rise)
    }

    func valueAndSlope(at t: Double) -> (value: Double, slope: Double) {
        let a = coefficients
        return (a.x + t * (a.y + t * (a.z + t * a.w)), (a.y + t * (2 * a.z + 3 * t * a.w)) / step)
    }
}
