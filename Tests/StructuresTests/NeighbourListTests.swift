import Files
import Testing

@testable import Structures

/// The pairs of `NeighbourList` against all atoms times all images that could matter.
@Suite struct NeighbourListTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var vectors: Matrix3
        var atoms: Int
        var cutoff: Double
        var isPeriodic = true
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "50-atom LGPS cell", vectors: .diagonal(8.787646, 8.787646, 12.657546), atoms: 50, cutoff: 8),
        Case(
            name: "200 atoms, cutoff below half the cell", vectors: .diagonal(17.4, 17.6, 12.7), atoms: 200, cutoff: 5),
        Case(
            name: "strongly skewed", vectors: Matrix3(SIMD3(9, 0, 0), SIMD3(7, 6, 0), SIMD3(-6, 5, 8)), atoms: 40,
            cutoff: 6),
        Case(
            name: "left-handed and rotated",
            vectors: Matrix3(SIMD3(1, 6, 2), SIMD3(7, -1, 0.5), SIMD3(0.3, 1, 9)), atoms: 30, cutoff: 7),
        Case(
            name: "tiny cell, one atom", vectors: Matrix3(SIMD3(0, 2, 2), SIMD3(2, 0, 2), SIMD3(2, 2, 0)), atoms: 1,
            cutoff: 9),
        Case(name: "needle", vectors: .diagonal(1.53, 60, 2.07), atoms: 12, cutoff: 6),
        Case(name: "cluster", vectors: .diagonal(10, 10, 10), atoms: 120, cutoff: 4, isPeriodic: false),
    ]

    @Test(arguments: cases) func agreesWithBruteForce(_ example: Case) throws {
        let structure = try randomStructure(example)
        let list = try NeighbourList(structure, cutoff: example.cutoff)
        #expect(list.count == structure.count)
        let difference = pairs(of: list).symmetricDifference(bruteForcePairs(structure, cutoff: example.cutoff))
        #expect(difference.isEmpty)
    }

    @Test(arguments: cases) func displacementsAreThoseOfTheCoordinatesAsGiven(_ example: Case) throws {
        let structure = try randomStructure(example)
        let list = try NeighbourList(structure, cutoff: example.cutoff)
        let longest = (0..<list.count).flatMap { atom in
            list.entries(of: atom).map { list.displacement($0, from: atom, in: structure).norm }
        }.max()
        #expect(try #require(longest) < example.cutoff + 1e-9)
    }

    @Test func everyPairHasItsReverse() throws {
        let structure = try randomStructure(Self.cases[2])
        let all = pairs(of: try NeighbourList(structure, cutoff: 6))
        let lonely = all.count { !all.contains(Pair(i: $0.j, j: $0.i, shift: 0 &- $0.shift)) }
        #expect(lonely == 0 && all.count > 100)
    }

    @Test func simpleCubicShellsAreCounted() throws {
        let cell = try Cell(a: 3, b: 3, c: 3)
        let structure = Structure(cell: cell, species: [.lithium], positions: [SIMD3(-31, 7, 2)])
        // 6 at a, 12 at √2 a, 8 at √3 a, 6 at 2a.
        for (cutoff, count) in [(2.9, 0), (3.1, 6), (4.3, 18), (5.3, 26), (6.1, 32)] {
            #expect(try NeighbourList(structure, cutoff: cutoff).neighbours.count == count)
        }
    }

    @Test func emptyAndSparseStructures() throws {
        let cell = try Cell(a: 3, b: 3, c: 3)
        #expect(try NeighbourList(Structure(cell: cell, species: [], positions: []), cutoff: 6).count == 0)
        let far = Structure(
            cell: cell, species: [.lithium, .lithium, .sulfur],
            positions: [.zero, SIMD3(1e7, -1e7, 1e7), SIMD3(0, 0, 2)],
            isPeriodic: false)
        let list = try NeighbourList(far, cutoff: 6)
        #expect(list.offsets == [0, 1, 1, 2] && list.neighbours == [2, 0])
    }

    @Test func badInputIsRefused() throws {
        let cell = try Cell(a: 3, b: 3, c: 3)
        func structure(_ r: SIMD3<Double>) -> Structure {
            Structure(cell: cell, species: [.lithium, .lithium], positions: [.zero, r])
        }
        #expect(throws: InputError.self) { try NeighbourList(structure(.zero), cutoff: 0) }
        #expect(throws: InputError.self) { try NeighbourList(structure(.zero), cutoff: .nan) }
        #expect(throws: InputError.self) { try NeighbourList(structure(.zero), cutoff: 1e6) }
        let error = #expect(throws: InputError.self) { try NeighbourList(structure(SIMD3(0, .nan, 0)), cutoff: 3) }
        #expect(error?.place == "atom 1")
        #expect(throws: InputError.self) { try NeighbourList(structure(SIMD3(0, 1e12, 0)), cutoff: 3) }
    }
}

private struct Pair: Hashable {
    var i: Int
    var j: Int
    var shift: SIMD3<Int32>
}

private func pairs(of list: NeighbourList) -> Set<Pair> {
    var all: Set<Pair> = []
    for atom in 0..<list.count {
        for k in list.entries(of: atom) {
            all.insert(Pair(i: atom, j: Int(list.neighbours[k]), shift: list.shifts[k]))
        }
    }
    #expect(all.count == list.neighbours.count, "a pair is listed twice")
    return all
}

private func bruteForcePairs(_ structure: Structure, cutoff: Double) -> Set<Pair> {
    let reach = structure.isPeriodic ? (cutoff / structure.cell.heights).rounded(.up) + 1 : .zero
    let fractional = structure.fractionalPositions
    var all: Set<Pair> = []
    for i in 0..<structure.count {
        for j in 0..<structure.count {
            let nearest = structure.isPeriodic ? (fractional[i] - fractional[j]).rounded(.toNearestOrEven) : .zero
            let (low, high) = (nearest - reach, nearest + reach)
            for a in Int32(low.x)...Int32(high.x) {
                for b in Int32(low.y)...Int32(high.y) {
                    for c in Int32(low.z)...Int32(high.z) where i != j || a != 0 || b != 0 || c != 0 {
                        let image = SIMD3(Double(a), Double(b), Double(c)) * structure.cell.vectors
                        let r = structure.positions[j] + image - structure.positions[i]
                        if r.norm < cutoff { all.insert(Pair(i: i, j: j, shift: SIMD3(a, b, c))) }
                    }
                }
            }
        }
    }
    return all
}

/// Atoms at random, up to two cells outside of the cell.
private func randomStructure(_ example: NeighbourListTests.Case) throws -> Structure {
    let cell = try Cell(example.vectors)
    var generator = SplitMix64(seed: 20_210_301)
    let range = example.isPeriodic ? -2.0..<3.0 : 0.0..<1.0
    let positions = (0..<example.atoms).map { _ in
        cell.cartesian(
            .init(
                .random(in: range, using: &generator), .random(in: range, using: &generator),
                .random(in: range, using: &generator)))
    }
    return Structure(
        cell: cell, species: Array(repeating: .lithium, count: example.atoms), positions: positions,
        isPeriodic: example.isPeriodic)
}

extension Matrix3 {
    static func diagonal(_ a: Double, _ b: Double, _ c: Double) -> Matrix3 {
        Matrix3(SIMD3(a, 0, 0), SIMD3(0, b, 0), SIMD3(0, 0, c))
    }
}
