/// The three-body descriptor of one centre type in Float32: from the neighbours to T, and back from dE/dT.
///
/// Notation as in `ThreeBodyDescriptor`: v_j = q(r_j) u_j with u the unit vector and q = w/(r dstd), e = v_j·v_k.
struct ThreeBodyKernel {
    let cutoff: Float
    let width: Int
    let sel: [Int]
    private let smoothStart: Float
    let paddedWidth: Int
    /// 1/dstd of the centre.
    private let inverseDeviation: Float
    /// Where the tables begin, and how far they reach from there.
    let start: Float
    let reach: Float
    /// The tables' coefficients, which the evaluator keeps.
    let coefficients: UnsafePointer<Float>
    /// By pair of neighbour types, [second, first]: where its table starts, and its intervals per unit of e.
    let pairOffsets: [Int32]
    let densities: [Float]

    /// - Parameter coefficients: those of `table`, valid as long as the kernel is used.
    init(_ descriptor: ThreeBodyDescriptor, table: SplineTable, coefficients: UnsafePointer<Float>, centre: Int) {
        cutoff = Float(descriptor.cutoff)
        smoothStart = Float(descriptor.smoothStart)
        width = descriptor.width
        sel = descriptor.sel
        paddedWidth = table.paddedWidth
        inverseDeviation = Float(1 / descriptor.deviations[centre].y)
        start = table.start
        reach = table.reach
        self.coefficients = coefficients
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
