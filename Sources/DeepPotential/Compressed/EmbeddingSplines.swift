import Parallel

/// The embedding nets as splines of cutoff − r, a part for each pair centre·types + neighbour.
///
/// The weight w(r)/r and its normalisation (s − davg)/dstd by the centre's type are folded in, so a two-sided model costs
/// what a one-sided one does. As functions of r the nets are smooth everywhere: what (s − davg)/dstd magnifies near s = 0 is
/// spread by s vanishing with the third power of cutoff − r.
extension SplineTable {
    /// Atoms nearer than this (Å) are refused; half the shortest bond of the molecules that the models know.
    static let nearestDistance = 0.7

    /// Atoms are rarely nearer than this (Å), where nets that saw no such neighbours in training may do anything: intervals of
    /// their own keep that out of what is always walked through.
    private static let shortestBond = 2.0

    init(_ descriptor: SmoothDescriptor, pool: WorkerPool) {
        let types = descriptor.sel.count
        let end = descriptor.cutoff - Self.nearestDistance
        // Halfway where the cutoff itself is hardly longer than a bond.
        let knee = max(descriptor.cutoff - Self.shortestBond, end / 2)
        let functions: [Function] = (0..<types * types).map { pair in
            let (centre, neighbour) = (pair / types, pair % types)
            let net = descriptor.embeddings[descriptor.embeddingIndex(centre: centre, neighbour: neighbour)]
            let (mean, scale) = (descriptor.averages[centre][0], descriptor.deviations[centre][0])
            return { depth in
                let s = descriptor.inverseDistance(descriptor.cutoff - depth)
                return net.jets(at: Jet(value: (s.value - mean) / scale, slope: -s.slope / scale))
            }
        }
        func table(_ range: ClosedRange<Double>, coarsest: Int) -> SplineTable {
            SplineTable(
                functions, width: descriptor.width, range: range, tested: range, coarsest: coarsest, pool: pool)
        }
        let intervals = table(knee...end, coarsest: 32).parts.map(\.intervals).max()!
        self.init(table(0...knee, coarsest: 96), rare: table(knee...end, coarsest: intervals))
    }
}

extension SmoothDescriptor {
    /// s = w(r)/r with its derivative by r.
    func inverseDistance(_ r: Double) -> Jet {
        let (w, slope) = weight(r)
        return Jet(value: w / r, slope: (slope - w / r) / r)
    }
}
