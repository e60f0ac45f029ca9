import Parallel

/// The three-body nets as splines of e = v_j·v_k, a part for each unordered pair of neighbour types.
///
/// Column m is H_m(e) = e·G_m(e) with the pair's normalisation folded in, doubled for neighbours of one type, so that
/// different neighbours count once. Trained nets are about as wavy at all e, so the intervals are equal in e up to the
/// product of the nearest allowed neighbours, though most products are within a twentieth of that: what a walk touches
/// stays in the caches.
extension SplineTable {
    /// The length of a bond (Å), and how much of the product of two of them the tolerances hold for.
    private static let bond = 2.0
    private static let testedBonds = 1.5
    /// H grows with e, so that its largest value is many times a usual one.
    private static let threeBodyStrictness = 30.0

    init(_ descriptor: ThreeBodyDescriptor, pool: WorkerPool) {
        let types = descriptor.sel.count
        // Around the centre type where the products are largest.
        let least = descriptor.deviations.map(\.y).min()!
        let bonded = descriptor.weight(Self.bond).value / Self.bond / least
        let largest = 1 / Self.nearestDistance / least
        let (tested, reach) = (Self.testedBonds * bonded * bonded, largest * largest)
        var functions: [Function] = []
        for second in 0..<types {
            for first in 0...second {
                let net = descriptor.embeddings[ThreeBodyDescriptor.pairIndex(first, second)]
                let weight = descriptor.normalisation(first, second) * (first == second ? 2 : 1)
                functions.append { e in
                    net.jets(at: Jet(value: e, slope: 1)).map {
                        Jet(value: weight * e * $0.value, slope: weight * ($0.value + e * $0.slope))
                    }
                }
            }
        }
        self.init(
            functions, width: descriptor.width, range: -reach...reach, tested: -min(tested, reach)...min(tested, reach),
            coarsest: 256, strictness: Self.threeBodyStrictness, pool: pool)
    }
}
