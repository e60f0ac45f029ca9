import Execution
import Files
import Foundation
import Parallel
import Structures
import Testing

@testable import Calculations

@Suite struct DynamicsTests {
    static func dynamics(_ bench: Bench, picoseconds: Double = 0.4) -> Dynamics {
        Dynamics(
            crystal: Bench.crystal(), model: bench.models[0], deviationModels: [bench.models[1]], temperature: 900,
            equilibration: .init(picoseconds: 0.1, annealing: .init(temperature: 1200, picoseconds: 0.05)),
            picoseconds: picoseconds, sampleInterval: 0.01, structureInterval: 0.05, seed: 3)
    }

    static func text(_ record: DynamicsRecord) throws -> Data { try JSONText.canonical(record) }

    /// What an experiment may ask for is there, and its size does not grow with atoms or length.
    @Test func recordHoldsEverything() throws {
        let bench = try Bench()
        let record = try bench.run(Self.dynamics(bench))
        #expect(record.atoms == 50)
        #expect(record.displacements.curve.atomCount == 20)
        // 0.4 ps of frames every 0.01 ps, both ends counted.
        #expect(record.displacements.curve.frameCount == 41)
        // Ten pairs of Li, Ge, P and S; every S of the framework has four Ge or P nowhere nearer than 1.8 Å.
        #expect(record.radial.count == 10)
        let phosphorus = try #require(record.radial.first { Set([$0.first, $0.second]) == ["P", "S"] })
        let peak = try #require(zip(phosphorus.radii, phosphorus.g).max(by: { $0.1 < $1.1 }))
        #expect(abs(peak.0 - 2.05) < 0.15, "P-S bonds are about 2.05 Å long")
        #expect(record.deviation?.samples == 9)
        #expect(Set(record.framework.meanSquare.keys) == ["Ge", "P", "S"])
        #expect(record.framework.meanSquare.values.allSatisfy { $0 > 0 && $0 < 1 })
        let kelvins = try record.thermodynamics.average(\.temperature)
        #expect(kelvins.value > 500 && kelvins.value < 1400)
        #expect(try Self.text(record).count < 100_000)
    }

    @Test func longerRunGoesOnFromAShorterOneBitForBit() throws {
        let (bench, other) = (try Bench(), try Bench())
        let (short, long) = (Self.dynamics(bench), Self.dynamics(bench, picoseconds: 0.8))
        #expect(short.folderKey == long.folderKey && short.key != long.key)
        let first = try bench.run(short)
        let continued = try bench.run(long)
        let direct = try other.run(long)
        #expect(try Self.text(continued) == Self.text(direct))
        // And the shorter one again, though its folder has gone beyond it.
        let again = try Self.text(bench.run(short))
        #expect(try again == Self.text(first))
    }

    @Test func stoppedRunGoesOnBitForBit() throws {
        let (bench, other) = (try Bench(), try Bench())
        let run = Self.dynamics(bench)
        let stop = StopFlag()
        let control = RunControl(
            stop: stop, inputs: bench.store.inputs, report: { if $0 > 0.6 { stop.raise() } })
        #expect(throws: Interrupted.self) {
            try run.run(in: bench.store.workFolder(run.folderKey), control: control)
        }
        let (continued, whole) = (try Self.text(bench.run(run)), try Self.text(other.run(run)))
        #expect(continued == whole)
    }

    @Test func zeroPressureLetsTheCellGo() throws {
        let bench = try Bench()
        var run = Self.dynamics(bench)
        run.ensemble = .npt(.tetragonal)
        let record = try bench.run(run)
        let lengths = record.thermodynamics.blocks.map(\.lengths)
        #expect(lengths.contains { abs($0.z - 12.6) > 1e-4 })
        #expect(lengths.allSatisfy { abs($0.x - $0.y) < 1e-6 })
    }

    /// A key names what the outcome depends on, and nothing else.
    @Test func keysNameWhatMatters() throws {
        let bench = try Bench()
        let run = Self.dynamics(bench)
        var keys: Set<String> = [run.key]
        var changed = run
        changed.seed = 4
        keys.insert(changed.key)
        changed = run
        changed.model = bench.models[1]
        keys.insert(changed.key)
        changed = run
        changed.temperature = 901
        keys.insert(changed.key)
        changed = run
        changed.crystal.arrangement = .disordered(seed: 1, index: 0)
        keys.insert(changed.key)
        changed = run
        changed.crystal.cell.c += 1e-9
        keys.insert(changed.key)
        #expect(keys.count == 6)
        let again = try JSONText.decode(Dynamics.self, from: JSONText.canonical(run), file: nil)
        #expect(again.key == run.key)
        let text = String(decoding: try JSONText.canonical(run), as: UTF8.self)
        #expect(!text.contains("/"), "no path")
    }

    @Test func unknownModelIsNamed() throws {
        let bench = try Bench()
        var run = Self.dynamics(bench)
        run.model = String(repeating: "a", count: 64)
        let error = #expect(throws: InputError.self) { try bench.run(run) }
        #expect(error?.problem.contains("aaaaaaaa") == true && error?.mend?.contains("--model") == true)
    }
}
