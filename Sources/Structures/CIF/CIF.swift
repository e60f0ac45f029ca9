/// The part of the Crystallographic Information File (IUCr, CIF 1.1) that describes a crystal: cell, symmetry
/// operations and the sites of the asymmetric unit, shared or partly empty ones included.
public struct CIF: Equatable, Sendable {
    /// The data block's name, without `data_`.
    public var name: String
    /// Lines of explanation at the top of the file.
    public var comment: String
    /// Hermann-Mauguin symbol, such as "P 42/n m c"; "?" when it is unknown.
    public var spaceGroup: String
    public var operations: [SymmetryOperation]
    /// Cell and asymmetric unit; one entry per site, whatever the number of its occupants.
    public var asymmetricUnit: DisorderedStructure

    public init(
        name: String, comment: String = "", spaceGroup: String = "P 1", operations: [SymmetryOperation] = [.identity],
        asymmetricUnit: DisorderedStructure
    ) {
        self.name = name
        self.comment = comment
        self.spaceGroup = spaceGroup
        self.operations = operations
        self.asymmetricUnit = asymmetricUnit
    }

    /// Images closer than this (Å) are one site: coordinates of special positions are often cut after three decimals.
    static let tolerance = 0.05

    /// All sites of the cell: the asymmetric unit under the operations, wrapped into [0, 1), each place once.
    public var expanded: DisorderedStructure {
        let cell = asymmetricUnit.cell
        var sites: [DisorderedStructure.Site] = []
        for site in asymmetricUnit.sites {
            var orbit: [SIMD3<Double>] = []
            for operation in operations {
                let image = Self.wrapped(operation(site.position))
                if !orbit.contains(where: { Self.distance($0, image, cell) < Self.tolerance }) { orbit.append(image) }
            }
            sites += orbit.map { .init(label: site.label, position: $0, occupants: site.occupants) }
        }
        return DisorderedStructure(cell: cell, sites: sites)
    }

    /// Brings coordinates into [0, 1), those within rounding of 1 to 0.
    private static func wrapped(_ x: SIMD3<Double>) -> SIMD3<Double> {
        let inside = x - x.rounded(.down)
        return inside.replacing(with: 0, where: inside .> 1 - 1e-9)
    }

    /// The distance (Å) of the nearest images of two places, when it is much smaller than the cell.
    static func distance(_ first: SIMD3<Double>, _ second: SIMD3<Double>, _ cell: Cell) -> Double {
        let difference = first - second
        return cell.cartesian(difference - difference.rounded(.toNearestOrEven)).norm
    }
}
