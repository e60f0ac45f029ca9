import Files
import Structures
import Testing

@testable import Labelling

struct SnapshotsTests {
    @Test func germaniumIsReplacedAndTheCellScaled() throws {
        var snapshot = try LGPSPrototype.ordered()
        snapshot.positions[0] += SIMD3(0.1, 0, 0)
        // An order that a trajectory may have.
        snapshot.species.reverse()
        snapshot.positions.reverse()
        let snapshots = Snapshots(name: "run.extxyz", structures: [snapshot])
        let frame = try #require(snapshots.frames(of: .tin).first)
        #expect(frame.dataset == "Li10SnP2S12-md")
        #expect(frame.structure.species == (try LGPSPrototype.ordered(.tin)).species)
        // Table II: Sn, PBE.
        #expect((frame.structure.cell.lengths - SIMD3(8.835, 8.835, 12.882)).norm < 1e-9)
        #expect(try snapshots.frames(of: .germanium)[0].structure.cell == snapshot.cell)
    }

    @Test func otherCompoundsAreRefused() throws {
        var snapshot = try LGPSPrototype.ordered()
        snapshot.species[30] = try #require(Species(symbol: "Cl"))
        #expect(throws: InputError.self) {
            try Snapshots(name: "x", structures: [snapshot]).frames(of: .silicon)
        }
    }
}
