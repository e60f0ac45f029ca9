/// The places between which lithium moves in Li10MP2S12: Li1 to Li4 of the disordered crystal (P 4_2/n m c).
///
/// Coordinates, origin choice 1: neutron diffraction of Li10.35Si1.35P1.65S12 at 17 K (Hori et al., Acta Cryst. B 71, 727
/// (2015), CCDC 1438232), where all four kinds are seen; occupied there to 0.437, 0.931, 0.845 and 0.808. Li1 and Li3 make the
/// channels along c, Li4 joins channels in the ab plane, Li2 sits between M and P of a column.
public enum LithiumSites {
    public enum Kind: Int, CaseIterable, Codable, Sendable {
        /// 16h, in the channel along c.
        case li1
        /// 4d, octahedral, in the column of M.
        case li2
        /// 8f, in the channel along c.
        case li3
        /// 4c, octahedral, in the column of the P that is always P.
        case li4

        /// `Li1`.
        public var name: String { "Li\(rawValue + 1)" }
        /// In a unit cell.
        public var multiplicity: Int { [16, 4, 8, 4][rawValue] }
    }

    public struct Site: Equatable, Sendable {
        public var kind: Kind
        /// Fractional, in the unit cell of `LGPSPrototype`: 0 to 1.
        public var position: SIMD3<Double>
    }

    private static let asymmetricUnit: [(Kind, SIMD3<Double>)] = [
        (.li1, SIMD3(0.2574, 0.2666, 0.1929)), (.li2, SIMD3(0, 0.5, 0.9456)), (.li3, SIMD3(0.24753, 0.24753, 0)),
        (.li4, SIMD3(0, 0, 0.2510)),
    ]

    /// P 4_2/n m c, origin choice 1 (International Tables A, No. 137).
    private static let operations = [
        "x,y,z", "-x,-y,z", "-y+1/2,x+1/2,z+1/2", "y+1/2,-x+1/2,z+1/2", "-x+1/2,y+1/2,-z+1/2", "x+1/2,-y+1/2,-z+1/2",
        "y,x,-z", "-y,-x,-z", "-x+1/2,-y+1/2,-z+1/2", "x+1/2,y+1/2,-z+1/2", "y,-x,-z", "-y,x,-z", "x,-y,z", "-x,y,z",
        "-y+1/2,-x+1/2,z+1/2", "y+1/2,x+1/2,z+1/2",
    ].map { SymmetryOperation($0)! }

    /// The origin of Kamaya's and Hori's setting as seen from the prototype's (`FourDSites`).
    private static let origin = SIMD3(0, 0.5, 0.0)

    /// The 32 sites of a unit cell, by kind.
    public static let inUnitCell: [Site] = asymmetricUnit.flatMap { kind, position in
        var found: [SIMD3<Double>] = []
        for operation in operations {
            let image = wrapped(operation(position) + origin)
            let isNew = found.allSatisfy { other in
                let apart = image - other
                return (apart - apart.rounded(.toNearestOrEven)).norm > 0.01
            }
            if isNew { found.append(image) }
        }
        return found.map { Site(kind: kind, position: $0) }
    }

    private static func wrapped(_ position: SIMD3<Double>) -> SIMD3<Double> {
        let inside = position - position.rounded(.down)
        // What rounding puts at 1 is at 0.
        return inside.replacing(with: 0, where: inside .>= 1 - 1e-9)
    }
}
