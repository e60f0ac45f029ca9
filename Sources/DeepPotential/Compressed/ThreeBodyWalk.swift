/// From the near neighbours of one centre to T: the products e of all pairs, and what the tables hold there.
extension ThreeBodyKernel {
    /// T, [width], from the packed neighbours; the pairs' places in the table are left for `differentiate`.
    ///
    /// Vectors run over the end of the result.
    func contract(
        _ block: inout NearBlock, start: Int, near: UnsafePointer<Int>, pairs: Int,
        into result: UnsafeMutablePointer<Float>
    ) {
        let count = (0..<sel.count).reduce(0) { $0 + near[$1] }
        let pairCount = NearBlock.pairStart(count)
        // Vectors run over the end of the last row.
        block.reserve(pairs: pairs + pairCount + 2 * Lanes.padding, used: pairs)
        place(block, start: start, near: near, pairs: pairs)
        let (lanes, places, table) = (Lanes.scalarCount, pairs..<pairs + pairCount, coefficients)
        // Two chunks at a time share what belongs to the pair.
        for first in stride(from: 0, to: paddedWidth - lanes, by: 2 * lanes) {
            var (a, b) = (CoefficientSums(), CoefficientSums())
            walk(block, places, table: table + first) { c, weights in
                a.add(c, width: paddedWidth, weights: weights)
                b.add(c + lanes, width: paddedWidth, weights: weights)
            }
            if first < width { a.total.store(result + first) }
            if first + lanes < width { b.total.store(result + first + lanes) }
        }
        if paddedWidth % (2 * lanes) != 0 {
            var sums = CoefficientSums()
            walk(block, places, table: table + paddedWidth - lanes) { sums.add($0, width: paddedWidth, weights: $1) }
            sums.total.store(result + paddedWidth - lanes)
        }
    }

    /// Calls `body` with every pair's place in the table and the weights there.
    @inline(__always)
    private func walk(
        _ block: borrowing NearBlock, _ places: Range<Int>, table: UnsafePointer<Float>,
        _ body: (_ c: UnsafePointer<Float>, _ weights: UnsafePointer<Float>) -> Void
    ) {
        let lanes = Lanes.scalarCount
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * lanes) { buffer in
            let weights = buffer.baseAddress!
            for first in stride(from: places.lowerBound, to: places.upperBound, by: lanes) {
                PlacedWeights.storeValues(
                    at: Lanes.load(block[.fraction] + first), times: Lanes.load(block[.multiplicity] + first),
                    into: weights)
                let (offsets, rows) = (block.offsets + first, min(lanes, places.upperBound - first))
                var n = 0
                while n < rows {
                    body(table + Int(offsets[n]), weights + n)
                    n &+= 1
                }
            }
        }
    }

    /// Finds the products' places in the tables.
    private func place(_ block: borrowing NearBlock, start: Int, near: UnsafePointer<Int>, pairs: Int) {
        let (v1, v2, v3) = (block[.v1] + start, block[.v2] + start, block[.v3] + start)
        let (densities, tables) = (block[.density], block.tables)
        let types = sel.count
        var k = 0
        for second in 0..<types {
            // Neighbours are sorted by type.
            var filled = 0
            for first in 0...second {
                for j in filled..<filled + near[first] {
                    densities[j] = self.densities[second * types + first]
                    tables[j] = pairOffsets[second * types + first]
                }
                filled += near[first]
            }
            while k < filled {
                let (a, b, c) = (v1[k], v2[k], v3[k])
                let row = pairs + NearBlock.pairStart(k)
                for j in stride(from: 0, to: k + 1, by: Lanes.scalarCount) {
                    let e = (Lanes.load(v1 + j) * a).adding(Lanes.load(v2 + j), b).adding(Lanes.load(v3 + j), c)
                    let density = Lanes.load(densities + j)
                    let (interval, fraction) = ((e - self.start).heldInside(0, reach) * density).wholeAndRest
                    fraction.store(block[.fraction] + row + j)
                    density.store(block[.pairSlope] + row + j)
                    Lanes(repeating: 1).store(block[.multiplicity] + row + j)
                    let table = UnsafeRawPointer(tables + j).loadUnaligned(as: IntegerLanes.self)
                    UnsafeMutableRawPointer(block.offsets + row + j).storeBytes(
                        of: table &+ interval &* Int32(paddedWidth), as: IntegerLanes.self)
                }
                // The tables count pairs of one type twice; a neighbour with itself counts once.
                block[.multiplicity][row + k] = 0.5
                k += 1
            }
        }
        // The last vector of pairs runs over the end.
        Lanes(repeating: 0).store(block[.pairSlope] + pairs + NearBlock.pairStart(k))
    }
}

/// Σ over pairs for a chunk of columns. A sum for each of a pair's coefficients: one would wait for its own last addition.
private struct CoefficientSums {
    private var sums = (Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0))

    /// Adds a pair, whose coefficients begin at `c` and weights at `weights`, one vector after the other.
    @inline(__always)
    mutating func add(_ c: UnsafePointer<Float>, width: Int, weights: UnsafePointer<Float>) {
        let lanes = Lanes.scalarCount
        sums.0 = sums.0.adding(Lanes.load(c), weights[0])
        sums.1 = sums.1.adding(Lanes.load(c + width), weights[lanes])
        sums.2 = sums.2.adding(Lanes.load(c + 2 * width), weights[2 * lanes])
        sums.3 = sums.3.adding(Lanes.load(c + 3 * width), weights[3 * lanes])
    }

    var total: Lanes { (sums.0 + sums.1) + (sums.2 + sums.3) }
}
