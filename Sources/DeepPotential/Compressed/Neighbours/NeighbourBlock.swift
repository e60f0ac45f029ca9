/// The neighbours inside the cutoff of a block of atoms, packed row after row, as arrays over neighbours.
///
/// Every row starts at a multiple of the vector width, so that whole vectors can be worked on. Memory grows to the
/// largest block seen and stays.
struct NeighbourBlock: ~Copyable {
    /// Arrays of `capacity` floats, in this order.
    enum Field: Int, CaseIterable {
        /// Displacement before `prepare`, unit vector after it.
        case x, y, z
        /// Distance (Å), and s = w/r with its slope ds/dr.
        case distance, weight, slope
        /// Intervals per Å of the pair's table, and the position within one.
        case density, fraction
        /// The environment matrix's normalised row.
        case row0, row1, row2, row3
        /// dE/dt of the table's argument and dE/d(row).
        case gradientFraction, gradient0, gradient1, gradient2, gradient3
    }

    private(set) var capacity: Int
    private var storage: UnsafeMutablePointer<Float>
    /// Where each neighbour's interval starts in the table.
    private(set) var tableOffsets: UnsafeMutablePointer<Int32>
    private(set) var atoms: UnsafeMutablePointer<Int32>

    init(capacity: Int) {
        self.capacity = Lanes.padded(capacity)
        storage = .allocate(capacity: self.capacity * Field.allCases.count)
        storage.initialize(repeating: 0, count: self.capacity * Field.allCases.count)
        tableOffsets = .allocate(capacity: self.capacity)
        tableOffsets.initialize(repeating: 0, count: self.capacity)
        atoms = .allocate(capacity: self.capacity)
        atoms.initialize(repeating: 0, count: self.capacity)
    }

    deinit {
        storage.deallocate()
        tableOffsets.deallocate()
        atoms.deallocate()
    }

    subscript(field: Field) -> UnsafeMutablePointer<Float> { storage + field.rawValue * capacity }
}
