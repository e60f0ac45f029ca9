import Structures

/// The descriptor of one centre type, from displacements to D and back from dE/dD to pair forces, in Float32.
///
/// Notation as in FACTS and DeePMD-kit: R (neighbours x 4) normalised environment rows, G (neighbours x M1) embedding,
/// gr = GᵀR/Σsel (M1 x 4), D = gr·gr[:M2]ᵀ. Here gr is kept as four rows of M1 padded to whole vectors, and D in the order
/// of `SquareLayout`.
struct DescriptorKernel {
    let cutoff: Float
    let smoothStart: Float
    /// Padded M1.
    let paddedWidth: Int
    let square: SquareLayout
    /// Mean and inverse deviation of the row's components.
    let mean: SIMD4<Float>
    let inverseDeviation: SIMD4<Float>
    /// 1/Σsel.
    let normalisation: Float
    let sel: [Int]
    /// The normalised row of an empty slot, −davg/dstd.
    let emptyRow: SIMD4<Float>
    /// G of an empty slot by neighbour type, [types, paddedWidth].
    let emptyEmbedding: [Float]
    /// Table geometry: the least distance that it reaches (Å), and its length up to the cutoff.
    let nearest: Float
    let reach: Float
    let rareZone: SplineTable.Zone
    /// The table's coefficients, which the evaluator keeps.
    let coefficients: UnsafePointer<Float>
    /// By neighbour type: where the table of this centre's pair starts, and its intervals per Å.
    let pairOffsets: [Int32]
    let densities: [Float]

    /// Floats that the kernels of both descriptors need beside their arrays: a few vectors for each of as many neighbours as a
    /// vector has lanes.
    static let scratchCount = (5 * Lanes.scalarCount + 6) * Lanes.scalarCount

    /// - Parameters:
    ///   - table: of the pairs, with a rare zone.
    ///   - coefficients: those of `table`, valid as long as the kernel is used.
    init(_ descriptor: SmoothDescriptor, table: SplineTable, coefficients: UnsafePointer<Float>, centre: Int) {
        let types = descriptor.sel.count
        cutoff = Float(descriptor.cutoff)
        smoothStart = Float(descriptor.smoothStart)
        square = SquareLayout(width: descriptor.width, axis: descriptor.axisNeuron)
        paddedWidth = table.paddedWidth
        mean = SIMD4<Float>(descriptor.averages[centre])
        inverseDeviation = 1 / SIMD4<Float>(descriptor.deviations[centre])
        normalisation = 1 / Float(descriptor.slots)
        sel = descriptor.sel
        emptyRow = SIMD4<Float>(-descriptor.averages[centre] / descriptor.deviations[centre])
        nearest = Float(SplineTable.nearestDistance)
        reach = table.reach
        guard let rareZone = table.rareZone else { preconditionFailure("a table of pairs has a rare zone") }
        self.rareZone = rareZone
        self.coefficients = coefficients
        let pairs = centre * types..<(centre + 1) * types
        pairOffsets = pairs.map { Int32(table.parts[$0].offset) }
        densities = pairs.map { table.parts[$0].density }
        emptyEmbedding = pairs.flatMap { pair in
            (0..<table.paddedWidth).map { Float(table.jet(part: pair, at: 0, column: $0).value) }
        }
    }

