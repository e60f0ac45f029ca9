/// The embedding nets as splines of cutoff − r, a part for each pair centre·types + neighbour.
///
/// The weight w(r)/r and its normalisation (s − davg)/dstd by the centre's type are folded in, so a two-sided model costs
/// what a one-sided one does. As functions of r the nets are smooth everywhere: what (s − davg)/dstd magnifies near s = 0 is
/// spread by s vanishing with the third power of cutoff − r.
extension SplineTable {
    /// Atoms nearer than this (Å) are refused; half the shortest bond of the molecules that the models know.
    static let nearestDistance = 0.7

    init(_ descriptor: SmoothDescriptor, pool: WorkerPool) {
        let types = descriptor.sel.count
        let range = 0...descriptor.cutoff - Self.nearestDistance
        let functions: [Function] = (0..<types * types).map { pair in
            let (centre, neighbour) = (pair / types, pair % types)
            let net = descriptor.embeddings[descriptor.embeddingIndex(centre: centre, neighbour: neighbour)]
            let (mean, scale) = (descriptor.averages[centre][0], descriptor.deviations[centre][0])
            return { depth in
                let s = descriptor.inverseDistance(descriptor.cutoff - depth)
                return net.jets(at: Jet(value: (s.value - mean) / scale, slope: -s.slope / scale))
            }
        }
        self.init(functions, width: descriptor.width, range: range, tested: range, coarsest: 128, pool: pool)
    }
}

extension SmoothDescriptor {
    /// s = w(r)/r with its derivative by r.
    func inverseDistance(_ r: Double) -> Jet {
        let (w, slope) = weight(r)
        return Jet(value: w / r, slope: (slope - w / r) / r)
    }
}
