/// The three-body descriptor of one centre type in Float32: from the neighbours to T, and back from dE/dT.
///
/// Notation as in `ThreeBodyDescriptor`: v_j = q(r_j) u_j with u the unit vector and q = w/(r dstd), e = v_j·v_k.
struct ThreeBodyKernel {
    let cutoff: Float
    let width: Int
    let sel: [Int]
    private let smoothStart: Float
    private let paddedWidth: Int
    /// 1/dstd of the centre.
    private let inverseDeviation: Float
    /// Where the tables begin, and how far they reach from there.
    private let start: Float
    private let reach: Float
    /// By pair of neighbour types, [second, first]: where its table starts, and its intervals per unit of e.
    private let pairOffsets: [Int32]
    private let densities: [Float]

    init(_ descriptor: ThreeBodyDescriptor, table: SplineTable, centre: Int) {
        cutoff = Float(descriptor.cutoff)
        smoothStart = Float(descriptor.smoothStart)
        width = descriptor.width
        sel = descriptor.sel
        paddedWidth = table.paddedWidth
        inverseDeviation = Float(1 / descriptor.deviations[centre].y)
        start = table.start
        reach = table.reach
        let types = descriptor.sel.indices
        let parts = types.flatMap { second in
            types.map { table.parts[ThreeBodyDescriptor.pairIndex(min($0, second), max($0, second))] }
        }
        pairOffsets = parts.map { Int32($0.offset) }
        densities = parts.map(\.density)
    }

    /// Packs the neighbours within the cutoff of a row that `DescriptorKernel.prepare` has been through.
    ///
    /// - Parameters:
    ///   - found: neighbours of the row by type.
    ///   - near: receives those within the three-body cutoff by type.
    /// - Returns: the number of near neighbours.
    func pack(
        _ block: borrowing NeighbourBlock, start: Int, found: UnsafePointer<Int>, into target: inout NearBlock,
        at begin: Int, near: UnsafeMutablePointer<Int>
    ) -> Int {
        let all = (0..<sel.count).reduce(0) { $0 + found[$1] }
        target.reserve(neighbours: begin + Lanes.padded(all + Lanes.padding), used: begin)
        let distance = block[.distance]
        let places = target.places
        var (k, end) = (start, begin)
        for type in 0..<sel.count {
            let before = end
            for _ in 0..<found[type] {
                places[end] = Int32(k)
                end &+= distance[k] < cutoff ? 1 : 0
                k &+= 1
            }
            near[type] = end - before
        }
        let count = end - begin
        let (x, y, z) = (block[.x], block[.y], block[.z])
        for n in begin..<end {
            let place = Int(places[n])
            target[.x][n] = x[place]
            target[.y][n] = y[place]
            target[.z][n] = z[place]
            target[.distance][n] = distance[place]
        }
        for n in end..<begin + Lanes.padded(count) {
            (target[.x][n], target[.y][n], target[.z][n], target[.distance][n]) = (1, 0, 0, cutoff)
        }
        measure(target, start: begin, count: count)
        return count
    }

    /// q, its slope and v of the packed neighbours.
    private func measure(_ block: borrowing NearBlock, start: Int, count: Int) {
        let one = Lanes(repeating: 1)
        for k in stride(from: start, to: start + count, by: Lanes.scalarCount) {
            let r = Lanes.load(block[.distance] + k)
            let inverse = one / r
            let (w, slope) = r.smoothWeight(from: smoothStart, to: cutoff)
            let s = w * inverse
            let q = s * inverseDeviation
            q.store(block[.length] + k)
            ((slope - s) * inverse * inverseDeviation).store(block[.slope] + k)
            (q * Lanes.load(block[.x] + k)).store(block[.v1] + k)
            (q * Lanes.load(block[.y] + k)).store(block[.v2] + k)
            (q * Lanes.load(block[.z] + k)).store(block[.v3] + k)
        }
    }

    /// T, [width], from the packed neighbours; the pairs' places in the table are left for `differentiate`.
    ///
    /// Vectors run over the end of the result.
    func contract(
        _ block: inout NearBlock, start: Int, near: UnsafePointer<Int>, pairs: Int, table: UnsafePointer<Float>,
        into result: UnsafeMutablePointer<Float>
    ) {
        let count = (0..<sel.count).reduce(0) { $0 + near[$1] }
        let pairCount = NearBlock.pairStart(count)
        // Vectors run over the end of the last row.
        block.reserve(pairs: pairs + pairCount + 2 * Lanes.padding, used: pairs)
        place(block, start: start, near: near, pairs: pairs)
        let (lanes, places) = (Lanes.scalarCount, pairs..<pairs + pairCount)
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
                    let (interval, fraction) = ((e - self.start).held(from: 0, to: reach) * density).wholeAndRest
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

    /// dE/dv of the packed neighbours, from dE/dT [paddedWidth], zero beyond `width`.
    ///
    /// - Parameter scratch: `DescriptorKernel.scratchCount` floats.
    func differentiate(
        _ block: borrowing NearBlock, start: Int, count: Int, pairs: Int, slopes: UnsafePointer<Float>,
        table: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        differentiateProducts(
            block, from: pairs, to: pairs + NearBlock.pairStart(count), slopes: slopes, table: table, scratch: scratch)
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
        table: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        let (lanes, width) = (Lanes.scalarCount, paddedWidth)
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

    /// Adds dE/dr_ij that follow from dE/dv to the neighbours' in `target`, and −Σ dE/dr_a·r_b to `virial` (nine values,
    /// row-major).
    func gatherForces(
        _ block: borrowing NearBlock, start: Int, count: Int, into target: borrowing NeighbourBlock,
        virial: UnsafeMutablePointer<Double>
    ) {
        var sums = VirialSums()
        for k in stride(from: start, to: start + count, by: Lanes.scalarCount) {
            let (x, y, z) = (Lanes.load(block[.x] + k), Lanes.load(block[.y] + k), Lanes.load(block[.z] + k))
            let r = Lanes.load(block[.distance] + k)
            let across = Lanes.load(block[.length] + k) / r
            let (a, b, c) = (
                Lanes.load(block[.gradient1] + k), Lanes.load(block[.gradient2] + k), Lanes.load(block[.gradient3] + k)
            )
            let along = a * x + b * y + c * z
            let radial = along * (Lanes.load(block[.slope] + k) - across)
            let (fx, fy, fz) = (
                (across * a).adding(radial, x), (across * b).adding(radial, y), (across * c).adding(radial, z)
            )
            fx.store(block[.gradient1] + k)
            fy.store(block[.gradient2] + k)
            fz.store(block[.gradient3] + k)
            // Past the end v and its gradient are zero, so is the force.
            sums.add((fx, fy, fz), (x * r, y * r, z * r))
        }
        sums.subtract(from: virial)
        let (t1, t2, t3) = (target[.gradient1], target[.gradient2], target[.gradient3])
        for k in start..<start + count {
            let place = Int(block.places[k])
            t1[place] += block[.gradient1][k]
            t2[place] += block[.gradient2][k]
            t3[place] += block[.gradient3][k]
        }
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
