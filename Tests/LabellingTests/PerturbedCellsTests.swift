import Structures
import Testing

@testable import Labelling

struct PerturbedCellsTests {
    @Test func theOrderedCellHasItsBondsAndSymmetry() throws {
        let cell = try TetragonalCell.structure(.germanium)
        #expect(cell.count == 50)
        let counts = Dictionary(grouping: cell.species, by: \.symbol).mapValues(\.count)
        #expect(counts == ["Li": 20, "Ge": 2, "P": 4, "S": 24])
        // Every Ge and P has four S around it: 2.2 Å (Ge-S) and 2.05 Å (P-S), within 2.5 Å.
        let list = try NeighbourList(cell, cutoff: 2.35)
        for atom in 20..<26 {
            let near = list.neighbours(of: atom).filter { cell.species[Int($0)] == .sulfur }
            #expect(near.count == 4, "atom \(atom)")
        }
    }

    @Test func framesAreReproducibleAndWithinBounds() throws {
        let protocolA = PerturbedCells(metal: .tin, count: 8, seed: 7)
        let frames = try protocolA.frames()
        #expect(try frames.map(\.structure) == PerturbedCells(metal: .tin, count: 8, seed: 7).frames().map(\.structure))
        // A longer set begins with the shorter one.
        #expect(try PerturbedCells(metal: .tin, count: 20, seed: 7).frames()[7].structure == frames[7].structure)
        #expect(try PerturbedCells(metal: .tin, count: 8, seed: 8).frames()[0].structure != frames[0].structure)
        for (index, frame) in frames.enumerated() {
            let structure = frame.structure
            let ideals = try [Set([0, 1]), [0, 2], [0, 3], [1, 2], [1, 3]].map {
                try TetragonalCell.structure(.tin, metalSites: $0)
            }
            // Frames of even index are ordered, the others disordered.
            let ideal = try #require(
                (index.isMultiple(of: 2) ? ideals[..<1] : ideals[1...]).first { ideal in
                    zip(structure.positions, ideal.fractionalPositions).allSatisfy {
                        ($0 - structure.cell.cartesian($1)).norm < 0.31
                    }
                })
            let strain = structure.cell.vectors.rowMajor
            for (k, reference) in ideal.cell.vectors.rowMajor.enumerated() {
                #expect(abs(strain[k] - reference) <= 0.0401 * 12.882)
            }
            #expect(structure.cell.volume / ideal.cell.volume < 1.13)
        }
    }

    @Test func badRequestsAreRefused() throws {
        #expect(throws: InputError.self) { try PerturbedCells(metal: .sulfur, count: 1, seed: 1).frames() }
        #expect(throws: InputError.self) { try PerturbedCells(metal: .tin, count: 1, seed: 1, strain: 0.5).frames() }
        #expect(throws: InputError.self) {
            try PerturbedCells(metal: .tin, count: 1, seed: 1, displacement: -1).frames()
        }
    }
}
