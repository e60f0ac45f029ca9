import Foundation
import Parallel
import Structures
import Testing

@testable import DeepPotential

@Suite struct SplineTableTests {
    /// A cubic is its own spline, whatever the intervals.
    @Test func cubicsAreMetExactly() {
        @Sendable func exact(_ x: Double) -> Jet { Jet(value: x * x * x - 2 * x * x, slope: 3 * x * x - 4 * x) }
        let table = SplineTable(
            [{ [exact($0)] }], width: 1, range: 0.5...1.25, tested: 0.5...1.25, coarsest: 3,
            pool: WorkerPool(threads: 1))
        #expect(table.parts[0].intervals == 3)
        for x in [0.5, 0.6, 0.75, 1.0, 1.24] {
            let jet = table.jet(part: 0, at: x, column: 0)
            // Float32 coefficients of order one, whose differences over a quarter are the slopes.
            #expect(abs(jet.value - exact(x).value) < 2e-7)
            #expect(abs(jet.slope - exact(x).slope) < 2e-6)
        }
    }

    /// Both kinds of weights, in Double one by one and in Float32 for as many places as a vector has lanes.
    @Test func placedWeightsAreTheBSplines() {
        let lanes = Lanes.scalarCount
        let c = SIMD4<Double>(0.3, -1.2, 0.8, 2.1)
        var t = Lanes(repeating: 0)
        for lane in 0..<lanes { t[lane] = Float(lane) / Float(lanes) }
        var (values, rises, slopes) = (
            [Float](repeating: 0, count: 4 * lanes), [Float](repeating: 0, count: 3 * lanes),
            [Float](repeating: 0, count: 3 * lanes)
        )
        PlacedWeights.storeValues(at: t, into: &values)
        PlacedWeights.storeRises(at: t, into: &rises)
        PlacedWeights.storeSlopes(at: t, into: &slopes)
        for lane in 0..<lanes {
            let exact = BSplineWeights(at: Double(t[lane])).jet(c)
            func sum(_ weights: [Float], _ numbers: [Double]) -> Double {
                numbers.enumerated().reduce(0) { $0 + Double(weights[$1.offset * lanes + lane]) * $1.element }
            }
            let differences = [c.y - c.x, c.z - c.y, c.w - c.z]
            // Float32 weights below one.
            #expect(abs(sum(values, [c.x, c.y, c.z, c.w]) - exact.value) < 5e-7)
            #expect(abs(c.y + sum(rises, differences) - exact.value) < 5e-7)
            #expect(abs(sum(slopes, differences) - exact.slope) < 5e-7)
            let h = 1e-5
            let (left, right) = (
                BSplineWeights(at: Double(t[lane]) - h).jet(c), BSplineWeights(at: Double(t[lane]) + h).jet(c)
            )
            #expect(abs((right.value - left.value) / (2 * h) - exact.slope) < 1e-9)
        }
    }

    /// Value, slope and second derivative go on from one interval to the next.
    @Test func piecesMeetSmoothly() {
        let c: [Double] = [0.3, -1.2, 0.8, 2.1, -0.4]
        let (end, begin) = (SIMD4(c[0], c[1], c[2], c[3]), SIMD4(c[1], c[2], c[3], c[4]))
        let h = 1e-4
        #expect(abs(BSplineWeights(at: 1).jet(end).value - BSplineWeights(at: 0).jet(begin).value) < 1e-14)
        #expect(abs(BSplineWeights(at: 1).jet(end).slope - BSplineWeights(at: 0).jet(begin).slope) < 1e-14)
        // One-sided differences of the slope; truncation h/2 times a third derivative of order ten.
        let before = (BSplineWeights(at: 1).jet(end).slope - BSplineWeights(at: 1 - h).jet(end).slope) / h
        let after = (BSplineWeights(at: h).jet(begin).slope - BSplineWeights(at: 0).jet(begin).slope) / h
        #expect(abs(before - after) < 2e-3)
    }

    @Test(arguments: ModelVariant.allCases)
    func jetsAgreeWithFiniteDifferences(_ variant: ModelVariant) {
        let net = variant.model.descriptor.embeddings[0]
        let (x, h) = (0.3, 1e-4)
        let here = net.jets(at: Jet(value: x, slope: 1))
        let (left, right) = (net([x - h]), net([x + h]))
        for column in here.indices {
            #expect(abs(here[column].value - net([x])[column]) < 1e-14)
            // Truncation h².
            #expect(abs(here[column].slope - (right[column] - left[column]) / (2 * h)) < 1e-6)
        }
    }

