import Execution
import Files
import Foundation
import Parallel
import Structures
import Testing

@testable import Calculations

@Suite struct ExplorationTests {
    private static func exploration(_ bench: Bench, steps: Int = 100) throws -> Exploration {
        Exploration(
            try Bench.crystal().structure(), models: bench.models, ensemble: .npt(.anisotropic), temperature: 600,
            timestep: 0.002, steps: steps, interval: 10, keeping: .all, failedInARow: 5, failureLevel: 5, seed: 3)
    }

    @Test func everyFrameIsCountedAndTheAskedOnesAreKept() throws {
        let bench = try Bench()
        var exploration = try Self.exploration(bench)
        let all = try bench.run(exploration)
        #expect(all.steps.values == (0...10).map { Int32(10 * $0) } && all.end == nil)
        #expect(all.kept.values.count == 11 && all.rows.count == 11)
        // The first frame is where it began.
        let first = try all.structure(kept: 0, of: exploration.structure)
        #expect(first.positions == exploration.structure.positions && first.cell == exploration.structure.cell)
        let last = try all.structure(kept: 10, of: exploration.structure)
        #expect(last.cell.lengths != first.cell.lengths)
        #expect((0..<11).allSatisfy { all.force($0) > 0 && all.force($0) < 5 })

        // A window between the smallest and the largest deviation, its upper end excluded.
        let forces = (0..<11).map { all.force($0) }.sorted()
        exploration.keeping = .between(forces: [forces[3], forces[8]], virial: [1e10, 1e10])
        let some = try bench.run(exploration)
        #expect(some.deviations == all.deviations && some.kept.values.count == 5)
    }

    /// A trajectory on which the models disagree for long ends early, and that is a result.
    @Test func hopelessTrajectoryEnds() throws {
        let bench = try Bench()
        var exploration = try Self.exploration(bench)
        exploration.failureLevel = 0.001
        let record = try bench.run(exploration)
        // The first frame is of an ideal crystal; each of the others deviates more.
        #expect(record.frameCount == 5 && record.end?.step == 40)
        #expect(record.end?.reason.contains("5 frames in a row") ?? false)
    }

    /// Atoms that are thrown at each other, with steps that are much too long: the frames before the explosion stay.
    @Test func explosionIsAResult() throws {
        let bench = try Bench()
        var exploration = try Self.exploration(bench)
        exploration.ensemble = .nve
        exploration.temperature = 300
        exploration.structure.positions[1] = exploration.structure.positions[0] + SIMD3(0.9, 0, 0)
        exploration.timestep = 0.02
        exploration.failureLevel = 1e9
        let record = try bench.run(exploration)
        #expect(record.end != nil && record.frameCount >= 1 && record.frameCount < 11)
    }

    @Test func stoppedExplorationGoesOnBitForBit() throws {
        let (bench, other) = (try Bench(), try Bench())
        let exploration = try Self.exploration(bench, steps: 400)
        let stop = StopFlag()
        let control = RunControl(
            stop: stop, inputs: bench.store.inputs, report: { if $0 > 0.1 { stop.raise() } })
        #expect(throws: Interrupted.self) {
            try exploration.run(in: bench.store.workFolder(exploration.folderKey), control: control)
        }
        let (continued, whole) = (try bench.run(exploration), try other.run(exploration))
        #expect(try JSONText.canonical(continued) == JSONText.canonical(whole))
        #expect(whole.frameCount == 41)
    }
}
