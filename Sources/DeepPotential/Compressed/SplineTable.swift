import Parallel
import Synchronization

/// Nets of one variable as cubic splines in Float32, one part for each net, all columns of a node side by side.
///
/// The intervals of a part are equal, and as many as that net needs. A spline is a sum of cubic B-splines: within interval k
/// G = Σ_j w_j(t) c_{k+j} with j = 0…3 and t in [0, 1); it meets the net at the nodes, computed in Double, and the net's
/// slope at both ends of its range, and its second derivative is continuous, so forces are smooth. What a walk through a
/// table costs is how much of it the caches hold, so what counts is that an interval takes one number for each column (its
/// polynomial would take four) and that the nets of frequent pairs have few intervals.
struct SplineTable {
    /// The values of all columns and their derivatives.
    typealias Function = @Sendable (Double) -> [Jet]

    /// Where a net's coefficients stand.
    struct Part {
        /// Of the first interval; those of the next follow `paddedWidth` later.
        let offset: Int
        let intervals: Int
        /// Intervals per unit of the variable.
        let density: Float
    }

    /// The end of the range where the variable is rarely, with intervals of its own, as many in every part.
    struct Zone {
        /// Distance from the range's start.
        let begin: Float
        /// Its length, held a little short.
        let reach: Float
        let density: Float
        /// Floats from a part's first interval there to its first interval.
        let distance: Int
    }

    /// Columns, padded to whole `Lanes`.
    let paddedWidth: Int
    /// The variable's least value, and how far the table reaches from it. Places are held a little within that.
    let start: Float
    let reach: Float
    let parts: [Part]
    let rareZone: Zone?
    /// c by part, node from the one before the range to the one behind it, and column.
    let coefficients: [Float]

    /// The splines' errors, relative to the largest value and slope in the range tested, that end the refinement. They fall
    /// with the fourth and third power of the interval. What they leave in a force of trained models at 1200 K is measured by
    /// Benchmarks/md-speed/accuracy.py.
    static let valueTolerance = 5e-6
    static let slopeTolerance = 3e-4
    /// The largest slope that counts, over the largest value, by the unit of the variable: a net that jumps somewhere must be
    /// followed there about as closely as elsewhere.
    static let steepest = 4.0
    /// From so many intervals on the tolerances themselves are enough, and nothing is refined beyond the most.
    private static let manyIntervals = 8192
    private static let mostIntervals = 65_536

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
            while spline.intervals < Self.mostIntervals,
                !spline.follows(
                    function, in: tested, strictness: spline.intervals < Self.manyIntervals ? strictness : 1)
            {
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
            coefficients += spline.packed(paddedWidth: padded)
        }
        paddedWidth = padded
        start = Float(range.lowerBound)
        // The place of the end must not round up to an interval that is not there.
        reach = Float(span * (1 - 1e-6))
        self.parts = parts
        self.coefficients = coefficients
        rareZone = nil
    }

    /// One table of two whose ranges join; in front of each part of `usual` its coefficients of `rare`, all of one length.
    init(_ usual: SplineTable, rare: SplineTable) {
        let length = (rare.parts[0].intervals + 3) * rare.paddedWidth
        var (parts, coefficients): ([Part], [Float]) = ([], [])
        for (part, rarePart) in zip(usual.parts, rare.parts) {
            precondition(rarePart.intervals == rare.parts[0].intervals, "the rare zone's parts have one length")
            coefficients += rare.coefficients[rarePart.offset..<rarePart.offset + length]
            parts.append(Part(offset: coefficients.count, intervals: part.intervals, density: part.density))
            coefficients += usual.coefficients[part.offset..<part.offset + (part.intervals + 3) * usual.paddedWidth]
        }
        paddedWidth = usual.paddedWidth
        start = usual.start
        reach = usual.reach
        rareZone = Zone(
            begin: rare.start - usual.start, reach: rare.reach, density: rare.parts[0].density, distance: length)
        self.parts = parts
        self.coefficients = coefficients
    }

    /// A column of a part, read from the table in Double.
    ///
    /// - Parameter x: within the range.
    func jet(part: Int, at x: Double, column: Int) -> Jet {
        let (part, depth) = (parts[part], x - Double(start))
        if let zone = rareZone, depth > Double(zone.begin) {
            return jet(
                at: (depth - Double(zone.begin)) * Double(zone.density), density: zone.density,
                intervals: zone.distance / paddedWidth - 3, offset: part.offset - zone.distance + column)
        }
        return jet(
            at: depth * Double(part.density), density: part.density, intervals: part.intervals,
            offset: part.offset + column)
    }

    private func jet(at place: Double, density: Float, intervals: Int, offset: Int) -> Jet {
        let interval = min(max(Int(place), 0), intervals - 1)
        let c = (0..<4).map { Double(coefficients[offset + (interval + $0) * paddedWidth]) }
        let jet = BSplineWeights(at: place - Double(interval)).jet(SIMD4(c))
        return Jet(value: jet.value, slope: jet.slope * Double(density))
    }
}

