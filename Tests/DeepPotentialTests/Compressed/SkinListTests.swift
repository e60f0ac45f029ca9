import Parallel
import Structures
import Testing

@testable import DeepPotential

/// The list of the compressed evaluator against `NeighbourList`, sorted.
@Suite struct SkinListTests {
    private static let model = DPModel.random(seed: 5)
    private static let skin = 1.1

    private struct Pair: Equatable {
        var atom: Int32
        var shift: SIMD3<Int32>
    }

    private static func list(threads: Int) -> SkinList {
        SkinList(
            cutoff: model.descriptor.cutoff, skin: skin, typeCount: model.typeMap.count,
            pool: WorkerPool(threads: threads))
    }

    /// The pairs of each row and neighbour type.
    private static func rows(_ list: SkinList) -> [[Pair]] {
        list.starts.indices.dropLast().map { slot in
            list.entries[list.starts[slot]..<list.starts[slot + 1]].map {
                Pair(atom: $0.atom, shift: list.shifts[Int($0.shift)])
            }
        }
    }

    /// The same from `NeighbourList`: rows by (type, atom), in a row by (type, atom, translation along c, b, a).
    private static func expectedRows(_ structure: Structure) throws -> [[Pair]] {
        let list = try NeighbourList(structure, cutoff: model.descriptor.cutoff + skin)
        let types = try model.types(of: structure.species)
        let centres = (0..<structure.count).sorted { (types[$0], $0) < (types[$1], $1) }
        return centres.flatMap { centre in
            model.typeMap.indices.map { type in
                zip(list.neighbours(of: centre), list.shifts(of: centre)).map(Pair.init)
                    .filter { types[Int($0.atom)] == type }
                    .sorted {
                        ($0.atom, $0.shift.z, $0.shift.y, $0.shift.x) < ($1.atom, $1.shift.z, $1.shift.y, $1.shift.x)
                    }
            }
        }
    }

    /// Atoms that have wandered through several cells, more of them than a piece has rows, and a cluster.
    private static func structures() throws -> [Structure] {
        let sample = try CompressedEvaluatorTests.sample(seed: 21)
        var wandered = try CompressedEvaluatorTests.sample(seed: 22, count: 12).supercell(2, 2, 1)
        for atom in wandered.positions.indices {
            let cells = SIMD3(Double(atom % 5) - 2, Double(atom % 3), Double(atom % 7) - 5)
            wandered.positions[atom] += cells * wandered.cell.vectors
        }
        return [sample, wandered, try TestStructures.cluster()]
    }

    @Test(arguments: [1, 3]) func rowsAreThoseOfTheNeighbourListInCanonicalOrder(threads: Int) throws {
        var list = Self.list(threads: threads)
        // One list after the other in the same memory, also a shorter one after a longer.
        for structure in try Self.structures() {
            #expect(try list.update(structure, model: Self.model))
            let (rows, expected) = (Self.rows(list), try Self.expectedRows(structure))
            #expect(rows == expected)
            #expect(Set(list.shifts).count == list.shifts.count)
            let types = Self.model.typeMap.count
            let lengths = stride(from: 0, to: rows.count, by: types).map { rows[$0..<$0 + types].joined().count }
            #expect(list.longest == lengths.max())
            #expect(list.typeStarts.last == structure.count)
        }
    }

    @Test func marksComeOutInOrderOnce() {
        // Some in one word, some in words and summaries far apart, one of them marked twice.
        let marks = MarkedNumbers(below: 300_000)
        // The second time others of the same words, which must not bring back the first.
        for numbers in [[299_999, 64, 0, 63, 4096, 64, 262_144, 4095], [65, 4097, 1, 299_998]] {
            var found: [Int] = []
            for number in numbers { marks.insert(number) }
            marks.removeAll { found.append($0) }
            #expect(found == Set(numbers).sorted())
        }
        marks.removeAll { _ in Issue.record("the set was left empty") }
    }
}
