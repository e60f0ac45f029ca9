import Foundation
import Structures
import Testing

@testable import DeepPotential

@Suite struct EmbeddingTableTests {
    @Test func quinticMeetsValueSlopeAndCurvature() {
        // A quintic is its own interpolant.
        func exact(_ x: Double) -> Jet {
            Jet(value: pow(x, 5) - 2 * x * x, slope: 5 * pow(x, 4) - 4 * x, curvature: 20 * pow(x, 3) - 4)
        }
        let segment = QuinticSegment(exact(0.5), exact(1.25), step: 0.75)
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
        let here = net.jets(at: Jet(value: x, slope: 1, curvature: 0))
        let (left, right) = (net([x - h]), net([x + h]))
        for column in here.indices {
            #expect(abs(here[column].value - net([x])[column]) < 1e-14)
            // Truncation h² and rounding 1e-16/h² of the differences.
            #expect(abs(here[column].slope - (right[column] - left[column]) / (2 * h)) < 1e-6)
            let curvature = (right[column] - 2 * here[column].value + left[column]) / (h * h)
            #expect(abs(here[column].curvature - curvature) < 1e-5)
        }
    }

    @Test(arguments: ModelVariant.allCases)
    func tableGivesTheNetOfEveryPair(_ variant: ModelVariant) {
        let descriptor = variant.model.descriptor
        let table = EmbeddingTable(descriptor)
        let types = descriptor.sel.count
        for centre in 0..<types {
            for neighbour in 0..<types {
                let net = descriptor.embeddings[descriptor.embeddingIndex(centre: centre, neighbour: neighbour)]
                for s in stride(from: 0.013, to: Double(table.reach), by: 0.17) {
                    let place = TableArgument.value(at: s) * Double(table.density)
                    let (interval, t) = (Int(place), place - place.rounded(.down))
                    let normalised = (s - descriptor.averages[centre].x) / descriptor.deviations[centre].x
                    let exact = net([normalised])
                    for column in exact.indices {
                        let start =
                            (centre * types + neighbour) * table.pairStride + interval * table.intervalStride
                            + column / 16 * 96 + column % 16
                        let value = (0..<6).reduce(0.0) {
                            $0 + Double(table.coefficients[start + 16 * $1]) * pow(t, Double($1))
                        }
                        // Float32 coefficients of values of order one.
                        #expect(abs(value - exact[column]) < 2e-6)
                    }
                }
            }
        }
    }

    @Test func hyperbolicTangentIsAccurate() {
        for start in stride(from: -12.0, to: 12.0, by: 0.37) {
            let x = Lanes((0..<16).map { Float(start + 0.02 * Double($0)) })
            let y = hyperbolicTangent(x)
            for lane in 0..<16 { #expect(abs(Double(y[lane]) - tanh(Double(x[lane]))) < 3e-7) }
        }
    }
}
