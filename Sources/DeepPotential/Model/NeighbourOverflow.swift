/// Atoms with more neighbours of a type than the model has slots for (`sel`).
///
/// DeePMD-kit drops the farthest ones without a word, which makes energies jump. The evaluators here count all of them
/// and report it by this. The normalisation stays Σ sel, and sel − n stays the number of padded slots though negative:
/// a neighbour at the cutoff has the row of a padded slot, so only then does the energy stay smooth as it enters.
public struct NeighbourOverflow: Equatable, Sendable, CustomStringConvertible {
    /// The neighbours' element.
    public var element: String
    /// sel of that element.
    public var slots: Int
    /// The largest number of such neighbours within the cutoff.
    public var largest: Int
    /// How many atoms have more than `slots`.
    public var atoms: Int
    /// rcut (Å).
    public var cutoff: Double

    public init(element: String, slots: Int, largest: Int, atoms: Int, cutoff: Double) {
        self.element = element
        self.slots = slots
        self.largest = largest
        self.atoms = atoms
        self.cutoff = cutoff
    }

    public var description: String {
        "up to \(largest) \(element) within \(cutoff) Å of an atom, \(largest - slots) more than sel = \(slots) "
            + "(\(atoms) \(atoms == 1 ? "atom" : "atoms")); all were counted, DeePMD-kit would drop the farthest"
    }

    /// Takes in what another structure has: the largest number of neighbours, and all atoms, by element and cutoff.
    public static func merge(_ more: [NeighbourOverflow], into all: inout [NeighbourOverflow]) {
        for entry in more {
            if let place = all.firstIndex(where: { $0.element == entry.element && $0.cutoff == entry.cutoff }) {
                all[place].largest = max(all[place].largest, entry.largest)
                all[place].atoms += entry.atoms
            } else {
                all.append(entry)
            }
        }
    }

    /// Gathers the overflow of one structure while its atoms are visited.
    public struct Counter: Sendable {
        private let typeMap: [String]
        private let sel: [Int]
        private let cutoff: Double
        private var largest: [Int]
        private var atoms: [Int]

        public init(_ model: DPModel) {
            self.init(typeMap: model.typeMap, sel: model.descriptor.sel, cutoff: model.descriptor.cutoff)
        }

        /// For the three-body part; nil without one.
        public init?(threeBodyOf model: DPModel) {
            guard let threeBody = model.threeBody else { return nil }
            self.init(typeMap: model.typeMap, sel: threeBody.sel, cutoff: threeBody.cutoff)
        }

        private init(typeMap: [String], sel: [Int], cutoff: Double) {
            self.typeMap = typeMap
            self.sel = sel
            self.cutoff = cutoff
            largest = sel
            atoms = sel.map { _ in 0 }
        }

        /// Records that an atom has `count` neighbours of `type`.
        public mutating func record(_ count: Int, ofType type: Int) {
            guard count > sel[type] else { return }
            largest[type] = max(largest[type], count)
            atoms[type] += 1
        }

        /// Takes in what another counter of the same model has recorded.
        public mutating func merge(_ other: Counter) {
            for type in sel.indices {
                largest[type] = max(largest[type], other.largest[type])
                atoms[type] += other.atoms[type]
            }
        }

        /// One entry for each type that overflows, in the order of the type map.
        public var overflow: [NeighbourOverflow] {
            sel.indices.filter { atoms[$0] > 0 }.map {
                NeighbourOverflow(
                    element: typeMap[$0], slots: sel[$0], largest: largest[$0], atoms: atoms[$0], cutoff: cutoff)
            }
        }
    }
}
