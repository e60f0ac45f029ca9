import Files
import Structures
import Testing

@testable import Labelling

/// Table II: Sn, PBE.
private let tinCell = CellLengths(a: 8.835, b: 8.835, c: 12.882)

struct PerturbedCellsTests {
    @Test func framesAreReproducibleAndWithinBounds() throws {
        let protocolA = PerturbedCells(material: .tin, cell: tinCell, count: 8, seed: 7)
        let frames = try protocolA.frames()
        #expect(
            try frames.map(\.structure)
                == PerturbedCells(material: .tin, cell: tinCell, count: 8, seed: 7).frames().map(\.structure))
        // A longer set begins with the shorter one.
        #expect(
            try PerturbedCells(material: .tin, cell: tinCell, count: 20, seed: 7).frames()[7].structure
                == frames[7].structure)
        #expect(
            try PerturbedCells(material: .tin, cell: tinCell, count: 8, seed: 8).frames()[0].structure
                != frames[0].structure)
        for (index, frame) in frames.enumerated() {
            let structure = frame.structure
            let ideal = try LGPSPrototype.ordered(.tin, cell: tinCell)
            let displacements = zip(structure.positions, ideal.fractionalPositions).map {
                ($0 - structure.cell.cartesian($1)).norm
            }
            // Frames of even index are ordered; in the others one Sn and one P have changed places, 6 Å apart.
            let exchanged = displacements.indices.filter { displacements[$0] > 0.3 }
            #expect(exchanged.count == (index.isMultiple(of: 2) ? 0 : 2))
            #expect(Set(exchanged.map { structure.species[$0] }).isSubset(of: [.tin, .phosphorus]))
            let strain = structure.cell.vectors.rowMajor
            for (k, reference) in ideal.cell.vectors.rowMajor.enumerated() {
                #expect(abs(strain[k] - reference) <= 0.0401 * 12.882)
            }
            #expect(structure.cell.volume / ideal.cell.volume < 1.13)
        }
    }

    @Test func badRequestsAreRefused() throws {
        #expect(throws: InputError.self) {
            try PerturbedCells(material: .tin, cell: tinCell, count: 1, seed: 1, strain: 0.5).frames()
        }
        #expect(throws: InputError.self) {
            try PerturbedCells(material: .tin, cell: tinCell, count: 1, seed: 1, displacement: -1).frames()
        }
    }
}