/// One net's spline while it is refined.
private struct Spline {
    let range: ClosedRange<Double>
    let intervals: Int
    /// c, [nodes + 2, columns].
    private let coefficients: [[Double]]

    init(_ function: SplineTable.Function, range: ClosedRange<Double>, intervals: Int) {
        self.range = range
        self.intervals = intervals
        let step = (range.upperBound - range.lowerBound) / Double(intervals)
        let nodes = (0...intervals).map { function(range.lowerBound + Double($0) * step) }
        coefficients = Self.solve(nodes, step: step)
    }

    private var step: Double { (range.upperBound - range.lowerBound) / Double(intervals) }

    /// c from (c_{k−1} + 4c_k + c_{k+1})/6 = G_k and (c_{k+1} − c_{k−1})/2 = h G′_k at both ends, by elimination.
    private static func solve(_ nodes: [[Jet]], step h: Double) -> [[Double]] {
        let last = nodes.count - 1
        var c = nodes.map { $0.map { 6 * $0.value } }
        for m in c[0].indices {
            c[0][m] += 2 * h * nodes[0][m].slope
            c[last][m] -= 2 * h * nodes[last][m].slope
        }
        // What each row has above the diagonal, after division by the diagonal.
        var above = [Double](repeating: 0, count: nodes.count)
        for k in 0...last {
            let below = k == 0 ? 0.0 : k == last ? 2.0 : 1.0
            let pivot = 4 - below * (k == 0 ? 0 : above[k - 1])
            above[k] = (k == 0 ? 2.0 : 1.0) / pivot
            for m in c[k].indices { c[k][m] = (c[k][m] - (k == 0 ? 0 : below * c[k - 1][m])) / pivot }
        }
        for k in stride(from: last - 1, through: 0, by: -1) {
            for m in c[k].indices { c[k][m] -= above[k] * c[k + 1][m] }
        }
        let before = c[0].indices.map { c[1][$0] - 2 * h * nodes[0][$0].slope }
        let behind = c[0].indices.map { c[last - 1][$0] + 2 * h * nodes[last][$0].slope }
        return [before] + c + [behind]
    }

    /// Whether the tolerances are met at the middles and quarters of the intervals that lie in `tested`.
    func follows(_ function: SplineTable.Function, in tested: ClosedRange<Double>, strictness: Double) -> Bool {
        let first = Int(((tested.lowerBound - range.lowerBound) / step).rounded(.down))
        let last = min(Int(((tested.upperBound - range.lowerBound) / step).rounded(.up)), intervals)
        let quarters = [0.25, 0.5, 0.75].map { (t: $0, weights: BSplineWeights(at: $0)) }
        var (value, slope, valueError, slopeError) = (0.0, 0.0, 0.0, 0.0)
        for interval in max(first, 0)..<last {
            for (t, weights) in quarters {
                let exact = function(range.lowerBound + (Double(interval) + t) * step)
                for m in exact.indices {
                    let found = weights.jet(
                        SIMD4(
                            coefficients[interval][m], coefficients[interval + 1][m], coefficients[interval + 2][m],
                            coefficients[interval + 3][m]))
                    value = max(value, abs(exact[m].value))
                    slope = max(slope, abs(exact[m].slope))
                    valueError = max(valueError, abs(found.value - exact[m].value))
                    slopeError = max(slopeError, abs(found.slope / step - exact[m].slope))
                }
            }
        }
        return strictness * valueError <= SplineTable.valueTolerance * value
            && strictness * slopeError <= SplineTable.slopeTolerance * min(slope, SplineTable.steepest * value)
    }

    /// The coefficients in the table's order, zero past `width`.
    func packed(paddedWidth: Int) -> [Float] {
        coefficients.flatMap { $0.map(Float.init) + [Float](repeating: 0, count: paddedWidth - $0.count) }
    }
}
