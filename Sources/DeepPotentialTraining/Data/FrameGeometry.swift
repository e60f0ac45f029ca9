import Files
import Structures

/// What the descriptor needs of one frame, prepared once: wrapped coordinates and who neighbours whom.
///
/// A pair takes four bytes; distances and the environment matrix are cheap and computed anew in every step.
struct FrameGeometry: Sendable {
    /// [atoms, 3] wrapped Cartesian coordinates (Å).
    let positions: [Float]
    /// The lattice translations (Å) that the pairs refer to.
    let shifts: [SIMD3<Float>]
    /// Neighbour in the low 20 bits, index into `shifts` in the high 12; by atom, then by the neighbour's type, then by
    /// distance.
    let pairs: [UInt32]
    /// The pairs of atom i with neighbours of type t are `starts[i·types + t]..<starts[i·types + t + 1]`.
    let starts: [UInt32]

    /// Pairs nearer than this (Å), as those of `ReferenceEvaluator`, have no meaning.
    static let closestDistance = 0.01

    static let atomMask: UInt32 = 0xfffff
    static let shiftBits: UInt32 = 20

    /// - Throws: `InputError` for a cell or coordinates that the neighbour list refuses, or a frame too large.
    init(_ structure: Structure, types: [Int], typeCount: Int, cutoff: Double) throws {
        var structure = structure
        if structure.isPeriodic { structure.positions = structure.positions.map(structure.cell.wrap) }
        let list = try NeighbourList(structure, cutoff: cutoff)
        let codes = ShiftCodes(list.shifts, cell: structure.cell)
        var pairs: [UInt32] = []
        pairs.reserveCapacity(list.neighbours.count)
        var starts: [UInt32] = [0]
        starts.reserveCapacity(structure.count * typeCount + 1)
        /// The squared distance's bits, which sort as it does, above the pair.
        var rows = [[UInt64]](repeating: [], count: typeCount)
        for i in 0..<structure.count {
            for type in 0..<typeCount { rows[type].removeAll(keepingCapacity: true) }
            for entry in list.entries(of: i) {
                let j = Int(list.neighbours[entry])
                let code = codes.code(list.shifts[entry])
                let separation = structure.positions[j] + codes.translations[code] - structure.positions[i]
                guard separation.dot(separation) >= Self.closestDistance * Self.closestDistance else {
                    throw InputError(
                        place: "atoms \(i + 1) (\(structure.species[i])) and \(j + 1) (\(structure.species[j]))",
                        problem: "they are \(separation.norm) Å apart",
                        mend: "atoms must not sit on each other; leave out the frame, or mend its coordinates")
                }
                let distance = UInt64(Float(separation.dot(separation)).bitPattern)
                rows[types[j]].append(distance << 32 | UInt64(code << Int(Self.shiftBits) | j))
            }
            for type in 0..<typeCount {
                rows[type].sort()
                pairs += rows[type].map { UInt32(truncatingIfNeeded: $0) }
                starts.append(UInt32(pairs.count))
            }
        }
        guard structure.count <= Int(Self.atomMask), codes.translations.count <= 1 << (32 - Self.shiftBits) else {
            throw InputError(
                problem:
                    "a frame of \(structure.count) atoms with \(codes.translations.count) periodic images is too large",
                mend: "train on frames of fewer than a million atoms, in cells not much smaller than the cutoff")
        }
        positions = structure.positions.flatMap { [Float($0.x), Float($0.y), Float($0.z)] }
        shifts = codes.translations.map { SIMD3<Float>($0) }
        self.pairs = pairs
        self.starts = starts
    }

    var atomCount: Int { positions.count / 3 }

    /// The pairs of `atom` with neighbours of one type.
    func pairRange(atom: Int, neighbour: Int, typeCount: Int) -> Range<Int> {
        Int(starts[atom * typeCount + neighbour])..<Int(starts[atom * typeCount + neighbour + 1])
    }

    /// r_ij of a pair of `atom` (Å).
    func separation(atom: Int, pair: Int) -> SIMD3<Float> {
        let j = Int(pairs[pair] & Self.atomMask)
        let shift = shifts[Int(pairs[pair] >> Self.shiftBits)]
        return position(j) + shift - position(atom)
    }

    private func position(_ atom: Int) -> SIMD3<Float> {
        SIMD3(positions[3 * atom], positions[3 * atom + 1], positions[3 * atom + 2])
    }
}

extension SIMD3 where Scalar == Float {
    var norm: Float { (self * self).sum().squareRoot() }
}

/// Small numbers for the lattice translations that occur in a neighbour list, in a box around all of them.
private struct ShiftCodes {
    private let lowest: SIMD3<Int32>
    private let extent: SIMD3<Int32>
    /// By code (Å).
    let translations: [SIMD3<Double>]

    init(_ shifts: [SIMD3<Int32>], cell: Cell) {
        var low = SIMD3<Int32>.zero
        var high = SIMD3<Int32>.zero
        for shift in shifts {
            low = pointwiseMin(low, shift)
            high = pointwiseMax(high, shift)
        }
        lowest = low
        extent = high &- low &+ 1
        var translations: [SIMD3<Double>] = []
        for a in low.x...high.x {
            for b in low.y...high.y {
                for c in low.z...high.z {
                    translations.append(SIMD3(Double(a), Double(b), Double(c)) * cell.vectors)
                }
            }
        }
        self.translations = translations
    }

    @inline(__always)
    func code(_ shift: SIMD3<Int32>) -> Int {
        let s = shift &- lowest
        return Int((s.x * extent.y + s.y) * extent.z + s.z)
    }
}
