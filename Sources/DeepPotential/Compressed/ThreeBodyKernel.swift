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
    /// c of the tables' coordinate.
    private let scale: Float
    private let halfIntervals: Float
    private let lastInterval: Float
    private let intervalStride: Int32
    private let pairStride: Int

    init(_ descriptor: ThreeBodyDescriptor, table: ThreeBodyTable, centre: Int) {
        cutoff = Float(descriptor.cutoff)
        smoothStart = Float(descriptor.smoothStart)
        width = descriptor.width
        sel = descriptor.sel
        paddedWidth = table.paddedWidth
        inverseDeviation = Float(1 / descriptor.deviations[centre].y)
        scale = table.scale
        halfIntervals = Float(table.intervals / 2)
        lastInterval = Float(table.intervals - 1)
        intervalStride = Int32(table.intervalStride)
        pairStride = table.pairStride
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
        block.reserve(pairs: pairs + NearBlock.pairStart(count), used: pairs)
        place(block, start: start, near: near, pairs: pairs)
        let (fraction, offsets) = (block[.fraction] + pairs, block.offsets + pairs)
        for chunk in 0..<paddedWidth / Lanes.scalarCount {
            let column = table + chunk * EmbeddingTable.powers * Lanes.scalarCount
            var (even, odd) = (Lanes(repeating: 0), Lanes(repeating: 0))
            var diagonal = even
            for k in 0..<count {
                let row = NearBlock.pairStart(k)
                var j = 0
                while j + 2 <= k {
                    even += CubicColumns.value(column + Int(offsets[row + j]), Lanes(repeating: fraction[row + j]))
                    odd += CubicColumns.value(
                        column + Int(offsets[row + j + 1]), Lanes(repeating: fraction[row + j + 1]))
                    j += 2
                }
                if j < k {
                    even += CubicColumns.value(column + Int(offsets[row + j]), Lanes(repeating: fraction[row + j]))
                }
                diagonal += CubicColumns.value(column + Int(offsets[row + k]), Lanes(repeating: fraction[row + k]))
            }
            // The tables count pairs of one type twice; a neighbour with itself counts once.
            let sum = (even + odd).adding(diagonal, 0.5)
            let at = chunk * Lanes.scalarCount
            if at < width { sum.store(result + at) }
        }
    }

    /// Finds the products' places in the tables.
    private func place(_ block: borrowing NearBlock, start: Int, near: UnsafePointer<Int>, pairs: Int) {
        let (v1, v2, v3) = (block[.v1] + start, block[.v2] + start, block[.v3] + start)
        var k = 0
        for second in 0..<sel.count {
            for _ in 0..<near[second] {
                let (a, b, c) = (v1[k], v2[k], v3[k])
                let row = pairs + NearBlock.pairStart(k)
                for j in stride(from: 0, through: k, by: Lanes.scalarCount) {
                    let e = (Lanes.load(v1 + j) * a).adding(Lanes.load(v2 + j), b).adding(Lanes.load(v3 + j), c)
                    let size = e.replacing(with: -e, where: e .< 0)
                    let inverse = Lanes(repeating: 1) / (size + scale)
                    let place = ((e * inverse + 1) * halfIntervals).held(from: 0, to: lastInterval + 0.999)
                    let (interval, fraction) = place.wholeAndRest
                    fraction.store(block[.fraction] + row + j)
                    (inverse * inverse * (scale * halfIntervals)).store(block[.stretch] + row + j)
                    UnsafeMutableRawPointer(block.offsets + row + j).storeBytes(
                        of: interval &* intervalStride, as: IntegerLanes.self)
                }
                // Neighbours are sorted by type: whole runs share a table.
                var j = 0
                for first in 0...second {
                    let table = Int32(ThreeBodyDescriptor.pairIndex(first, second) * pairStride)
                    let end = min(j + near[first], k + 1)
                    while j < end {
                        block.offsets[row + j] &+= table
                        j += 1
                    }
                }
                k += 1
            }
        }
    }

    /// dE/dv of the packed neighbours, from dE/dT [paddedWidth], zero beyond `width`.
    func differentiate(
        _ block: borrowing NearBlock, start: Int, count: Int, pairs: Int, slopes: UnsafePointer<Float>,
        table: UnsafePointer<Float>
    ) {
        let (v1, v2, v3) = (block[.v1] + start, block[.v2] + start, block[.v3] + start)
        let (g1, g2, g3) = (block[.gradient1] + start, block[.gradient2] + start, block[.gradient3] + start)
        let lanes = Lanes.scalarCount
        for k in stride(from: 0, to: count, by: lanes) {
            Lanes(repeating: 0).store(g1 + k)
            Lanes(repeating: 0).store(g2 + k)
            Lanes(repeating: 0).store(g3 + k)
        }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: lanes * lanes) { buffer in
            let sums = buffer.baseAddress!
            sums.initialize(repeating: 0, count: lanes * lanes)
            for k in 0..<count {
                let row = pairs + NearBlock.pairStart(k)
                let (fraction, offsets) = (block[.fraction] + row, block.offsets + row)
                let (a, b, c) = (v1[k], v2[k], v3[k])
                var (own1, own2, own3) = (Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0))
                for first in stride(from: 0, through: k, by: lanes) {
                    let partners = min(lanes, k + 1 - first)
                    for n in 0..<partners {
                        let t = Lanes(repeating: fraction[first + n])
                        var place = table + Int(offsets[first + n])
                        var sum = CubicColumns.slope(place, t) * Lanes.load(slopes)
                        for column in stride(from: lanes, to: paddedWidth, by: lanes) {
                            place += EmbeddingTable.powers * lanes
                            sum = sum.adding(CubicColumns.slope(place, t), Lanes.load(slopes + column))
                        }
                        sum.store(sums + n * lanes)
                    }
                    var slope = Lanes.totals(sums) * Lanes.load(block[.stretch] + row + first)
                    // Lanes past k hold the sums of an earlier k.
                    let valid: SIMDMask<IntegerLanes> = Self.laneNumbers .< Int32(partners)
                    slope = Lanes(repeating: 0).replacing(with: slope, where: valid)
                    if first + lanes > k { slope[k - first] *= 0.5 }
                    own1 = own1.adding(slope, Lanes.load(v1 + first))
                    own2 = own2.adding(slope, Lanes.load(v2 + first))
                    own3 = own3.adding(slope, Lanes.load(v3 + first))
                    Lanes.load(g1 + first).adding(slope, a).store(g1 + first)
                    Lanes.load(g2 + first).adding(slope, b).store(g2 + first)
                    Lanes.load(g3 + first).adding(slope, c).store(g3 + first)
                }
                g1[k] += own1.total()
                g2[k] += own2.total()
                g3[k] += own3.total()
            }
        }
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

    private static let laneNumbers = IntegerLanes((0..<Int32(Lanes.scalarCount)))
}
