@testable import Structures

extension Structure {
    /// Distances (Å) of all pairs of two elements within a cutoff, ascending, each pair seen from the first element.
    func distances(_ first: Species, _ second: Species, within cutoff: Double) throws -> [Double] {
        let list = try NeighbourList(self, cutoff: cutoff)
        return (0..<list.count).filter { species[$0] == first }.flatMap { atom in
            list.entries(of: atom).filter { species[Int(list.neighbours[$0])] == second }
                .map { list.displacement($0, from: atom, in: self).norm }
        }.sorted()
    }

    func count(of element: Species) -> Int { species.count { $0 == element } }
}
