/// Every pair of atoms closer than a cutoff, both as i→j and as j→i, in compressed rows.
///
/// The neighbours of atom i are the entries `offsets[i]..<offsets[i + 1]` of `neighbours` and `shifts`; entry k lies at
///
///     r_ij = positions[neighbours[k]] + shifts[k]·H − positions[i]
///
/// in the coordinates as they were given (they need not be wrapped). Periodic images are separate entries, so that cells
/// smaller than the cutoff, where an atom is its own neighbour, need no special care. The order of the entries is a
/// function of the input alone.
///
/// Construction takes O(N): the wrapped atoms and the images within the cutoff of the cell are sorted into bins of half
/// the cutoff, in fractional coordinates, so that any triclinic cell will do.
public struct NeighbourList: Sendable {
    /// Atoms + 1 entries: where each atom's neighbours begin, and the total.
    public let offsets: [Int]
    /// The atom at the other end of each pair.
    public let neighbours: [Int32]
    /// Lattice translations along a, b, c of each pair; zero for a structure that is not periodic.
    public let shifts: [SIMD3<Int32>]

    /// Finds the pairs with |r_ij| < `cutoff` (Å).
    ///
    /// - Throws: `InputError` when the cutoff is not positive, a position is not finite or absurdly far from the cell,
    ///   or the cell so small that the sphere holds tens of millions of images.
    public init(_ structure: Structure, cutoff: Double) throws {
        let images = try BinnedImages(structure, cutoff: cutoff)
        (offsets, neighbours, shifts) = images.pairs()
    }

    /// The number of atoms.
    public var count: Int { offsets.count - 1 }

    /// Where the neighbours of `atom` are in `neighbours` and `shifts`.
    @inlinable public func entries(of atom: Int) -> Range<Int> { offsets[atom]..<offsets[atom + 1] }

    /// r_ij (Å) of an entry of `atom`, in the structure that the list was made of or one whose atoms have moved since.
    @inlinable public func displacement(_ entry: Int, from atom: Int, in structure: Structure) -> SIMD3<Double> {
        let other = structure.positions[Int(neighbours[entry])]
        return other + SIMD3<Double>(shifts[entry]) * structure.cell.vectors - structure.positions[atom]
    }

    /// The atoms at the other ends of the pairs of `atom`.
    @inlinable public func neighbours(of atom: Int) -> ArraySlice<Int32> { neighbours[entries(of: atom)] }

    /// The lattice translations of the pairs of `atom`.
    @inlinable public func shifts(of atom: Int) -> ArraySlice<SIMD3<Int32>> { shifts[entries(of: atom)] }
}
