/// The neighbours within the three-body cutoff of a block of atoms, packed row after row, and the products of all pairs of
/// them. Rows start at multiples of the vector width; memory grows as needed.
struct NearBlock: ~Copyable {
    /// Arrays over neighbours.
    enum Field: Int, CaseIterable {
        /// Unit vector and distance (Å).
        case x, y, z, distance
        /// v = q(r) times the unit vector: q with its slope, and v's components.
        case length, slope, v1, v2, v3
        /// dE/dv.
        case gradient1, gradient2, gradient3
        /// Of one atom at a time: intervals per unit of e of the neighbour's table with the current type.
        case density
    }

    /// Arrays over pairs of neighbours j ≤ k of an atom, k after k.
    enum PairField: Int, CaseIterable {
        /// Position within the table's interval, and dE/de of the product e; before, its table's intervals per unit of e.
        case fraction, pairSlope
        /// A half for a neighbour's product with itself, else one.
        case multiplicity
    }

    private var storage: UnsafeMutablePointer<Float>
    private var pairStorage: UnsafeMutablePointer<Float>
    private(set) var capacity = 0
    private(set) var pairCapacity = 0
    /// Where the pair's interval starts in the table.
    private(set) var offsets: UnsafeMutablePointer<Int32>
    /// The neighbour's place in the block of all neighbours.
    private(set) var places: UnsafeMutablePointer<Int32>
    /// Beside `density`: where that table starts.
    private(set) var tables: UnsafeMutablePointer<Int32>

    init() {
        storage = .allocate(capacity: 1)
        pairStorage = .allocate(capacity: 1)
        offsets = .allocate(capacity: 1)
        places = .allocate(capacity: 1)
        tables = .allocate(capacity: 1)
    }

    deinit {
        storage.deallocate()
        pairStorage.deallocate()
        offsets.deallocate()
        places.deallocate()
        tables.deallocate()
    }

    /// Makes room for more neighbours, keeping the first `used`.
    mutating func reserve(neighbours: Int, used: Int) {
        guard neighbours > capacity else { return }
        let size = Lanes.padded(neighbours + neighbours / 2)
        Self.grow(&storage, rows: Field.allCases.count, from: capacity, to: size, used: used)
        Self.grow(&places, rows: 1, from: capacity, to: size, used: used)
        Self.grow(&tables, rows: 1, from: capacity, to: size, used: used)
        capacity = size
    }

    /// The same for pairs.
    mutating func reserve(pairs: Int, used: Int) {
        guard pairs > pairCapacity else { return }
        let size = Lanes.padded(pairs + pairs / 2)
        Self.grow(&pairStorage, rows: PairField.allCases.count, from: pairCapacity, to: size, used: used)
        Self.grow(&offsets, rows: 1, from: pairCapacity, to: size, used: used)
        pairCapacity = size
    }

    /// Moves rows of `old` elements to rows of `new` ones, which are zero past the first `used`.
    private static func grow<Element: ExpressibleByIntegerLiteral>(
        _ storage: inout UnsafeMutablePointer<Element>, rows: Int, from old: Int, to new: Int, used: Int
    ) {
        let grown = UnsafeMutablePointer<Element>.allocate(capacity: rows * new)
        grown.initialize(repeating: 0, count: rows * new)
        for row in 0..<rows { (grown + row * new).update(from: storage + row * old, count: used) }
        storage.deallocate()
        storage = grown
    }

    subscript(field: Field) -> UnsafeMutablePointer<Float> { storage + field.rawValue * capacity }
    subscript(field: PairField) -> UnsafeMutablePointer<Float> { pairStorage + field.rawValue * pairCapacity }

    /// Where the pairs of neighbour k begin within an atom's, and with k = n, how many they are.
    @inline(__always)
    static func pairStart(_ k: Int) -> Int { k * (k + 1) / 2 }
}
