import Foundation
import Structures

/// The embedding nets as cubic splines of the distance r, one for each pair (centre, neighbour) of types.
///
/// The weight w(r)/r and its normalisation (s − davg)/dstd by the centre's type are folded in, so a two-sided model costs
/// what a one-sided one does. The intervals are equal in cutoff − r. As a function of r the nets are smooth everywhere:
/// what (s − davg)/dstd magnifies near s = 0 is spread by s vanishing with the third power of cutoff − r. So few intervals
/// do. Within one, G(t) = a0 + a1 t + a2 t² + a3 t³ with t in [0, 1); value and slope of the net are matched at the nodes,
/// computed in Double, so that forces are continuous. What a walk costs is the bytes that it reads from the second-level
/// cache: a cubic reads two thirds of what a quintic does, though it needs two to three times the intervals to be as exact.
struct EmbeddingTable {
    /// Columns M1, padded to whole `Lanes`.
    let paddedWidth: Int
    /// Intervals of each pair's table.
    let intervals: Int
    /// Intervals per Å.
    let density: Float
    /// Coefficients: pair (centre·types + neighbour), interval, group of as many columns as `Lanes`, power 0…3, column.
    private(set) var coefficients: [Float]
    /// Floats from one interval to the next.
    let intervalStride: Int
    /// Floats from one pair to the next.
    let pairStride: Int

    private let types: Int

    /// Coefficients of one column in an interval.
    static let powers = 4

    /// Atoms nearer than this (Å) are refused; half the shortest bond of the molecules that the models know.
    static let nearestDistance = 0.7

    /// The spline's errors, relative to the largest value and slope, that end the refinement. They fall with the fourth and
    /// third power of the interval. The largest error that they leave in a force of trained models is 0.02 to 0.3 meV/Å
    /// (Benchmarks/md-speed/accuracy.py); a third of them would leave 0.02 to 0.1, but tables that outgrow the caches.
    static let valueTolerance = 5e-6
    static let slopeTolerance = 3e-4

    init(_ descriptor: SmoothDescriptor) {
        let width = descriptor.width
        let padded = Lanes.padded(width)
        let types = descriptor.sel.count
        var count = 128
        while count < 8192, !Self.isAccurate(descriptor, intervals: count) { count += count / 4 }

        self.types = types
        paddedWidth = padded
        intervals = count
        density = Float(Double(count) / Self.span(of: descriptor))
        intervalStride = padded * Self.powers
        pairStride = padded * Self.powers * count
        coefficients = [Float](repeating: 0, count: types * types * pairStride)
        for centre in 0..<types {
            for neighbour in 0..<types {
                let nodes = Self.nodes(descriptor, centre, neighbour, intervals: count)
                for interval in 0..<count {
                    for column in 0..<width {
                        let a = CubicSegment(
                            nodes[interval * width + column], nodes[(interval + 1) * width + column],
                            step: Self.span(of: descriptor) / Double(count))
                        let start = place(centre, neighbour, interval: interval, column: column)
                        for power in 0..<Self.powers {
                            coefficients[start + Lanes.scalarCount * power] = Float(a.coefficients[power])
                        }
                    }
                }
            }
        }
    }

    /// Where a column's coefficient of t⁰ stands; those of higher powers follow at distances of `Lanes.scalarCount`.
    func place(_ centre: Int, _ neighbour: Int, interval: Int, column: Int) -> Int {
        let lanes = Lanes.scalarCount
        return (centre * types + neighbour) * pairStride + interval * intervalStride
            + column / lanes * lanes * Self.powers + column % lanes
    }

    /// The length that the table covers (Å), down from the cutoff.
    private static func span(of descriptor: SmoothDescriptor) -> Double { descriptor.cutoff - nearestDistance }

