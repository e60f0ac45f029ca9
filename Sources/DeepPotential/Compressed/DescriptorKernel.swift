import Structures

/// The descriptor of one centre type, from displacements to D and back from dE/dD to pair forces, in Float32.
///
/// Notation as in FACTS and DeePMD-kit: R (neighbours x 4) normalised environment rows, G (neighbours x M1) embedding,
/// gr = GᵀR/Σsel (M1 x 4), D = gr·gr[:M2]ᵀ. Here gr is kept as four rows of M1 padded to whole vectors, and D as
/// [M2, M1].
struct DescriptorKernel {
    let cutoff: Float
    let smoothStart: Float
    /// Padded M1.
    let paddedWidth: Int
    let width: Int
    let axis: Int
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
    let intervalStride: Int32
    /// By neighbour type: where the table of this centre's pair starts, and its intervals per Å.
    let pairOffsets: [Int32]
    let densities: [Float]

    init(_ descriptor: SmoothDescriptor, table: SplineTable, centre: Int) {
        let types = descriptor.sel.count
        cutoff = Float(descriptor.cutoff)
        smoothStart = Float(descriptor.smoothStart)
        width = descriptor.width
        paddedWidth = table.paddedWidth
        axis = descriptor.axisNeuron
        mean = SIMD4<Float>(descriptor.averages[centre])
        inverseDeviation = 1 / SIMD4<Float>(descriptor.deviations[centre])
        normalisation = 1 / Float(descriptor.slots)
        sel = descriptor.sel
        emptyRow = SIMD4<Float>(-descriptor.averages[centre] / descriptor.deviations[centre])
        nearest = Float(SplineTable.nearestDistance)
        reach = table.reach
        intervalStride = Int32(table.intervalStride)
        let pairs = centre * types..<(centre + 1) * types
        pairOffsets = pairs.map { Int32(table.parts[$0].offset) }
        densities = pairs.map { table.parts[$0].density }
        emptyEmbedding = pairs.flatMap { pair in
            (0..<table.paddedWidth).map { table.coefficients[table.place(part: pair, interval: 0, column: $0)] }
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

            let (interval, fraction) = ((cutoff - r).held(from: 0, to: reach) * Lanes.load(block[.density] + k))
                .wholeAndRest
            fraction.store(block[.fraction] + k)
            let offsets = UnsafeMutableRawPointer(block.tableOffsets + k)
            let found = offsets.loadUnaligned(as: IntegerLanes.self) &+ interval &* intervalStride
            offsets.storeBytes(of: found, as: IntegerLanes.self)

            ((s - mean.x) * inverseDeviation.x).store(block[.row0] + k)
            ((s * ux - mean.y) * inverseDeviation.y).store(block[.row1] + k)
            ((s * uy - mean.z) * inverseDeviation.z).store(block[.row2] + k)
            ((s * uz - mean.w) * inverseDeviation.w).store(block[.row3] + k)
            least = least.replacing(with: r, where: r .< least)
        }
        return least.min()
    }

    /// D[j, i] = Σ_c gr[c, i]·gr[c, j]. Vectors run over the end of a row into the next, which is written later.
    func square(_ gr: UnsafePointer<Float>, into descriptor: UnsafeMutablePointer<Float>) {
        for j in 0..<axis {
            let (a, b) = (gr[j], gr[paddedWidth + j])
            let (c, d) = (gr[2 * paddedWidth + j], gr[3 * paddedWidth + j])
            for i in stride(from: 0, to: width, by: Lanes.scalarCount) {
                let sum = (Lanes.load(gr + i) * a).adding(Lanes.load(gr + paddedWidth + i), b)
                    .adding(Lanes.load(gr + 2 * paddedWidth + i), c).adding(Lanes.load(gr + 3 * paddedWidth + i), d)
                sum.store(descriptor + j * width + i)
            }
        }
    }

    /// dE/dgr/Σsel, [4, paddedWidth], from dE/dD [M2, M1].
    func differentiateSquare(
        _ gr: UnsafePointer<Float>, gradient: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>
    ) {
        let lanes = Lanes.scalarCount
        // Columns past M1 belong to the next row of the gradient: masked out.
        let last = (width - 1) / lanes * lanes
        let tail = Lanes((0..<lanes).map { last + $0 < width ? 1 : 0 })
        for i in stride(from: 0, to: paddedWidth, by: lanes) {
            var sum0 = Lanes(repeating: 0)
            var (sum1, sum2, sum3) = (sum0, sum0, sum0)
            for j in 0..<(i <= last ? axis : 0) {
                var g = Lanes.load(gradient + j * width + i)
                if i == last { g *= tail }
                sum0 = sum0.adding(g, gr[j])
                sum1 = sum1.adding(g, gr[paddedWidth + j])
                sum2 = sum2.adding(g, gr[2 * paddedWidth + j])
                sum3 = sum3.adding(g, gr[3 * paddedWidth + j])
            }
            sum0.store(out + i)
            sum1.store(out + paddedWidth + i)
            sum2.store(out + 2 * paddedWidth + i)
            sum3.store(out + 3 * paddedWidth + i)
        }
        for j in 0..<axis {
            var sum0 = Lanes(repeating: 0)
            var (sum1, sum2, sum3) = (sum0, sum0, sum0)
            for i in stride(from: 0, through: last, by: lanes) {
                var g = Lanes.load(gradient + j * width + i)
                if i == last { g *= tail }
                sum0 = sum0.adding(g, Lanes.load(gr + i))
                sum1 = sum1.adding(g, Lanes.load(gr + paddedWidth + i))
                sum2 = sum2.adding(g, Lanes.load(gr + 2 * paddedWidth + i))
                sum3 = sum3.adding(g, Lanes.load(gr + 3 * paddedWidth + i))
            }
            out[j] += sum0.total()
            out[paddedWidth + j] += sum1.total()
            out[2 * paddedWidth + j] += sum2.total()
            out[3 * paddedWidth + j] += sum3.total()
        }
        for i in stride(from: 0, to: 4 * paddedWidth, by: lanes) {
            (Lanes.load(out + i) * normalisation).store(out + i)
        }
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
            let left = start + count - k
            let valid: SIMDMask<IntegerLanes> = Self.laneNumbers .< Int32(min(left, Lanes.scalarCount))
            let zero = Lanes(repeating: 0)
            let fx = zero.replacing(with: (across * g1).adding(radial, x), where: valid)
            let fy = zero.replacing(with: (across * g2).adding(radial, y), where: valid)
            let fz = zero.replacing(with: (across * g3).adding(radial, z), where: valid)
            fx.store(block[.gradient1] + k)
            fy.store(block[.gradient2] + k)
            fz.store(block[.gradient3] + k)
            let (dx, dy, dz) = (
                zero.replacing(with: x * r, where: valid), zero.replacing(with: y * r, where: valid),
                zero.replacing(with: z * r, where: valid)
            )
            sums.add((fx, fy, fz), (dx, dy, dz))
        }
        sums.subtract(from: virial)
    }

    private static let laneNumbers = IntegerLanes((0..<Int32(Lanes.scalarCount)))
}
