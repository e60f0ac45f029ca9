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
    private(set) var entries: [Entry] = []
    /// Lattice translations that occur, as integers.
    private(set) var shifts: [SIMD3<Int32>] = []
    /// The longest row.
    private(set) var longest = 0

    private let cutoff: Double
    private let skin: Double
    private let typeCount: Int
    private var species: [Species] = []
    private var positions: [SIMD3<Double>] = []
    private var cell: Cell?
    private var isPeriodic = true

    init(cutoff: Double, skin: Double, typeCount: Int) {
        self.cutoff = cutoff
        self.skin = skin
        self.typeCount = typeCount
    }

    mutating func invalidate() { cell = nil }

    /// Makes the list anew if it may miss a neighbour; returns whether it did.
    ///
    /// - Throws: `InputError` for elements that the model lacks and for positions that are not finite.
    mutating func update(_ structure: Structure, model: DPModel) throws -> Bool {
        if holds(structure) { return false }
        if let bad = structure.positions.firstIndex(where: { !($0.x + $0.y + $0.z).isFinite }) {
            throw InputError(
                place: "atom \(bad + 1)", problem: "its position \(structure.positions[bad]) is not finite",
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
        let list = try NeighbourList(structure, cutoff: cutoff + skin)
        let count = structure.count
        var order = (0..<count).map(Int32.init)
        order.sort { (types[Int($0)], $0) < (types[Int($1)], $1) }
        centres = order
        typeStarts = (0...typeCount).map { type in order.firstIndex { types[Int($0)] >= type } ?? count }
        var row = [Int](repeating: 0, count: count)
        for (index, atom) in order.enumerated() { row[Int(atom)] = index }

        countEntries(list, types: types, row: row)
        encodeShifts(list)
        fillEntries(list, types: types, row: row)

        species = structure.species
        positions = structure.positions
        cell = structure.cell
        isPeriodic = structure.isPeriodic
    }

    private mutating func countEntries(_ list: NeighbourList, types: [Int], row: [Int]) {
        starts = [Int](repeating: 0, count: row.count * typeCount + 1)
        longest = 0
        for atom in 0..<row.count {
            for k in list.offsets[atom]..<list.offsets[atom + 1] {
                starts[row[atom] * typeCount + types[Int(list.neighbours[k])] + 1] += 1
            }
            longest = max(longest, list.offsets[atom + 1] - list.offsets[atom])
        }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
    }

    /// The box of lattice translations that occur, x fastest.
    private var shiftBox = (low: SIMD3<Int32>.zero, size: SIMD3<Int32>.one)

    private mutating func encodeShifts(_ list: NeighbourList) {
        var (low, high) = (SIMD3<Int32>.zero, SIMD3<Int32>.zero)
        for shift in list.shifts {
            // A translation seen from the neighbour is the opposite one.
            low = pointwiseMin(low, pointwiseMin(shift, 0 &- shift))
            high = pointwiseMax(high, pointwiseMax(shift, 0 &- shift))
        }
        let size = high &- low &+ 1
        shiftBox = (low, size)
        shifts = []
        shifts.reserveCapacity(Int(size.x) * Int(size.y) * Int(size.z))
        for z in low.z...high.z {
            for y in low.y...high.y {
                for x in low.x...high.x { shifts.append(SIMD3(x, y, z)) }
            }
        }
    }

    private func code(of shift: SIMD3<Int32>) -> Int32 {
        let s = shift &- shiftBox.low
        return s.x &+ shiftBox.size.x &* (s.y &+ shiftBox.size.y &* s.z)
    }

    /// Goes through the neighbours in canonical order and appends each to the rows that see it: the rows come out sorted.
    private mutating func fillEntries(_ list: NeighbourList, types: [Int], row: [Int]) {
        var cursor = starts
        var filled = [Entry](repeating: Entry(atom: 0, shift: 0), count: list.neighbours.count)
        for atom in centres {
            for k in list.offsets[Int(atom)]..<list.offsets[Int(atom) + 1] {
                let slot = row[Int(list.neighbours[k])] * typeCount + types[Int(atom)]
                let entry = Entry(atom: atom, shift: code(of: 0 &- list.shifts[k]))
                var position = cursor[slot]
                cursor[slot] += 1
                // Images of one atom follow each other; keep them in order of their shift.
                while position > starts[slot], filled[position - 1].atom == entry.atom,
                    filled[position - 1].shift > entry.shift
                {
                    filled[position] = filled[position - 1]
                    position -= 1
                }
                filled[position] = entry
            }
        }
        entries = filled
    }
}
