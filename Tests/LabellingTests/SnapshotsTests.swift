import Files
import Structures
import Testing

@testable import Labelling

/// Table II: Sn, PBE.
private let tinCell = CellLengths(a: 8.835, b: 8.835, c: 12.882)

struct SnapshotsTests {
    /// A cell that holds the material already is labelled as it is: not scaled, not replaced.
    @Test func framesThatHoldTheMaterialStayAsTheyAre() throws {
        let snapshot = try LGPSPrototype.ordered(.tin, cell: CellLengths(a: 8.7, b: 8.8, c: 12.7))
        let snapshots = Snapshots(name: "run.extxyz", structures: [snapshot])
        for frames in [try snapshots.frames(), try snapshots.frames(of: .tin, cell: tinCell)] {
            #expect(frames[0].structure == snapshot)
            #expect(frames[0].dataset == "Li10SnP2S12-md")
        }
        #expect(throws: InputError.self) { try snapshots.frames(of: .silicon, cell: tinCell) }
    }

    @Test func germaniumIsReplacedAndTheCellScaled() throws {
        var snapshot = try LGPSPrototype.ordered()
        snapshot.positions[0] += SIMD3(0.1, 0, 0)
        // An order that a trajectory may have.
        snapshot.species.reverse()
        snapshot.positions.reverse()
        let snapshots = Snapshots(name: "run.extxyz", structures: [snapshot])
        let frame = try #require(snapshots.frames(of: .tin, cell: tinCell).first)
        #expect(frame.dataset == "Li10SnP2S12-md")
        #expect(frame.structure.species == (try LGPSPrototype.ordered(.tin)).species)
        #expect((frame.structure.cell.lengths - SIMD3(8.835, 8.835, 12.882)).norm < 1e-9)
        #expect(try snapshots.frames()[0].structure.cell == snapshot.cell)
    }

    @Test func otherCompoundsAreRefused() throws {
        var snapshot = try LGPSPrototype.ordered()
        snapshot.species[30] = try #require(Species(symbol: "Cl"))
        #expect(throws: InputError.self) {
            try Snapshots(name: "x", structures: [snapshot]).frames(of: .silicon, cell: tinCell)
        }
    }
}
