import Structures

/// g(r) of one pair of species and what follows from it.
public struct PairDistribution: Equatable, Sendable {
    public let first: Species
    public let second: Species
    /// Å.
    public let binWidth: Double
    /// One per bin; errors from block averages over the trajectory, NaN for a single frame.
    public let g: [Estimate]
    /// The mean number of `second` around a `first` up to the outer edge of each bin.
    public let coordination: [Double]

    /// The bins' middles (Å).
    public var radii: [Double] { g.indices.map { (Double($0) + 0.5) * binWidth } }

    /// The mean number of `second` within `radius` (Å) of a `first`, linear within a bin; the last bin's beyond it.
    public func coordinationNumber(within radius: Double) -> Double {
        let position = radius / binWidth
        guard position > 0 else { return 0 }
        let bin = Int(min(position, Double(coordination.count)))
        guard bin < coordination.count else { return coordination.last! }
        let below = bin == 0 ? 0 : coordination[bin - 1]
        return below + (position - Double(bin)) * (coordination[bin] - below)
    }
}
