import DeepPotential

/// How far the embedding tables must reach: the largest w/r of each pair of types in the data, and a little more.
enum TableReach {
    /// Beyond the closest pair seen; farther out the last interval's polynomial is continued.
    private static let margin = 1.02

    /// - Returns: w/r (1/Å) by centre·types + neighbour; 0 for pairs that never meet.
    static func reach(_ descriptor: some SmoothCutoff, types: Int, _ sets: [TrainingSet]) -> [Double] {
        return (0..<types * types).map { pair in
            let shortest = sets.map { $0.shortest[pair] }.min() ?? .infinity
            guard shortest.isFinite else { return 0 }
            return margin * descriptor.weight(shortest).value / shortest
        }
    }
}
