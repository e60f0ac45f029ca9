import Files
import Structures
import Testing

@testable import Labelling

struct LabelComparisonTests {
    private func system(scale: Double, stress: Double, frames: Range<Int>) throws -> LabelledSystem {
        var generator = SplitMix64(seed: 3, stream: "comparison")
        var system = LabelledSystem(
            name: "s", typeMap: ["Li", "S"], types: [0, 0, 1], coordinates: [], boxes: [], energies: [], forces: [],
            virials: [])
        for frame in 0..<frames.upperBound {
            let numbers = (0..<18).map { _ in Double.random(in: -1...1, using: &generator) }
            guard frames.contains(frame) else { continue }
            system.coordinates += numbers[..<9]
            system.boxes += [10, 0, 0, 0, 10, 0, 0, 0, 10]
            system.energies.append(0)
            // Li is scaled; S is the same in both.
            system.forces += numbers[9..<15].map { scale * $0 } + numbers[15...]
            // V = 1000 Å³: Ξ = −σV.
            let virial = -stress * 1000 / 160.2176634
            system.virials! += [virial, 0, 0, 0, virial, 0, 0, 0, virial]
        }
        return system
    }

    @Test func findsSlopesByElementAndTheStressOffset() throws {
        let ours = try system(scale: 1.05, stress: 0.1, frames: 2..<30)
        let theirs = try system(scale: 1, stress: 0.5, frames: 0..<25)
        let comparison = try LabelComparison(ours: [ours], theirs: [theirs])
        #expect(comparison.frames == 23)
        let lithium = try #require(comparison.forces.first)
        #expect(lithium.element == "Li")
        #expect(lithium.count == 23 * 6)
        #expect(abs(lithium.slope - 1.05) < 1e-12)
        #expect(abs(lithium.difference - 0.05 * lithium.magnitude) < 1e-12)
        #expect(lithium.residual < 1e-7)
        let sulfur = comparison.forces[1]
        #expect(sulfur.element == "S")
        #expect(sulfur.slope == 1)
        #expect(sulfur.difference < 1e-7)
        let stress = try #require(comparison.stress)
        #expect(stress.frames == 23)
        #expect(abs(stress.offset - -0.4) < 1e-12)
        #expect(stress.spread < 1e-7)
        #expect(comparison.markdown.contains("-0.400 GPa"))
        #expect(comparison.csv.split(separator: "\n").count == 4)
    }

    @Test func setsWithoutACommonFrameAreRefused() throws {
        let early = try system(scale: 1, stress: 0, frames: 0..<3)
        let late = try system(scale: 1, stress: 0, frames: 3..<6)
        #expect(throws: InputError.self) { try LabelComparison(ours: [early], theirs: [late]) }
    }
}
