import DeepPotentialTraining
import Files
import Structures

/// How many neighbours of each element the descriptor has room for, where the input says so: `sel` is checked against the
/// data before anything is trained.
struct SlotLimits: Sendable {
    private let limits: [Species: Int]
    private let cutoff: Double

    /// Nil where `sel` is chosen by the data themselves.
    init?(_ input: ModelInput) {
        guard case .counts(let counts) = input.selection else { return nil }
        cutoff = input.cutoff
        limits = Dictionary(
            zip(input.typeMap.compactMap { Species(symbol: $0) }, counts), uniquingKeysWith: { first, _ in first })
    }

    /// The worst excess in words, or nil.
    func excess(of structure: Structure) throws -> String? {
        let list = try NeighbourList(structure, cutoff: cutoff)
        var most: [Species: Int] = [:]
        for atom in 0..<structure.count {
            var counts: [Species: Int] = [:]
            for neighbour in list.neighbours(of: atom) { counts[structure.species[Int(neighbour)], default: 0] += 1 }
            for (species, count) in counts { most[species] = max(most[species] ?? 0, count) }
        }
        for (species, count) in most.sorted(by: { $0.key < $1.key }) {
            guard let limit = limits[species], count > limit else { continue }
            return "atoms have up to \(count) \(species) neighbours within \(cutoff) Å, sel has \(limit)"
        }
        return nil
    }

    func isExceeded(by structure: Structure) throws -> Bool { try excess(of: structure) != nil }
}
