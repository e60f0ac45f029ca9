import Foundation
import Parallel
import Testing

@testable import DeepPotential

/// The three-body tables against the nets.
@Suite struct ThreeBodySplineTests {
    @Test(arguments: [ModelVariant.hybrid, .wideHybrid])
    func followsTheNetsAndTheirSlopes(_ variant: ModelVariant) throws {
        let descriptor = try #require(variant.model.threeBody)
        let table = SplineTable(descriptor, pool: WorkerPool(threads: 1))
        for (first, second) in [(0, 0), (0, 2), (1, 3), (3, 3)] {
            let pair = ThreeBodyDescriptor.pairIndex(first, second)
            let weight = descriptor.normalisation(first, second) * (first == second ? 2 : 1)
            // Both sides of 0, and far out.
            for e in [-30.0, -3.3, -0.4, -1e-3, 1e-3, 0.7, 2.9, 25] {
                let exact = descriptor.embeddings[pair].jets(at: Jet(value: e, slope: 1))
                let largest = exact.map { abs($0.value) }.max()!
                for m in 0..<descriptor.width {
                    let found = table.jet(part: pair, at: e, column: m)
                    // The tolerances of the table, of H's largest value and slope, which |e| up to 30 stay near.
                    #expect(abs(found.value - weight * e * exact[m].value) < 2e-3 * weight * (1 + abs(e) * largest))
                    let slope = weight * (exact[m].value + e * exact[m].slope)
                    #expect(abs(found.slope - slope) < 1e-2 * weight * (1 + largest))
                }
            }
        }
    }

    @Test func columnsPastTheWidthAreZero() throws {
        let descriptor = try #require(ModelVariant.wideHybrid.model.threeBody)
        let table = SplineTable(descriptor, pool: WorkerPool(threads: 1))
        #expect(descriptor.width == 19 && table.paddedWidth == 32)
        for m in 19..<32 {
            let jet = table.jet(part: 3, at: 1.1, column: m)
            #expect(jet.value == 0 && jet.slope == 0)
        }
    }
}
