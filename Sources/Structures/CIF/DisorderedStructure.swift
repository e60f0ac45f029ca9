import Files

/// A periodic structure whose sites may be shared by several elements or partly empty, as diffraction finds it.
public struct DisorderedStructure: Equatable, Sendable {
    /// An element on a site and the fraction of cells in which it is there.
    public struct Occupant: Equatable, Sendable {
        public var species: Species
        /// Over 0, at most 1.
        public var occupancy: Double

        public init(_ species: Species, occupancy: Double = 1) {
            self.species = species
            self.occupancy = occupancy
        }
    }

    public struct Site: Equatable, Sendable {
        /// The site's name in the source, shared by all sites of one orbit ("M1", "Li4").
        public var label: String
        /// Fractional coordinates.
        public var position: SIMD3<Double>
        public var occupants: [Occupant]

        public init(label: String, position: SIMD3<Double>, occupants: [Occupant]) {
            self.label = label
            self.position = position
            self.occupants = occupants
        }

        /// The sum over the occupants; 1 for a full site.
        public var occupancy: Double { occupants.reduce(0) { $0 + $1.occupancy } }
    }

    public var cell: Cell
    public var sites: [Site]

    public init(cell: Cell, sites: [Site]) {
        self.cell = cell
        self.sites = sites
    }

    /// Every site of an ordered structure, full and labelled Li1, Li2, ..., S1, ...
    public init(_ structure: Structure) {
        cell = structure.cell
        var counts: [Species: Int] = [:]
        sites = zip(structure.species, structure.fractionalPositions).map { species, position in
            counts[species, default: 0] += 1
            return Site(label: "\(species)\(counts[species]!)", position: position, occupants: [Occupant(species)])
        }
    }

    /// The mean number of atoms of each element in the cell.
    public var composition: [Species: Double] {
        sites.reduce(into: [:]) { sum, site in
            for occupant in site.occupants { sum[occupant.species, default: 0] += occupant.occupancy }
        }
    }

    /// The sites of this label, as indices.
    public func sites(labelled label: String) -> [Int] { sites.indices.filter { sites[$0].label == label } }

    /// The structure, when every site is full and has one element.
    ///
    /// - Throws: `InputError` naming the first site that is shared or partly empty.
    public func ordered() throws -> Structure {
        // Refined occupancies of full sites come with rounding such as 0.999.
        if let site = sites.first(where: { $0.occupants.count != 1 || abs($0.occupancy - 1) > 0.005 }) {
            let text = site.occupants.map { "\($0.species) \($0.occupancy)" }.joined(separator: ", ")
            throw InputError(
                problem: "the site \(site.label) at \(site.position.words) is disordered: \(text)",
                mend: "choose an arrangement of atoms, for instance from the ordered prototype")
        }
        return Structure(
            cell: cell, species: sites.map { $0.occupants[0].species },
            positions: sites.map { cell.cartesian($0.position) })
    }
}
