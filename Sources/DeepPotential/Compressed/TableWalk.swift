/// The two walks over the neighbours of one centre that read the table: to gr, and back from dE/dgr.
///
/// They take most of a step where the cutoff is wide, and their speed is that of multiply-adds only while the tables come
/// from the second-level cache: a block holds centres of one type, so that few tables are in use at a time.
extension DescriptorKernel {
    /// gr of one centre, [4, paddedWidth], empty slots included.
    ///
    /// - Parameter found: neighbours inside the cutoff by type.
    func contract(
        _ block: borrowing NeighbourBlock, start: Int, count: Int, found: UnsafePointer<Int>,
        into gr: UnsafeMutablePointer<Float>
    ) {
        let (lanes, width, table) = (Lanes.scalarCount, paddedWidth, coefficients)
        // Two chunks at a time share what belongs to the neighbour.
        for first in stride(from: 0, to: width - lanes, by: 2 * lanes) {
            var (a, b) = (ColumnSums(), ColumnSums())
            walk(block, start: start, count: count, table: table + first) { c, weights, row in
                a.add(c, width: width, weights: weights, row: row)
                b.add(c + lanes, width: width, weights: weights, row: row)
            }
            finish(a.rows, column: first, found: found, into: gr)
            finish(b.rows, column: first + lanes, found: found, into: gr)
        }
        if width % (2 * lanes) != 0 {
            var sums = ColumnSums()
            walk(block, start: start, count: count, table: table + width - lanes) { c, weights, row in
                sums.add(c, width: width, weights: weights, row: row)
            }
            finish(sums.rows, column: width - lanes, found: found, into: gr)
        }
    }

    /// Calls `body` with every neighbour's place in the table, the weights there and its row.
    @inline(__always)
    private func walk(
        _ block: borrowing NeighbourBlock, start: Int, count: Int, table: UnsafePointer<Float>,
        _ body: (_ c: UnsafePointer<Float>, _ weights: FourFloats, _ row: FourFloats) -> Void
    ) {
        let lanes = Lanes.scalarCount
        let (row0, row1) = (block[.row0] + start, block[.row1] + start)
        let (row2, row3) = (block[.row2] + start, block[.row3] + start)
        let (fraction, offsets) = (block[.fraction] + start, block.tableOffsets + start)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * lanes) { buffer in
            for first in stride(from: 0, to: count, by: lanes) {
                PlacedWeights.storeValues(at: Lanes.load(fraction + first), into: buffer.baseAddress!)
                let end = min(first + lanes, count)
                var (k, w) = (first, UnsafePointer(buffer.baseAddress!))
                while k < end {
                    body(
                        table + Int(offsets[k]), (w[0], w[lanes], w[2 * lanes], w[3 * lanes]),
                        (row0[k], row1[k], row2[k], row3[k]))
                    k &+= 1
                    w += 1
                }
            }
        }
    }

    /// Adds the empty slots, divides by Σsel and stores.
    @inline(__always)
    private func finish(
        _ sums: FourLanes, column: Int, found: UnsafePointer<Int>, into gr: UnsafeMutablePointer<Float>
    ) {
        var sums = sums
        for type in 0..<sel.count {
            // Negative with more neighbours than slots: see NeighbourOverflow.
            let empty = sel[type] - found[type]
            let g =
                emptyEmbedding.withUnsafeBufferPointer {
                    Lanes.load($0.baseAddress! + type * paddedWidth + column)
                } * Float(empty)
            sums.0 = sums.0.adding(g, emptyRow.x)
            sums.1 = sums.1.adding(g, emptyRow.y)
            sums.2 = sums.2.adding(g, emptyRow.z)
            sums.3 = sums.3.adding(g, emptyRow.w)
        }
        (sums.0 * normalisation).store(gr + column)
        (sums.1 * normalisation).store(gr + paddedWidth + column)
        (sums.2 * normalisation).store(gr + 2 * paddedWidth + column)
        (sums.3 * normalisation).store(gr + 3 * paddedWidth + column)
    }

    /// dE/d(row) and dE/dt of every neighbour, from `slopes` = dE/dgr/Σsel: the table is walked once more.
    ///
    /// The sums over columns of several neighbours are made together, which takes a third of the operations.
    ///
    /// - Parameter scratch: `DescriptorKernel.scratchCount` floats.
    func differentiate(
        _ block: borrowing NeighbourBlock, start: Int, count: Int, slopes: UnsafePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        let (fraction, offsets) = (block[.fraction] + start, block.tableOffsets + start)
        let (row0, row1) = (block[.row0] + start, block[.row1] + start)
        let (row2, row3) = (block[.row2] + start, block[.row3] + start)
        let (target, target0, target1) = (
            block[.gradientFraction] + start, block[.gradient0] + start, block[.gradient1] + start
        )
        let (target2, target3) = (block[.gradient2] + start, block[.gradient3] + start)
        let (lanes, width, table) = (Lanes.scalarCount, paddedWidth, coefficients)
        let plane = lanes * lanes
        let weights = scratch + 5 * plane
        for first in stride(from: 0, to: count, by: lanes) {
            let rows = min(lanes, count - first)
            for component in 0..<5 { Lanes.clear(scratch + component * plane, from: rows) }
            let t = Lanes.load(fraction + first)
            PlacedWeights.storeRises(at: t, into: weights)
            PlacedWeights.storeSlopes(at: t, into: weights + 3 * lanes)
            @inline(__always) func neighbour(_ n: Int) -> (UnsafePointer<Float>, Neighbour) {
                let (k, w) = (first &+ n, weights + n)
                return (
                    table + Int(offsets[k]),
                    Neighbour(
                        row: (row0[k], row1[k], row2[k], row3[k]), rises: (w[0], w[lanes], w[2 * lanes]),
                        falls: (w[3 * lanes], w[4 * lanes], w[5 * lanes]))
                )
            }
            if width == 2 * lanes {
                // All of `slopes` fits into registers, and most of what a narrow net reads would be `slopes`.
                let (a, b) = (Self.columns(slopes, width: width), Self.columns(slopes + lanes, width: width))
                var n = 0
                while n < rows {
                    let (c, neighbour) = neighbour(n)
                    var sums = NeighbourSums()
                    sums.add(c, width: width, slopes: a, neighbour)
                    sums.add(c + lanes, width: width, slopes: b, neighbour)
                    sums.store(scratch + n &* lanes, plane: plane)
                    n &+= 1
                }
            } else {
                for n in 0..<rows {
                    let (c, neighbour) = neighbour(n)
                    var sums = NeighbourSums()
                    for column in stride(from: 0, to: width, by: lanes) {
                        sums.add(
                            c + column, width: width, slopes: Self.columns(slopes + column, width: width), neighbour)
                    }
                    sums.store(scratch + n * lanes, plane: plane)
                }
            }
            Lanes.totals(scratch).store(target + first)
            Lanes.totals(scratch + plane).store(target0 + first)
            Lanes.totals(scratch + 2 * plane).store(target1 + first)
            Lanes.totals(scratch + 3 * plane).store(target2 + first)
            Lanes.totals(scratch + 4 * plane).store(target3 + first)
        }
    }

    /// A chunk of the four rows of `slopes`.
    @inline(__always)
    private static func columns(_ slopes: UnsafePointer<Float>, width: Int) -> FourLanes {
        (
            Lanes.load(slopes), Lanes.load(slopes + width), Lanes.load(slopes + 2 * width),
            Lanes.load(slopes + 3 * width)
        )
    }
}

