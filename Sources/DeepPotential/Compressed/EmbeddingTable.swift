import Foundation
import Structures

/// The embedding nets as quintic splines of s = w(r)/r, one for each pair (centre, neighbour) of types.
///
/// The normalisation (s − davg)/dstd of the centre's type is folded in, so a two-sided model costs what a one-sided
/// one does. The intervals are equal in u(s), `TableArgument`. Within one, G(t) = a0 + a1 t + … + a5 t⁵ with t in
/// [0, 1); value, slope and curvature of the net are matched at the nodes (C2), computed in Double.
struct EmbeddingTable {
    /// Columns M1, padded to whole `Lanes`.
    let paddedWidth: Int
    /// Intervals of each pair's table.
    let intervals: Int
    /// Intervals per unit of u.
    let density: Float
    /// The largest s that the table reaches (1/Å).
    let reach: Float
    /// Coefficients: pair (centre·types + neighbour), interval, group of 16 columns, power 0…5, column.
    let coefficients: [Float]
    /// Floats from one interval to the next.
    let intervalStride: Int
    /// Floats from one pair to the next.
    let pairStride: Int

    /// Atoms nearer than this (Å) are refused; half the shortest bond of the molecules that the models know.
    static let nearestDistance = 0.7

    /// The spline's errors, relative to the largest value and slope, that end the refinement. They fall by 2⁶ and 2⁵ with
    /// each doubling; forces of trained models stop changing (0.02 meV/Å, what Float32 leaves) at errors ten times these.
    static let valueTolerance = 1e-5
    static let slopeTolerance = 1e-4

    init(_ descriptor: SmoothDescriptor) {
        let types = descriptor.sel.count
        let width = descriptor.width
        let padded = (width + 15) / 16 * 16
        let smax = 1 / Self.nearestDistance
        let umax = TableArgument.value(at: smax)
        var count = 64
        while count < 8192, !Self.isAccurate(descriptor, intervals: count, reach: umax) { count *= 2 }

        paddedWidth = padded
        intervals = count
        reach = Float(smax)
        density = Float(Double(count) / umax)
        intervalStride = padded * 6
        pairStride = padded * 6 * count
        var coefficients = [Float](repeating: 0, count: types * types * padded * 6 * count)
        for centre in 0..<types {
            for neighbour in 0..<types {
                let base = (centre * types + neighbour) * padded * 6 * count
                let nodes = Self.nodes(descriptor, centre, neighbour, intervals: count, reach: umax)
                for interval in 0..<count {
                    for column in 0..<width {
                        let a = QuinticSegment(
                            nodes[interval * width + column], nodes[(interval + 1) * width + column],
                            step: umax / Double(count))
                        let start = base + interval * padded * 6 + (column / 16) * 96 + column % 16
                        for power in 0..<6 { coefficients[start + 16 * power] = Float(a.coefficients[power]) }
                    }
                }
            }
        }
        self.coefficients = coefficients
    }

    /// Value, slope and curvature with respect to u of every column at the nodes up to u = `reach`, [intervals + 1, M1].
    private static func nodes(
        _ descriptor: SmoothDescriptor, _ centre: Int, _ neighbour: Int, intervals: Int, reach: Double
    ) -> [Jet] {
        let net = descriptor.embeddings[descriptor.embeddingIndex(centre: centre, neighbour: neighbour)]
        let (mean, scale) = (descriptor.averages[centre][0], descriptor.deviations[centre][0])
        return (0...intervals).flatMap { node in
            let s = TableArgument.inverse(at: reach * Double(node) / Double(intervals))
            return net.jets(
                at: Jet(value: (s.value - mean) / scale, slope: s.slope / scale, curvature: s.curvature / scale))
        }
    }

    /// Whether the spline with this many intervals meets the tolerances at the intervals' middles and quarters.
    private static func isAccurate(_ descriptor: SmoothDescriptor, intervals: Int, reach: Double) -> Bool {
        let types = descriptor.sel.count
        let step = reach / Double(intervals)
        let width = descriptor.width
        for centre in 0..<types {
            for neighbour in 0..<types {
                let coarse = nodes(descriptor, centre, neighbour, intervals: intervals, reach: reach)
                let fine = nodes(descriptor, centre, neighbour, intervals: 4 * intervals, reach: reach)
                let largestValue = fine.reduce(0) { max($0, abs($1.value)) }
                // Slopes with respect to s, which are what forces are made of.
                let rates = (0...4 * intervals).map {
                    1 / TableArgument.inverse(at: reach * Double($0) / Double(4 * intervals)).slope
                }
                let largestSlope = fine.indices.reduce(0) { max($0, abs(fine[$1].slope) * rates[$1 / width]) }
                for interval in 0..<intervals {
                    for column in 0..<width {
                        let segment = QuinticSegment(
                            coarse[interval * width + column], coarse[(interval + 1) * width + column], step: step)
                        for quarter in 1..<4 {
                            let (value, slope) = segment.valueAndSlope(at: Double(quarter) / 4)
                            let exact = fine[(4 * interval + quarter) * width + column]
                            if abs(value - exact.value) > valueTolerance * largestValue { return false }
                            let slopeError = abs(slope - exact.slope) * rates[4 * interval + quarter]
                            if slopeError > slopeTolerance * largestSlope { return false }
                        }
                    }
                }
            }
        }
        return true
    }
}

/// A function's value and its first two derivatives.
struct Jet {
    var value: Double
    var slope: Double
    var curvature: Double
}

/// The quintic that meets value, slope and curvature at both ends of an interval of length `step`.
struct QuinticSegment {
    /// Powers of t in [0, 1].
    let coefficients: [Double]
    let step: Double

    init(_ left: Jet, _ right: Jet, step h: Double) {
        let rise = right.value - left.value
        let (d0, d1) = (h * left.slope, h * right.slope)
        let (c0, c1) = (h * h * left.curvature, h * h * right.curvature)
        step = h
        coefficients = [
            left.value, d0, c0 / 2,
            10 * rise - 6 * d0 - 4 * d1 - 1.5 * c0 + 0.5 * c1,
            -15 * rise + 8 * d0 + 7 * d1 + 1.5 * c0 - c1,
            6 * rise - 3 * (d0 + d1) + 0.5 * (c1 - c0),
        ]
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
    /// Outputs with first and second derivatives, for a net of one input.
    func jets(at input: Jet) -> [Jet] {
        layers.reduce([input]) { inputs, layer in
            (0..<layer.outputs).map { column in
                var z = Jet(value: layer.bias[column], slope: 0, curvature: 0)
                for (row, x) in inputs.enumerated() {
                    let w = layer.weights[row * layer.outputs + column]
                    z.value += w * x.value
                    z.slope += w * x.slope
                    z.curvature += w * x.curvature
                }
                if layer.isActivated {
                    let t = tanh(z.value)
                    let derivative = 1 - t * t
                    z = Jet(
                        value: t, slope: derivative * z.slope,
                        curvature: derivative * (z.curvature - 2 * t * z.slope * z.slope))
                }
                let timestep = layer.timestep?[column] ?? 1
                z = Jet(value: timestep * z.value, slope: timestep * z.slope, curvature: timestep * z.curvature)
                switch layer.skip {
                case .none: return z
                case .identity, .doubled:
                    let x = inputs[column % layer.inputs]
                    return Jet(
                        value: z.value + x.value, slope: z.slope + x.slope, curvature: z.curvature + x.curvature)
                }
            }
        }
    }
}
