import Files
import Structures

/// Which atoms an observer looks at.
public enum AtomSelection: Equatable, Sendable {
    case all
    case species(Set<Species>)

    public static let lithium = AtomSelection.species([.lithium])

    /// The atoms' indices, ascending.
    ///
    /// - Throws: `InputError` when there are none.
    public func indices(in structure: Structure) throws -> [Int] {
        switch self {
        case .all:
            return Array(0..<structure.count)
        case .species(let wanted):
            let found = (0..<structure.count).filter { wanted.contains(structure.species[$0]) }
            guard !found.isEmpty else {
                throw InputError(
                    problem: "the structure has no \(wanted.sorted().map(\.symbol).joined(separator: ", ")) to observe",
                    mend: "name species of the structure, or observe all atoms")
            }
            return found
        }
    }
}