    @Test(arguments: ModelVariant.allCases)
    func tableGivesTheNetOfEveryPair(_ variant: ModelVariant) {
        let descriptor = variant.model.descriptor
        let table = SplineTable(descriptor, pool: WorkerPool(threads: 1))
        let types = descriptor.sel.count
        for centre in 0..<types {
            for neighbour in 0..<types {
                let net = descriptor.embeddings[descriptor.embeddingIndex(centre: centre, neighbour: neighbour)]
                for r in stride(from: SplineTable.nearestDistance, to: descriptor.cutoff, by: 0.17) {
                    let s = descriptor.weight(r).value / r
                    let exact = net([(s - descriptor.averages[centre].x) / descriptor.deviations[centre].x])
                    for column in exact.indices {
                        let found = table.jet(
                            part: centre * types + neighbour, at: descriptor.cutoff - r, column: column)
                        // Float32 coefficients of values of order one.
                        #expect(abs(found.value - exact[column]) < 2e-6)
                    }
                }
            }
        }
    }

    /// With rcut_smth within the table's range, where the weight's pieces meet.
    @Test func inverseDistanceHasItsDerivative() {
        var descriptor = ModelVariant.oneSided.model.descriptor
        descriptor.smoothStart = 1.5
        for r in [0.9, 1.5, 1.6, 3.7, descriptor.cutoff] {
            let h = 1e-4
            let (left, right) = (descriptor.inverseDistance(r - h), descriptor.inverseDistance(r + h))
            let here = descriptor.inverseDistance(r)
            #expect(here.value == descriptor.weight(r).value / r)
            // Truncation, h² times a third derivative of order ten.
            #expect(abs(here.slope - (right.value - left.value) / (2 * h)) < 1e-6)
        }
    }

    /// A part that is hard to follow gets more intervals than one that is not, and both meet the tolerance.
    @Test func intervalsFollowTheFunction() {
        let waves = [1.0, 20.0]
        let table = SplineTable(
            waves.map { k in { x in [Jet(value: sin(k * x), slope: k * cos(k * x))] } }, width: 1, range: -1...2,
            tested: -1...2, coarsest: 16, pool: WorkerPool(threads: 2))
        // A cubic's error falls with the fourth power of the interval, k times shorter waves need k times as many.
        let ratio = Double(table.parts[1].intervals) / Double(table.parts[0].intervals)
        #expect(ratio > 10 && ratio < 30)
        for (index, k) in waves.enumerated() {
            for x in stride(from: -1.0, to: 2, by: 0.0137) {
                let found = table.jet(part: index, at: x, column: 0)
                // The tolerances, of a largest value of one and a largest slope of k, and Float32.
                #expect(abs(found.value - sin(k * x)) < SplineTable.valueTolerance + 5e-7)
                #expect(abs(found.slope - k * cos(k * x)) < k * SplineTable.slopeTolerance + 5e-5)
            }
        }
    }

    /// Neighbours within 2 Å have intervals of their own; value and slope go on across.
    @Test func zonesJoin() {
        let descriptor = ModelVariant.oneSided.model.descriptor
        let table = SplineTable(descriptor, pool: WorkerPool(threads: 1))
        let knee = descriptor.cutoff - 2
        for part in table.parts.indices {
            for column in 0..<descriptor.width {
                let (outer, inner) = (
                    table.jet(part: part, at: knee - 1e-6, column: column),
                    table.jet(part: part, at: knee + 1e-6, column: column)
                )
                // Float32 coefficients of order one; slopes of order one that may change by hundreds in 1 Å.
                #expect(abs(outer.value + 2e-6 * outer.slope - inner.value) < 1e-6)
                #expect(abs(outer.slope - inner.slope) < 1e-3)
            }
        }
    }

    /// A step that many intervals leave unresolved is refined until the tolerances hold.
    @Test func stepsAreFollowed() {
        let steepness = 2000.0
        let table = SplineTable(
            [
                { x in
                    let t = tanh(steepness * x)
                    return [Jet(value: t, slope: steepness * (1 - t * t))]
                }
            ], width: 1, range: -3...3, tested: -1...1, coarsest: 16, strictness: 30, pool: WorkerPool(threads: 1))
        #expect(table.parts[0].intervals > 8192)
        for x in stride(from: -0.003, to: 0.003, by: 0.000_017) {
            let found = table.jet(part: 0, at: x, column: 0)
            #expect(abs(found.value - tanh(steepness * x)) < 1e-4)
        }
    }
}
