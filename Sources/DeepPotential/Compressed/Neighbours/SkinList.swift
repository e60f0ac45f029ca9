import Files
import Parallel
import Structures

/// Neighbours within cutoff + skin of every atom, kept until an atom has moved too far.
///
/// The order is canonical: centres by (type, atom), neighbours by (type, atom, image). What is summed over the
/// neighbours inside the cutoff is then the same to the last bit whenever the list was made.
struct SkinList {
    /// One candidate neighbour.
    struct Entry {
        var atom: Int32
        /// Index into `shifts`.
        var shift: Int32
    }

    /// Atoms sorted by (type, atom).
    private(set) var centres: [Int32] = []
    /// The first row of each type in `centres`, and the count at the end.
    private(set) var typeStarts: [Int] = []
    /// Entries of row `r` and neighbour type `t` are `entries[starts[r·types + t] ..< starts[r·types + t + 1]]`.
    private(set) var starts: [Int] = []
    /// The memory of the longest list so far: only what `starts` tells counts.
    private(set) var entries: [Entry] = []
    /// Lattice translations that occur, as integers, each once.
    private(set) var shifts: [SIMD3<Int32>] = []
    /// The longest row.
    private(set) var longest = 0

    /// The list in memory.
    struct Pointers {
        let centres: UnsafeBufferPointer<Int32>
        let starts: UnsafeBufferPointer<Int>
        let entries: UnsafeBufferPointer<Entry>
    }

    private let cutoff: Double
    private let skin: Double
    private let typeCount: Int
    private let pool: WorkerPool
    private var species: [Species] = []
    private var positions: [SIMD3<Double>] = []
    private var cell: Cell?
    private var isPeriodic = true

    /// - Parameters:
    ///   - cutoff: in Å, as is the skin.
    ///   - pool: what makes the list; the list is the same for any number of threads.
    init(cutoff: Double, skin: Double, typeCount: Int, pool: WorkerPool) {
        self.cutoff = cutoff
        self.skin = skin
        self.typeCount = typeCount
        self.pool = pool
    }

    mutating func invalidate() { cell = nil }

    /// Calls `body` with the list in memory, which is valid during the call.
    func withPointers(_ body: (Pointers) -> Void) {
        centres.withUnsafeBufferPointer { centres in
            starts.withUnsafeBufferPointer { starts in
                entries.withUnsafeBufferPointer { body(Pointers(centres: centres, starts: starts, entries: $0)) }
            }
        }
    }

    /// Makes the list anew if it may miss a neighbour; returns whether it did.
    ///
    /// - Throws: `InputError` for elements that the model lacks and for positions that are not finite.
    mutating func update(_ structure: Structure, model: DPModel) throws -> Bool {
        if holds(structure) { return false }
        if let bad = structure.positions.firstIndex(where: { !($0.x + $0.y + $0.z).isFinite }) {
            throw InputError(
                place: "atom \(bad + 1)", problem: "its position \(structure.positions[bad].words) is not finite",
                mend: "the run has exploded or the input is damaged: go back to an earlier frame")
        }
        try rebuild(structure, types: model.types(of: structure.species))
        return true
    }

    /// Whether every pair within the cutoff now is in the list.
    ///
    /// With H = H₀·F, a pair at r now was at (r − Δd)·F⁻¹ when the list was made, where Δd is what the affine map does
    /// not explain; so the list holds while (rc + 2 max|d|)·‖F⁻¹‖ ≤ rc + skin.
    private func holds(_ structure: Structure) -> Bool {
        guard let cell, structure.count == positions.count, structure.isPeriodic == isPeriodic,
            structure.species == species
        else { return false }
        var stretch = 1.0
        var deformation: Matrix3?
        if structure.cell != cell {
            deformation = cell.inverse * structure.cell.vectors
            let back = structure.cell.inverse * cell.vectors
            stretch = Self.spectralNorm(of: back)
        }
        let allowed = ((cutoff + skin) / stretch - cutoff) / 2
        guard allowed > 0 else { return false }
        var largest = 0.0
        for (now, then) in zip(structure.positions, positions) {
            let d = now - (deformation.map { then * $0 } ?? then)
            // A comparison that NaN fails, so that it leads to a rebuild and its error.
            let squared = d.dot(d)
            if !(squared <= allowed * allowed) { return false }
            largest = max(largest, squared)
        }
        return largest <= allowed * allowed
    }

    /// An upper bound of the largest singular value: sqrt(‖A‖₁‖A‖∞).
    private static func spectralNorm(of a: Matrix3) -> Double {
        func largestRowSum(_ m: Matrix3) -> Double {
            (0..<3).map { abs(m[$0].x) + abs(m[$0].y) + abs(m[$0].z) }.max()!
        }
        return (largestRowSum(a) * largestRowSum(a.transpose)).squareRoot()
    }

    private mutating func rebuild(_ structure: Structure, types: [Int]) throws {
        let search = try SkinSearch(structure, types: types, typeCount: typeCount, cutoff: cutoff + skin)
        centres = search.centres
        typeStarts = (0...typeCount).map { type in centres.firstIndex { types[Int($0)] >= type } ?? centres.count }
        (starts, shifts) = search.rows(into: &entries, pool: pool)
        longest = centres.indices.map { starts[($0 + 1) * typeCount] - starts[$0 * typeCount] }.max() ?? 0

        species = structure.species
        positions = structure.positions
        cell = structure.cell
        isPeriodic = structure.isPeriodic
    }
}
