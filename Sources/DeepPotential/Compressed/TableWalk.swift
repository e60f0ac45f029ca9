/// The two walks over the neighbours of one centre that read the table: to gr, and back from dE/dgr.
///
/// They take most of a step where the cutoff is wide, and their speed is that of multiply-adds only while the tables come
/// from the second-level cache: a block holds centres of one type, so that few tables are in use at a time.
extension DescriptorKernel {
    /// Floats of one interval's coefficients for as many columns as a vector has lanes.
    private static let chunkSize = SplineTable.powers * Lanes.scalarCount

    /// gr of one centre, [4, paddedWidth], empty slots included.
    ///
    /// - Parameter found: neighbours inside the cutoff by type.
    func contract(
        _ block: borrowing NeighbourBlock, start: Int, count: Int, found: UnsafePointer<Int>,
        table: UnsafePointer<Float>, into gr: UnsafeMutablePointer<Float>
    ) {
        let (fraction, offsets) = (block[.fraction] + start, block.tableOffsets + start)
        let (row0, row1) = (block[.row0] + start, block[.row1] + start)
        let (row2, row3) = (block[.row2] + start, block[.row3] + start)
        let chunks = paddedWidth / Lanes.scalarCount
        var chunk = 0
        // Two chunks at a time share what belongs to the neighbour.
        while chunk + 2 <= chunks {
            let column = table + chunk * Self.chunkSize
            var (a0, b0) = (Lanes(repeating: 0), Lanes(repeating: 0))
            var (a1, a2, a3) = (a0, a0, a0)
            var (b1, b2, b3) = (b0, b0, b0)
            for k in 0..<count {
                let place = column + Int(offsets[k])
                let t = Lanes(repeating: fraction[k])
                let (a, b) = (CubicColumns.value(place, t), CubicColumns.value(place + Self.chunkSize, t))
                let (r0, r1) = (Lanes(repeating: row0[k]), Lanes(repeating: row1[k]))
                let (r2, r3) = (Lanes(repeating: row2[k]), Lanes(repeating: row3[k]))
                a0 = a0.adding(a, r0)
                b0 = b0.adding(b, r0)
                a1 = a1.adding(a, r1)
                b1 = b1.adding(b, r1)
                a2 = a2.adding(a, r2)
                b2 = b2.adding(b, r2)
                a3 = a3.adding(a, r3)
                b3 = b3.adding(b, r3)
            }
            finish((a0, a1, a2, a3), chunk: chunk, found: found, into: gr)
            finish((b0, b1, b2, b3), chunk: chunk + 1, found: found, into: gr)
            chunk += 2
        }
        guard chunk < chunks else { return }
        let column = table + chunk * Self.chunkSize
        var a0 = Lanes(repeating: 0)
        var (a1, a2, a3) = (a0, a0, a0)
        for k in 0..<count {
            let a = CubicColumns.value(column + Int(offsets[k]), Lanes(repeating: fraction[k]))
            a0 = a0.adding(a, row0[k])
            a1 = a1.adding(a, row1[k])
            a2 = a2.adding(a, row2[k])
            a3 = a3.adding(a, row3[k])
        }
        finish((a0, a1, a2, a3), chunk: chunk, found: found, into: gr)
    }

    /// Adds the empty slots, divides by Σsel and stores.
    @inline(__always)
    private func finish(
        _ sums: (Lanes, Lanes, Lanes, Lanes), chunk: Int, found: UnsafePointer<Int>,
        into gr: UnsafeMutablePointer<Float>
    ) {
        var sums = sums
        for type in 0..<sel.count {
            // Negative with more neighbours than slots: see NeighbourOverflow.
            let empty = sel[type] - found[type]
            let g =
                emptyEmbedding.withUnsafeBufferPointer {
                    Lanes.load($0.baseAddress! + type * paddedWidth + chunk * Lanes.scalarCount)
                } * Float(empty)
            sums.0 = sums.0.adding(g, emptyRow.x)
            sums.1 = sums.1.adding(g, emptyRow.y)
            sums.2 = sums.2.adding(g, emptyRow.z)
            sums.3 = sums.3.adding(g, emptyRow.w)
        }
        (sums.0 * normalisation).store(gr + chunk * Lanes.scalarCount)
        (sums.1 * normalisation).store(gr + paddedWidth + chunk * Lanes.scalarCount)
        (sums.2 * normalisation).store(gr + 2 * paddedWidth + chunk * Lanes.scalarCount)
        (sums.3 * normalisation).store(gr + 3 * paddedWidth + chunk * Lanes.scalarCount)
    }

    /// dE/d(row) and dE/dt of every neighbour, from `slopes` = dE/dgr/Σsel: the table is walked once more.
    ///
    /// The sums over columns of several neighbours are made together, which takes a third of the operations.
    func differentiate(
        _ block: borrowing NeighbourBlock, start: Int, count: Int, slopes: UnsafePointer<Float>,
        table: UnsafePointer<Float>
    ) {
        let (fraction, offsets) = (block[.fraction] + start, block.tableOffsets + start)
        let (row0, row1) = (block[.row0] + start, block[.row1] + start)
        let (row2, row3) = (block[.row2] + start, block[.row3] + start)
        let (target, target0, target1) = (
            block[.gradientFraction] + start, block[.gradient0] + start, block[.gradient1] + start
        )
        let (target2, target3) = (block[.gradient2] + start, block[.gradient3] + start)
        let (lanes, width) = (Lanes.scalarCount, paddedWidth)
        let plane = lanes * lanes
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 5 * plane) { buffer in
            let sums = buffer.baseAddress!
            for first in stride(from: 0, to: count, by: lanes) {
                let rows = min(lanes, count - first)
                for component in 0..<5 { Lanes.clear(sums + component * plane, from: rows) }
                for n in 0..<rows {
                    let k = first + n
                    var place = table + Int(offsets[k])
                    let t = Lanes(repeating: fraction[k])
                    let (r0, r1) = (Lanes(repeating: row0[k]), Lanes(repeating: row1[k]))
                    let (r2, r3) = (Lanes(repeating: row2[k]), Lanes(repeating: row3[k]))
                    var sum = Lanes(repeating: 0)
                    var (sum0, sum1, sum2, sum3) = (sum, sum, sum, sum)
                    for column in stride(from: 0, to: width, by: lanes) {
                        let (value, slope) = CubicColumns.valueAndSlope(place, t)
                        place += Self.chunkSize
                        let p = slopes + column
                        let (a0, a1) = (Lanes.load(p), Lanes.load(p + width))
                        let (a2, a3) = (Lanes.load(p + 2 * width), Lanes.load(p + 3 * width))
                        let q = (a0 * r0).adding(a1, r1).adding(a2, r2).adding(a3, r3)
                        sum = sum.adding(slope, q)
                        sum0 = sum0.adding(value, a0)
                        sum1 = sum1.adding(value, a1)
                        sum2 = sum2.adding(value, a2)
                        sum3 = sum3.adding(value, a3)
                    }
                    let own = sums + n * lanes
                    sum.store(own)
                    sum0.store(own + plane)
                    sum1.store(own + 2 * plane)
                    sum2.store(own + 3 * plane)
                    sum3.store(own + 4 * plane)
                }
                Lanes.totals(sums).store(target + first)
                Lanes.totals(sums + plane).store(target0 + first)
                Lanes.totals(sums + 2 * plane).store(target1 + first)
                Lanes.totals(sums + 3 * plane).store(target2 + first)
                Lanes.totals(sums + 4 * plane).store(target3 + first)
            }
        }
    }
}
