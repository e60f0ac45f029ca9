/// From dE/dT of one centre back to dE/dv of its near neighbours: the tables are walked once more.
extension ThreeBodyKernel {
    /// dE/dv of the packed neighbours, from dE/dT [paddedWidth], zero beyond `width`.
    ///
    /// - Parameter scratch: `DescriptorKernel.scratchCount` floats.
    func differentiate(
        _ block: borrowing NearBlock, start: Int, count: Int, pairs: Int, slopes: UnsafePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        differentiateProducts(
            block, from: pairs, to: pairs + NearBlock.pairStart(count), slopes: slopes, scratch: scratch)
        differentiateVectors(block, start: start, count: count, pairs: pairs, scratch: scratch)
    }

    /// dE/dv_j = Σ_k dE/de v_k over all pairs (j, k), from the pairs' dE/de.
    private func differentiateVectors(
        _ block: borrowing NearBlock, start: Int, count: Int, pairs: Int, scratch: UnsafeMutablePointer<Float>
    ) {
        let (v1, v2, v3) = (block[.v1] + start, block[.v2] + start, block[.v3] + start)
        let (g1, g2, g3) = (block[.gradient1] + start, block[.gradient2] + start, block[.gradient3] + start)
        let zero = Lanes(repeating: 0)
        for k in stride(from: 0, to: count, by: Lanes.scalarCount) {
            zero.store(g1 + k)
            zero.store(g2 + k)
            zero.store(g3 + k)
        }
        let lanes = Lanes.scalarCount
        let own = scratch
        // Read from lanes − n: ones before lane n, a half there (a neighbour's product with itself) and zeros in what
        // belongs to the next row. Masks with comparisons are made lane by lane.
        let counted = own + 3 * lanes * lanes
        counted.initialize(repeating: 1, count: lanes)
        (counted + lanes).initialize(repeating: 0, count: lanes)
        counted[lanes] = 0.5
        for base in stride(from: 0, to: count, by: lanes) {
            let rows = min(lanes, count - base)
            for component in 0..<3 { Lanes.clear(own + component * lanes * lanes, from: rows) }
            for k in base..<base + rows {
                let row = block[.pairSlope] + pairs + NearBlock.pairStart(k)
                let (a, b, c) = (v1[k], v2[k], v3[k])
                var (own1, own2, own3) = (zero, zero, zero)
                for first in stride(from: 0, to: k + 1, by: lanes) {
                    let slope = Lanes.load(row + first) * Lanes.load(counted + max(lanes - (k - first), 0))
                    own1 = own1.adding(slope, Lanes.load(v1 + first))
                    own2 = own2.adding(slope, Lanes.load(v2 + first))
                    own3 = own3.adding(slope, Lanes.load(v3 + first))
                    Lanes.load(g1 + first).adding(slope, a).store(g1 + first)
                    Lanes.load(g2 + first).adding(slope, b).store(g2 + first)
                    Lanes.load(g3 + first).adding(slope, c).store(g3 + first)
                }
                own1.store(own + (k - base) * lanes)
                own2.store(own + (k - base + lanes) * lanes)
                own3.store(own + (k - base + 2 * lanes) * lanes)
            }
            (Lanes.load(g1 + base) + Lanes.totals(own)).store(g1 + base)
            (Lanes.load(g2 + base) + Lanes.totals(own + lanes * lanes)).store(g2 + base)
            (Lanes.load(g3 + base) + Lanes.totals(own + 2 * lanes * lanes)).store(g3 + base)
        }
    }

    /// dE/de of pairs, in the place of the tables' densities.
    private func differentiateProducts(
        _ block: borrowing NearBlock, from begin: Int, to end: Int, slopes: UnsafePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        let (lanes, width, table) = (Lanes.scalarCount, paddedWidth, coefficients)
        let (sums, weights) = (scratch, scratch + lanes * lanes)
        let ownSlopes = Lanes.load(slopes)
        for first in stride(from: begin, to: end, by: lanes) {
            let rows = min(lanes, end - first)
            Lanes.clear(sums, from: rows)
            PlacedWeights.storeSlopes(at: Lanes.load(block[.fraction] + first), into: weights)
            let offsets = block.offsets + first
            var n = 0
            while n < rows {
                let (c, w) = (table + Int(offsets[n]), weights + n)
                let falls = (w[0], w[lanes], w[2 * lanes])
                var sum = Self.slope(c, width: width, falls) * ownSlopes
                var column = lanes
                while column < width {
                    sum = sum.adding(Self.slope(c + column, width: width, falls), Lanes.load(slopes + column))
                    column &+= lanes
                }
                sum.store(sums + n &* lanes)
                n &+= 1
            }
            let density = block[.pairSlope] + first
            (Lanes.totals(sums) * Lanes.load(density)).store(density)
        }
    }

    /// dH/dt of a chunk of columns, whose coefficients begin at `c`.
    @inline(__always)
    private static func slope(_ c: UnsafePointer<Float>, width: Int, _ falls: (Float, Float, Float)) -> Lanes {
        let (c1, c2) = (Lanes.load(c + width), Lanes.load(c + 2 * width))
        return ((c1 - Lanes.load(c)) * falls.0).adding(c2 - c1, falls.1)
            .adding(Lanes.load(c + 3 * width) - c2, falls.2)
    }
}
