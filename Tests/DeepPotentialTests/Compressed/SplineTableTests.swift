import Foundation
import Structures
import Testing

@testable import DeepPotential

@Suite struct SplineTableTests {
    @Test func cubicMeetsValueAndSlope() {
        // A cubic is its own interpolant.
        func exact(_ x: Double) -> Jet { Jet(value: x * x * x - 2 * x * x, slope: 3 * x * x - 4 * x) }
        let segment = CubicSegment(exact(0.5), exact(1.25), step: 0.75)
        for t in [0.0, 0.2, 0.7, 1.0] {
            let (value, slope) = segment.valueAndSlope(at: t)
            #expect(abs(value - exact(0.5 + 0.75 * t).value) < 1e-14)
            #expect(abs(slope - exact(0.5 + 0.75 * t).slope) < 1e-13)
        }
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
                let part = table.parts[centre * types + neighbour]
                for r in stride(from: SplineTable.nearestDistance, to: descriptor.cutoff, by: 0.17) {
                    let place = (descriptor.cutoff - r) * Double(part.density)
                    let interval = min(Int(place), part.intervals - 1)
                    let t = place - Double(interval)
                    let s = descriptor.weight(r).value / r
                    let exact = net([(s - descriptor.averages[centre].x) / descriptor.deviations[centre].x])
                    for column in exact.indices {
                        let start = table.place(
                            part: centre * types + neighbour, interval: interval, column: column)
                        let value = (0..<SplineTable.powers).reduce(0.0) {
                            $0 + Double(table.coefficients[start + Lanes.scalarCount * $1]) * pow(t, Double($1))
                        }
                        // Float32 coefficients of values of order one.
                        #expect(abs(value - exact[column]) < 2e-6)
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
            let part = table.parts[index]
            for x in stride(from: -1.0, to: 2, by: 0.0137) {
                let place = (x + 1) * Double(part.density)
                let start = table.place(part: index, interval: Int(place), column: 0)
                let t = place - place.rounded(.down)
                let value = (0..<SplineTable.powers).reduce(0.0) {
                    $0 + Double(table.coefficients[start + Lanes.scalarCount * $1]) * pow(t, Double($1))
                }
                // The tolerance, of a largest value of one, and Float32.
                #expect(abs(value - sin(k * x)) < SplineTable.valueTolerance + 5e-7)
            }
        }
    }
}