    /// Turns the displacements of neighbours `start ..< start + count` into rows, and finds their places in the table.
    ///
    /// `block.tableOffsets` holds the pair's offset before and the interval's after; `.density` that of the pair's table.
    /// - Returns: the least distance, to be compared with `nearest`.
    func prepare(_ block: borrowing NeighbourBlock, start: Int, count: Int) -> Float {
        var least = Lanes(repeating: cutoff)
        let one = Lanes(repeating: 1)
        for k in stride(from: start, to: start + count, by: Lanes.scalarCount) {
            let (x, y, z) = (Lanes.load(block[.x] + k), Lanes.load(block[.y] + k), Lanes.load(block[.z] + k))
            let r = (x * x + y * y + z * z).squareRoot()
            let inverse = one / r
            let (ux, uy, uz) = (x * inverse, y * inverse, z * inverse)
            let (w, slope) = r.smoothWeight(from: smoothStart, to: cutoff)
            let s = w * inverse
            ux.store(block[.x] + k)
            uy.store(block[.y] + k)
            uz.store(block[.z] + k)
            r.store(block[.distance] + k)
            s.store(block[.weight] + k)
            ((slope - s) * inverse).store(block[.slope] + k)

            let depth = cutoff - r
            let beyond = depth - rareZone.begin
            let isRare = beyond .> Lanes(repeating: 0)
            let density = Lanes.load(block[.density] + k)
                .replacing(with: Lanes(repeating: rareZone.density), where: isRare)
            let position = depth.heldInside(0, reach)
                .replacing(with: beyond.heldInside(0, rareZone.reach), where: isRare)
            let (interval, fraction) = (position * density).wholeAndRest
            density.store(block[.density] + k)
            fraction.store(block[.fraction] + k)
            let offsets = UnsafeMutableRawPointer(block.tableOffsets + k)
            var found = offsets.loadUnaligned(as: IntegerLanes.self) &+ interval &* Int32(paddedWidth)
            found.replace(with: found &- Int32(rareZone.distance), where: isRare)
            offsets.storeBytes(of: found, as: IntegerLanes.self)

            ((s - mean.x) * inverseDeviation.x).store(block[.row0] + k)
            ((s * ux - mean.y) * inverseDeviation.y).store(block[.row1] + k)
            ((s * uy - mean.z) * inverseDeviation.z).store(block[.row2] + k)
            ((s * uz - mean.w) * inverseDeviation.w).store(block[.row3] + k)
            least = least.replacing(with: r, where: r .< least)
        }
        return least.min()
    }

    /// D in the order of `square`, Σ_c gr[c, i]·gr[c, j]. Vectors run over the end of a row into the next, which is written
    /// later.
    func square(_ gr: UnsafePointer<Float>, into descriptor: UnsafeMutablePointer<Float>) {
        for j in 0..<square.axis {
            let (a, b) = (gr[j], gr[paddedWidth + j])
            let (c, d) = (gr[2 * paddedWidth + j], gr[3 * paddedWidth + j])
            let row = descriptor + square.rowStart(j) - j
            for i in stride(from: j, to: square.width, by: Lanes.scalarCount) {
                let sum = (Lanes.load(gr + i) * a).adding(Lanes.load(gr + paddedWidth + i), b)
                    .adding(Lanes.load(gr + 2 * paddedWidth + i), c).adding(Lanes.load(gr + 3 * paddedWidth + i), d)
                sum.store(row + i)
            }
        }
    }