private typealias FourLanes = (Lanes, Lanes, Lanes, Lanes)
private typealias FourFloats = (Float, Float, Float, Float)

/// Σ_k G(r_k)·row_k for a chunk of columns, by the row's component.
private struct ColumnSums {
    private(set) var rows = (Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0))

    /// Adds a neighbour, whose coefficients begin at `c`.
    @inline(__always)
    mutating func add(_ c: UnsafePointer<Float>, width: Int, weights: FourFloats, row: FourFloats) {
        let value = (Lanes.load(c) * weights.0).adding(Lanes.load(c + width), weights.1)
            .adding(Lanes.load(c + 2 * width), weights.2).adding(Lanes.load(c + 3 * width), weights.3)
        rows.0 = rows.0.adding(value, row.0)
        rows.1 = rows.1.adding(value, row.1)
        rows.2 = rows.2.adding(value, row.2)
        rows.3 = rows.3.adding(value, row.3)
    }
}

/// What belongs to one neighbour on the way back: its row, and the weights of its place in the table.
private struct Neighbour {
    let row: FourFloats
    let rises: (Float, Float, Float)
    let falls: (Float, Float, Float)
}

/// dE/dt and dE/d(row) of one neighbour, before the sum over lanes.
private struct NeighbourSums {
    var place = Lanes(repeating: 0)
    var row = (Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0))

    /// Adds a chunk of columns, whose coefficients begin at `c`.
    @inline(__always)
    mutating func add(_ c: UnsafePointer<Float>, width: Int, slopes: FourLanes, _ neighbour: Neighbour) {
        let (c1, c2) = (Lanes.load(c + width), Lanes.load(c + 2 * width))
        let (d0, d1, d2) = (c1 - Lanes.load(c), c2 - c1, Lanes.load(c + 3 * width) - c2)
        let value = c1.adding(d0, neighbour.rises.0).adding(d1, neighbour.rises.1).adding(d2, neighbour.rises.2)
        let slope = (d0 * neighbour.falls.0).adding(d1, neighbour.falls.1).adding(d2, neighbour.falls.2)
        let q = (slopes.0 * neighbour.row.0).adding(slopes.1, neighbour.row.1).adding(slopes.2, neighbour.row.2)
            .adding(slopes.3, neighbour.row.3)
        place = place.adding(slope, q)
        row.0 = row.0.adding(value, slopes.0)
        row.1 = row.1.adding(value, slopes.1)
        row.2 = row.2.adding(value, slopes.2)
        row.3 = row.3.adding(value, slopes.3)
    }

    @inline(__always)
    func store(_ target: UnsafeMutablePointer<Float>, plane: Int) {
        place.store(target)
        row.0.store(target + plane)
        row.1.store(target + 2 * plane)
        row.2.store(target + 3 * plane)
        row.3.store(target + 4 * plane)
    }
}
