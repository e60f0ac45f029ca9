import Files
import Structures
import Testing

@testable import Statistics

/// Paths that are wrapped, unwrapped or in a cell that flips, against the walk that they come from.
@Suite struct PathContinuationTests {
    private let atoms = 6

    /// A walk of Gaussian-like steps, and the cell of each frame.
    private func walk(_ vectors: Matrix3, frames: Int, step: Double) throws -> (Cell, [[SIMD3<Double>]]) {
        var random = SplitMix64(seed: 3)
        let cell = try Cell(vectors)
        var now = (0..<atoms).map { _ in cell.cartesian(SIMD3.random(in: 0..<1, using: &random)) }
        var all = [now]
        for _ in 1..<frames {
            for atom in now.indices { now[atom] += SIMD3.random(in: -step...step, using: &random) }
            all.append(now)
        }
        return (cell, all)
    }

    private func displacement(_ frames: [(Cell, [SIMD3<Double>])], _ kind: PathContinuation.Coordinates) throws
        -> [SIMD3<Double>]
    {
        var continuation = PathContinuation(kind)
        var (first, last): ([SIMD3<Double>], [SIMD3<Double>]) = ([], [])
        for (cell, positions) in frames {
            let (_, continued) = try continuation.advance(cell: cell, positions: positions)
            if first.isEmpty { first = continued }
            last = continued
        }
        return zip(last, first).map { $0 - $1 }
    }

    static let cells = [
        Matrix3(SIMD3(8, 0, 0), SIMD3(0, 8, 0), SIMD3(0, 0, 8)),
        // Skewed so far that the image next in fractional coordinates is often not the nearest.
        Matrix3(SIMD3(8, 0, 0), SIMD3(11, 7, 0), SIMD3(5, 12, 7)),
    ]

    @Test(arguments: cells.indices) func wrappedPathsAreContinued(_ index: Int) throws {
        let (cell, walk) = try walk(Self.cells[index], frames: 200, step: 1)
        let wrapped = walk.map { (cell, $0.map(cell.wrap)) }
        let moved = try displacement(wrapped, .wrapped)
        for atom in 0..<atoms { #expect((moved[atom] - (walk[199][atom] - walk[0][atom])).norm < 1e-9) }
    }

    @Test func unwrappedPathsAreLeftAlone() throws {
        // Steps beyond half a cell.
        let (cell, walk) = try walk(Self.cells[0], frames: 50, step: 6)
        let moved = try displacement(walk.map { (cell, $0) }, .unwrapped)
        for atom in 0..<atoms { #expect((moved[atom] - (walk[49][atom] - walk[0][atom])).norm < 1e-9) }
        #expect(throws: InputError.self) { try displacement(walk.map { (cell, $0.map(cell.wrap)) }, .wrapped) }
    }

    @Test func stepsNearHalfACellAreRefused() throws {
        var continuation = PathContinuation(.wrapped)
        let cell = try Cell(a: 8, b: 8, c: 8)
        _ = try continuation.advance(cell: cell, positions: [SIMD3(0, 0, 0)])
        _ = try continuation.advance(cell: cell, positions: [SIMD3(3, 0, 0)])
        #expect(continuation.remarks.count == 1 && continuation.remarks[0].contains("75 %"))
        #expect(throws: InputError.self) { try continuation.advance(cell: cell, positions: [SIMD3(6.7, 0, 0)]) }
    }

    /// LAMMPS's triclinic boxes: when xy passes half of a, b becomes b − a.
    @Test func aCellThatFlipsIsTheSameLattice() throws {
        let (_, walk) = try walk(Matrix3(SIMD3(8, 0, 0), SIMD3(3.5, 9, 0), SIMD3(0, 0, 9)), frames: 40, step: 0.5)
        let frames = try walk.enumerated().map { index, positions in
            let tilt = 3.5 + 0.05 * Double(index)
            let flipped = tilt > 4 ? tilt - 8 : tilt
            let cell = try Cell(Matrix3(SIMD3(8, 0, 0), SIMD3(flipped, 9, 0), SIMD3(0, 0, 9)))
            // The atoms follow the strain.
            let strained = try Cell(Matrix3(SIMD3(8, 0, 0), SIMD3(tilt, 9, 0), SIMD3(0, 0, 9)))
            let start = try Cell(Matrix3(SIMD3(8, 0, 0), SIMD3(3.5, 9, 0), SIMD3(0, 0, 9)))
            return (cell, positions.map { cell.wrap(strained.cartesian(start.fractional($0))) })
        }
        var continuation = PathContinuation(.wrapped)
        var unwrapper = try Unwrapper(species: Array(repeating: .lithium, count: atoms))
        var (first, last): ([SIMD3<Double>], [SIMD3<Double>]) = ([], [])
        for (cell, positions) in frames {
            let next = try continuation.advance(cell: cell, positions: positions)
            last = try unwrapper.advance(cell: next.cell, positions: next.positions, isContinuous: true)
            if first.isEmpty { first = last }
        }
        #expect(continuation.flips == 1)
        // In fractional coordinates, the strain is no motion.
        let start = try Cell(Matrix3(SIMD3(8, 0, 0), SIMD3(3.5, 9, 0), SIMD3(0, 0, 9)))
        for atom in 0..<atoms {
            let moved = (last[atom] - first[atom]) * start.vectors
            #expect((moved - (walk[39][atom] - walk[0][atom])).norm < 1e-9)
        }
        #expect(throws: InputError.self, "another cell altogether") {
            try continuation.advance(cell: try Cell(a: 30, b: 5, c: 11), positions: walk[0])
        }
    }

    @Test func theSpanTellsWhatWasWrapped() {
        typealias Coordinates = PathContinuation.Coordinates
        #expect(Coordinates(lowest: SIMD3(-0.1, 0, 0), highest: SIMD3(1.2, 1, 1)) == .wrapped)
        #expect(Coordinates(lowest: SIMD3(-0.5, -0.5, -0.5), highest: SIMD3(0.5, 0.5, 0.5)) == .wrapped)
        #expect(Coordinates(lowest: SIMD3(0, -0.4, 0), highest: SIMD3(1, 1.2, 1)) == .unwrapped)
    }
}
