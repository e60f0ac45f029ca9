import DeepPotential

/// The descriptor's fixed numbers as the kernels want them: nothing here is trained.
struct EnvironmentSettings: Sendable {
    let cutoff: Float
    let smoothStart: Float
    let typeCount: Int
    let sel: [Int]
    /// By centre type: davg.
    let averages: [SIMD4<Float>]
    /// By centre type: 1/(dstd·Nsel), by which raw rows become ρ.
    let rowScales: [SIMD4<Float>]
    /// By centre·types + neighbour: the table's coordinate (in knots) is u = knotScale·(w/r) + knotOrigin.
    let knotScales: [Float]
    let knotOrigins: [Float]
    /// Knots in the normalised w/r; tables are ordered by centre, then neighbour.
    let grid: NetworkTables.Grid
    let typeOneSide: Bool

    /// - Parameter reach: the largest raw w/r (1/Å) by centre·types + neighbour.
    init(_ descriptor: SmoothDescriptor, reach: [Double], intervals: Int) {
        let types = descriptor.sel.count
        cutoff = Float(descriptor.cutoff)
        smoothStart = Float(descriptor.smoothStart)
        typeCount = types
        sel = descriptor.sel
        averages = descriptor.averages.map { SIMD4<Float>($0) }
        let slots = Double(descriptor.slots)
        rowScales = descriptor.deviations.map { SIMD4<Float>(1 / ($0 * slots)) }
        typeOneSide = descriptor.typeOneSide

        func normalised(_ s: Double, _ centre: Int) -> Double {
            (s - descriptor.averages[centre].x) / descriptor.deviations[centre].x
        }
        let tables = descriptor.typeOneSide ? types : types * types
        var low = [Double](repeating: .infinity, count: tables)
        var high = [Double](repeating: -.infinity, count: tables)
        for centre in 0..<types {
            for neighbour in 0..<types {
                let table = (descriptor.typeOneSide ? 0 : centre * types) + neighbour
                low[table] = min(low[table], normalised(0, centre))
                // An unseen pair of types still needs a table, for its padded slots.
                let top = max(reach[centre * types + neighbour], 0.1)
                high[table] = max(high[table], normalised(top, centre))
            }
        }
        let spacings = zip(low, high).map { ($1 - $0) / Double(intervals) }
        grid = NetworkTables.Grid(firstKnots: low, spacings: spacings, intervals: intervals)
        var scales: [Float] = []
        var origins: [Float] = []
        for centre in 0..<types {
            for neighbour in 0..<types {
                let table = (descriptor.typeOneSide ? 0 : centre * types) + neighbour
                scales.append(Float(1 / (descriptor.deviations[centre].x * spacings[table])))
                origins.append(Float((normalised(0, centre) - low[table]) / spacings[table]))
            }
        }
        knotScales = scales
        knotOrigins = origins
    }

    var tableCount: Int { typeOneSide ? typeCount : typeCount * typeCount }

    /// The first of the tables that the atoms of a type use, which lie in the order of the neighbours' types.
    func firstTable(centre: Int) -> Int { typeOneSide ? 0 : centre * typeCount }

    /// The embedding net of a table.
    func network(ofTable table: Int) -> Int {
        typeOneSide ? table : table / typeCount + table % typeCount * typeCount
    }
}
