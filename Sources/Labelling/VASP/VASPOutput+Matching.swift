import Structures

extension VASPOutput {
    /// OUTCAR prints five decimals of Å, and cells nine.
    private static let tolerance = 1e-3

    /// The output of this structure, its forces in the structure's order: atoms are found by their positions, since outputs
    /// that others have made may have them sorted by element.
    ///
    /// - Throws: `LabelFailure` when it belongs to another structure, naming the first difference.
    func matched(to structure: Structure) throws -> VASPOutput {
        let difference = zip(cell.rowMajor, structure.cell.vectors.rowMajor).map { abs($0 - $1) }.max() ?? 0
        guard difference < Self.tolerance else { throw other("its cell differs by \(difference) Å") }
        guard positions.count == structure.count, forces.count == structure.count else {
            throw other("it has \(positions.count) positions for \(structure.count) atoms")
        }
        if let species, species.count != structure.count {
            throw other("it names \(species.count) elements for \(structure.count) atoms")
        }
        var taken = [Bool](repeating: false, count: positions.count)
        var order: [Int] = []
        for atom in 0..<structure.count {
            // In its own place first: two atoms may be as near as the tolerance only by a fault.
            let near = ([atom] + positions.indices).first {
                !taken[$0] && distance(positions[$0], structure.positions[atom], structure.cell) < Self.tolerance
            }
            guard let near else {
                let nearest = positions.map { distance($0, structure.positions[atom], structure.cell) }.min() ?? 0
                throw other("atom \(atom + 1) (\(structure.species[atom])) is \(nearest) Å away from any atom there")
            }
            if let found = species?[near], found != structure.species[atom] {
                throw other(
                    "atom \(atom + 1) is \(structure.species[atom]), but \(found) there: were the POTCARs in order?")
            }
            taken[near] = true
            order.append(near)
        }
        var output = self
        output.positions = order.map { positions[$0] }
        output.forces = order.map { forces[$0] }
        output.species = species.map { species in order.map { species[$0] } }
        return output
    }

    private func distance(_ first: SIMD3<Double>, _ second: SIMD3<Double>, _ cell: Cell) -> Double {
        let s = cell.fractional(first - second)
        return cell.cartesian(s - s.rounded(.toNearestOrEven)).norm
    }

    private func other(_ difference: String) -> LabelFailure {
        LabelFailure(.badStructure, "the output belongs to another structure: \(difference)")
    }
}
