/// The nearest periodic image of an atom, seen from another.
public struct NearestImage: Equatable, Sendable {
    /// Å.
    public var distance: Double
    /// How much farther the next image of the same atom is (Å): near zero where two are seen at the same distance.
    public var margin: Double

    public init(distance: Double, margin: Double) {
        self.distance = distance
        self.margin = margin
    }
}

extension Structure {
    /// The nearest image of every atom, seen from one of them; its own is at distance 0.
    ///
    /// Images of three cells along each vector are looked at: enough in cells that are not much skewed.
    public func nearestImages(from atom: Int) -> [NearestImage] {
        let own = fractionalPositions[atom]
        return fractionalPositions.map { other in
            var difference = other - own
            difference -= difference.rounded(.toNearestOrAwayFromZero)
            var (nearest, next) = (Double.infinity, Double.infinity)
            for a in -1...1 {
                for b in -1...1 {
                    for c in -1...1 {
                        let distance = cell.cartesian(difference + SIMD3(Double(a), Double(b), Double(c))).norm
                        next = min(next, max(nearest, distance))
                        nearest = min(nearest, distance)
                    }
                }
            }
            return NearestImage(distance: nearest, margin: next - nearest)
        }
    }
}
