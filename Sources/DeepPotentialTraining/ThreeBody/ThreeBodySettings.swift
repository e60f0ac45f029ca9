import DeepPotential

/// The three-body descriptor's fixed numbers as the kernels want them.
struct ThreeBodySettings: Sendable {
    let cutoff: Float
    let smoothStart: Float
    let typeCount: Int
    /// By centre type: 1/dstd, by which raw angular rows become v; the radial component is not used.
    let rowScales: [SIMD4<Float>]
    /// Knots in e = v_j·v_k, one table for each unordered pair of neighbour types.
    let grid: NetworkTables.Grid
    /// By table: 1/(sel_a sel_b), and the coordinate in knots as u = knotScale·e + knotOrigin.
    let normalisations: [Float]
    let knotScales: [Float]
    let knotOrigins: [Float]

    /// - Parameter reach: the largest raw w/r (1/Å) by centre·types + neighbour.
    init(_ descriptor: ThreeBodyDescriptor, reach: [Double], intervals: Int) {
        let types = descriptor.sel.count
        cutoff = Float(descriptor.cutoff)
        smoothStart = Float(descriptor.smoothStart)
        typeCount = types
        rowScales = descriptor.deviations.map { SIMD4(0, 1, 1, 1) * SIMD4<Float>(repeating: Float(1 / $0.y)) }
        var (largest, norms): ([Double], [Float]) = ([], [])
        for second in 0..<types {
            for first in 0...second {
                // |v_j·v_k| ≤ |v_j||v_k|, whichever the centre; pairs that never meet still need a table.
                let bound = (0..<types).map { centre in
                    reach[centre * types + first] * reach[centre * types + second]
                        / (descriptor.deviations[centre].y * descriptor.deviations[centre].y)
                }.max()!
                largest.append(max(bound, 0.1))
                norms.append(Float(descriptor.normalisation(first, second)))
            }
        }
        let spacings = largest.map { 2 * $0 / Double(intervals) }
        grid = NetworkTables.Grid(firstKnots: largest.map { -$0 }, spacings: spacings, intervals: intervals)
        normalisations = norms
        knotScales = spacings.map { Float(1 / $0) }
        knotOrigins = largest.map { _ in Float(intervals) / 2 }
    }
}