    /// Value and slope of every column with respect to cutoff − r at the nodes, [intervals + 1, M1].
    private static func nodes(
        _ descriptor: SmoothDescriptor, _ centre: Int, _ neighbour: Int, intervals: Int
    ) -> [Jet] {
        let net = descriptor.embeddings[descriptor.embeddingIndex(centre: centre, neighbour: neighbour)]
        let (mean, scale) = (descriptor.averages[centre][0], descriptor.deviations[centre][0])
        return (0...intervals).flatMap { node in
            let r = descriptor.cutoff - span(of: descriptor) * Double(node) / Double(intervals)
            let s = descriptor.inverseDistance(r)
            return net.jets(at: Jet(value: (s.value - mean) / scale, slope: -s.slope / scale))
        }
    }

    /// Whether the spline with this many intervals meets the tolerances at the intervals' middles and quarters.
    private static func isAccurate(_ descriptor: SmoothDescriptor, intervals: Int) -> Bool {
        let types = descriptor.sel.count
        let step = span(of: descriptor) / Double(intervals)
        let width = descriptor.width
        for centre in 0..<types {
            for neighbour in 0..<types {
                let fine = nodes(descriptor, centre, neighbour, intervals: 4 * intervals)
                let largestValue = fine.reduce(0) { max($0, abs($1.value)) }
                let largestSlope = fine.reduce(0) { max($0, abs($1.slope)) }
                for interval in 0..<intervals {
                    for column in 0..<width {
                        let segment = CubicSegment(
                            fine[4 * interval * width + column], fine[4 * (interval + 1) * width + column], step: step)
                        for quarter in 1..<4 {
                            let (value, slope) = segment.valueAndSlope(at: Double(quarter) / 4)
                            let exact = fine[(4 * interval + quarter) * width + column]
                            if abs(value - exact.value) > valueTolerance * largestValue { return false }
                            if abs(slope - exact.slope) > slopeTolerance * largestSlope { return false }
                        }
                    }
                }
            }
        }
        return true
    }
}

extension SmoothDescriptor {
    /// s = w(r)/r with its derivative by r.
    func inverseDistance(_ r: Double) -> Jet {
        let (w, slope) = weight(r)
        return Jet(value: w / r, slope: (slope - w / r) / r)
    }
}

/// A function's value and its derivative.
struct Jet {
    var value: Double
    var slope: Double
}

/// The cubic that meets value and slope at both ends of an interval of length `step`.
struct CubicSegment {
    /// Powers of t in [0, 1].
    let coefficients: [Double]
    let step: Double

    init(_ left: Jet, _ right: Jet, step h: Double) {
        let rise = right.value - left.value
        let (d0, d1) = (h * left.slope, h * right.slope)
        step = h
        coefficients = [left.value, d0, 3 * rise - 2 * d0 - d1, d0 + d1 - 2 * rise]
    }

    func valueAndSlope(at t: Double) -> (value: Double, slope: Double) {
        var (value, slope) = (0.0, 0.0)
        for a in coefficients.reversed() {
            slope = slope * t + value
            value = value * t + a
        }
        return (value, slope / step)
    }
}

extension DenseNetwork {
    /// Outputs with their derivatives, for a net of one input.
    func jets(at input: Jet) -> [Jet] {
        layers.reduce([input]) { inputs, layer in
            (0..<layer.outputs).map { column in
                var z = Jet(value: layer.bias[column], slope: 0)
                for (row, x) in inputs.enumerated() {
                    let w = layer.weights[row * layer.outputs + column]
                    z.value += w * x.value
                    z.slope += w * x.slope
                }
                if layer.isActivated {
                    let t = tanh(z.value)
                    z = Jet(value: t, slope: (1 - t * t) * z.slope)
                }
                let timestep = layer.timestep?[column] ?? 1
                z = Jet(value: timestep * z.value, slope: timestep * z.slope)
                switch layer.skip {
                case .none: return z
                case .identity, .doubled:
                    let x = inputs[column % layer.inputs]
                    return Jet(value: z.value + x.value, slope: z.slope + x.slope)
                }
            }
        }
    }
}
