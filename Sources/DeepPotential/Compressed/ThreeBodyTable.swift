import Foundation

/// The three-body nets as cubic splines of e = v_j·v_k, one for each unordered pair of neighbour types.
///
/// Column m of a table is H_m(e) = e·G_m(e) with the pair's normalisation folded in, doubled for neighbours of one type, so
/// that different neighbours count once. The intervals are equal in x = e/(c + |e|), which is fine where products of bonded
/// neighbours lie and still reaches those of the nearest allowed ones; x has a kink at e = 0, where a node lies. Value and
/// slope of the net are matched at the nodes, computed in Double, so that forces are continuous.
struct ThreeBodyTable {
    /// Columns padded to whole `Lanes`.
    let paddedWidth: Int
    /// Intervals of each table, an even number: x from −1 to 1.
    let intervals: Int
    /// c.
    let scale: Float
    /// Coefficients: pair of types, interval, group of as many columns as `Lanes`, power 0…3, column.
    private(set) var coefficients: [Float]
    /// Floats from one interval to the next.
    let intervalStride: Int
    /// Floats from one table to the next.
    let pairStride: Int

    /// c is the product of two neighbours at this distance (Å), the length of a bond, around the centre type where it is
    /// largest, over this number.
    private static let bond = 2.0
    private static let divisor = 4.0

    /// The refinement ends at the tolerances of `EmbeddingTable`, or here: finer tables outgrow the caches, and nets of types
    /// that do not bond are steep only at products that their pairs never have. Trained hybrids of 400 atoms keep forces
    /// within 0.1 meV/Å of the reference with this many.
    private static let mostIntervals = 1024

    init(_ descriptor: ThreeBodyDescriptor) {
        let types = descriptor.sel.count
        let least = descriptor.deviations.map(\.y).min()!
        let angular = descriptor.weight(Self.bond).value / Self.bond / least
        let scale = angular * angular / Self.divisor
        var count = 128
        while count < Self.mostIntervals, !Self.isAccurate(descriptor, scale: scale, intervals: count) { count *= 2 }
        let width = descriptor.width
        paddedWidth = Lanes.padded(width)
        intervals = count
        self.scale = Float(scale)
        intervalStride = paddedWidth * EmbeddingTable.powers
        pairStride = intervalStride * count
        coefficients = [Float](repeating: 0, count: ThreeBodyDescriptor.pairCount(types: types) * pairStride)
        let lanes = Lanes.scalarCount
        for second in 0..<types {
            for first in 0...second {
                let pair = ThreeBodyDescriptor.pairIndex(first, second)
                let weight = descriptor.normalisation(first, second) * (first == second ? 2 : 1)
                let segments = Self.segments(descriptor.embeddings[pair], scale: scale, intervals: count)
                for (interval, columns) in segments.enumerated() {
                    for (column, segment) in columns.enumerated() {
                        let start =
                            pair * pairStride + interval * intervalStride + column / lanes * lanes
                            * EmbeddingTable.powers
                            + column % lanes
                        for power in 0..<EmbeddingTable.powers {
                            coefficients[start + lanes * power] = Float(weight * segment.coefficients[power])
                        }
                    }
                }
            }
        }
    }

    /// e and de/dx at x.
    private static func product(_ x: Double, scale: Double) -> Jet {
        let rest = 1 - abs(x)
        return Jet(value: scale * x / rest, slope: scale / (rest * rest))
    }

    /// H and dH/dx of all columns.
    private static func jets(_ net: DenseNetwork, at x: Double, scale: Double) -> [Jet] {
        let e = product(x, scale: scale)
        return net.jets(at: e).map { Jet(value: e.value * $0.value, slope: e.slope * $0.value + e.value * $0.slope) }
    }

    /// By interval and column. The outermost nodes, where e is infinite, take the values of the ones before them.
    private static func segments(_ net: DenseNetwork, scale: Double, intervals: Int) -> [[CubicSegment]] {
        let step = 2 / Double(intervals)
        let nodes = (1..<intervals).map { jets(net, at: Double($0) * step - 1, scale: scale) }
        return (0..<intervals).map { interval in
            let left = nodes[max(interval - 1, 0)]
            let right = nodes[min(interval, nodes.count - 1)]
            return zip(left, right).map { CubicSegment($0, $1, step: step) }
        }
    }

    /// Whether the splines meet the tolerances up to half as much again as the product of two bonds.
    private static func isAccurate(_ descriptor: ThreeBodyDescriptor, scale: Double, intervals: Int) -> Bool {
        let end = 1.5 * divisor / (1 + 1.5 * divisor)
        let step = 2 / Double(intervals)
        for net in descriptor.embeddings {
            let all = segments(net, scale: scale, intervals: intervals)
            let first = Int((1 - end) / step)
            let samples = (first..<intervals - first).flatMap { interval in
                (1..<4).map { (interval: interval, t: Double($0) / 4) }
            }
            let exact = samples.map { jets(net, at: (Double($0.interval) + $0.t) * step - 1, scale: scale) }
            let largestValue = exact.joined().reduce(0) { max($0, abs($1.value)) }
            let largestSlope = exact.joined().reduce(0) { max($0, abs($1.slope)) }
            for (sample, columns) in zip(samples, exact) {
                for (segment, jet) in zip(all[sample.interval], columns) {
                    let (value, slope) = segment.valueAndSlope(at: sample.t)
                    if abs(value - jet.value) > EmbeddingTable.valueTolerance * largestValue { return false }
                    if abs(slope - jet.slope) > EmbeddingTable.slopeTolerance * largestSlope { return false }
                }
            }
        }
        return true
    }
}