    /// dE/dgr/Σsel, [4, paddedWidth], from dE/dD in the order of `square`.
    ///
    /// - Parameter scratch: `DescriptorKernel.scratchCount` floats.
    func differentiateSquare(
        _ gr: UnsafePointer<Float>, gradient: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        let lanes = Lanes.scalarCount
        let plane = lanes * lanes
        for i in stride(from: 0, to: 4 * paddedWidth, by: lanes) { Lanes(repeating: 0).store(out + i) }
        let products = scratch
        // Zeros, ones and zeros: masks of lanes from a given one on, or up to it.
        let window = products + 4 * plane
        window.initialize(repeating: 0, count: 3 * lanes)
        (window + lanes).update(repeating: 1, count: lanes)
        for first in stride(from: 0, to: square.axis, by: lanes) {
            let rows = min(lanes, square.axis - first)
            for component in 0..<4 { Lanes.clear(products + component * plane, from: rows) }
            for i in stride(from: first, to: square.width, by: lanes) {
                let (r0, r1) = (Lanes.load(gr + i), Lanes.load(gr + paddedWidth + i))
                let (r2, r3) = (Lanes.load(gr + 2 * paddedWidth + i), Lanes.load(gr + 3 * paddedWidth + i))
                var sum0 = Lanes(repeating: 0)
                var (sum1, sum2, sum3) = (sum0, sum0, sum0)
                for row in 0..<rows {
                    let j = first + row
                    var g = Lanes.load(gradient + square.rowStart(j) - j + i)
                    // Columns before j and past M1 belong to other rows.
                    if i == first { g *= Lanes.load(window + lanes - row) }
                    if i + lanes > square.width { g *= Lanes.load(window + 2 * lanes - (square.width - i)) }
                    sum0 = sum0.adding(g, gr[j])
                    sum1 = sum1.adding(g, gr[paddedWidth + j])
                    sum2 = sum2.adding(g, gr[2 * paddedWidth + j])
                    sum3 = sum3.adding(g, gr[3 * paddedWidth + j])
                    let own = products + row * lanes
                    if i == first {
                        (g * r0).store(own)
                        (g * r1).store(own + plane)
                        (g * r2).store(own + 2 * plane)
                        (g * r3).store(own + 3 * plane)
                    } else {
                        Lanes.load(own).adding(g, r0).store(own)
                        Lanes.load(own + plane).adding(g, r1).store(own + plane)
                        Lanes.load(own + 2 * plane).adding(g, r2).store(own + 2 * plane)
                        Lanes.load(own + 3 * plane).adding(g, r3).store(own + 3 * plane)
                    }
                }
                Self.add(sum0, to: out + i)
                Self.add(sum1, to: out + paddedWidth + i)
                Self.add(sum2, to: out + 2 * paddedWidth + i)
                Self.add(sum3, to: out + 3 * paddedWidth + i)
            }
            for component in 0..<4 {
                Self.add(Lanes.totals(products + component * plane), to: out + component * paddedWidth + first)
            }
        }
        for i in stride(from: 0, to: 4 * paddedWidth, by: lanes) {
            (Lanes.load(out + i) * normalisation).store(out + i)
        }
    }

    @inline(__always)
    private static func add(_ sum: Lanes, to target: UnsafeMutablePointer<Float>) {
        (Lanes.load(target) + sum).store(target)
    }

    /// dE/dr_ij of every neighbour into `.gradient1 … .gradient3`, zero beyond `count`; adds −Σ dE/dr_a·r_b to `virial`
    /// (nine values, row-major).
    func gatherForces(
        _ block: borrowing NeighbourBlock, start: Int, count: Int, virial: UnsafeMutablePointer<Double>
    ) {
        var sums = VirialSums()
        for k in stride(from: start, to: start + count, by: Lanes.scalarCount) {
            let (x, y, z) = (Lanes.load(block[.x] + k), Lanes.load(block[.y] + k), Lanes.load(block[.z] + k))
            let r = Lanes.load(block[.distance] + k)
            let s = Lanes.load(block[.weight] + k)
            let g1 = Lanes.load(block[.gradient1] + k) * inverseDeviation.y
            let g2 = Lanes.load(block[.gradient2] + k) * inverseDeviation.z
            let g3 = Lanes.load(block[.gradient3] + k) * inverseDeviation.w
            // The rows are s·(1, u), so dE/du = s·g and dE/ds = g0 + g·u; the table's t falls with r.
            let along = g1 * x + g2 * y + g3 * z
            let toWeight = Lanes.load(block[.gradient0] + k) * inverseDeviation.x + along
            let across = s / r
            let radial =
                toWeight * Lanes.load(block[.slope] + k) - across * along
                - Lanes.load(block[.gradientFraction] + k) * Lanes.load(block[.density] + k)
            // Past the end s, its slope and the density are zero, so is the force.
            let (fx, fy, fz) = (
                (across * g1).adding(radial, x), (across * g2).adding(radial, y), (across * g3).adding(radial, z)
            )
            fx.store(block[.gradient1] + k)
            fy.store(block[.gradient2] + k)
            fz.store(block[.gradient3] + k)
            sums.add((fx, fy, fz), (x * r, y * r, z * r))
        }
        sums.subtract(from: virial)
    }
}
