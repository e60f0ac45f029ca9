/// Atoms in a periodic cell (or free, when `isPeriodic` is false). Atoms keep the order of the input.
public struct Structure: Equatable, Sendable {
    public var cell: Cell
    /// One per atom.
    public var species: [Species]
    /// Cartesian (Å), one per atom; not necessarily wrapped into the cell.
    public var positions: [SIMD3<Double>]
    /// Å/ps, one per atom, when known.
    public var velocities: [SIMD3<Double>]?
    /// False for a cluster in vacuum (DeePMD-kit's `nopbc`); the cell is then only a frame of reference.
    public var isPeriodic: Bool

    public init(
        cell: Cell, species: [Species], positions: [SIMD3<Double>], velocities: [SIMD3<Double>]? = nil,
        isPeriodic: Bool = true
    ) {
        precondition(species.count == positions.count, "one species per position")
        precondition(velocities.map { $0.count == positions.count } ?? true, "one velocity per position")
        self.cell = cell
        self.species = species
        self.positions = positions
        self.velocities = velocities
        self.isPeriodic = isPeriodic
    }

    public var count: Int { positions.count }

    /// The elements in the order of their first appearance.
    public var speciesInOrder: [Species] {
        species.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Fractional coordinates, one per atom.
    public var fractionalPositions: [SIMD3<Double>] { positions.map(cell.fractional) }
}
