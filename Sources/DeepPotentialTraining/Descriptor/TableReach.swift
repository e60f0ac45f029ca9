import DeepPotential

/// How far the embedding tables must reach: the largest w/r of each pair of types in the data, and a little more.
enum TableReach {
    /// Beyond the closest pair seen; farther out the last interval's polynomial is continued.
    private static let margin = 1.02

    /// - Returns: w/r (1/Å) by centre·types + neighbour; 0 for pairs that never meet.
    static func reach(_ descriptor: SmoothDescriptor, _ sets: [TrainingSet]) -> [Double] {
        let types = descriptor.sel.count
        return (0..<types * types).map { pair in
            let shortest = sets.map { $0.shortest[pair] }.min() ?? .infinity
            guard shortest.isFinite else { return 0 }
            let (start, end) = (descriptor.smoothStart, descriptor.cutoff)
            let u = min(max((shortest - start) / (end - start), 0), 1)
            return margin * (u * u * u * (-6 * u * u + 15 * u - 10) + 1) / shortest
        }
    }
}
