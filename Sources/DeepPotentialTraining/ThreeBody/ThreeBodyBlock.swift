import DeepPotential

/// The three-body part of a block of atoms of one type: their near neighbours, the pairs of these, T and what follows
/// from dE/dT.
final class ThreeBodyBlock {
    private let settings: ThreeBodySettings
    private let tables: NetworkTables
    private var type = 0
    /// Where each member's near neighbours begin, in whole vectors, and how many there are; one more start for the total.
    private var starts: [Int] = []
    private var counts: [Int] = []
    /// Where each member's pairs of neighbours begin.
    private var tripleStarts: [Int] = []
    private var pairs: [PairRecord] = []
    private var triples: [TripleRecord] = []
    private var columns = Buffer<Float>()
    private var slopes = Buffer<Float>()
    /// The tables' adjoints.
    private(set) var tableAdjoint = Buffer<Float>()

    init(_ settings: ThreeBodySettings, tables: NetworkTables) {
        self.settings = settings
        self.tables = tables
    }

    private var columnView: PairColumns { PairColumns(columns.base, capacity: starts[counts.count]) }

    /// Finds the members' near neighbours and places their pairs in the tables.
    func gather(_ batch: Batch, _ block: Batch.Block) {
        type = block.type
        let types = settings.typeCount
        starts = [0]
        counts = []
        tripleStarts = [0]
        var near: [(pair: Int, type: Int)] = []
        var allNear: [[(pair: Int, type: Int)]] = []
        for member in block.members {
            let geometry = batch.frames[member.frame].geometry
            near.removeAll(keepingCapacity: true)
            for neighbour in 0..<types {
                // Sorted by distance.
                for pair in geometry.pairRange(atom: member.atom, neighbour: neighbour, typeCount: types) {
                    let separation = geometry.separation(atom: member.atom, pair: pair)
                    guard (separation * separation).sum() < settings.cutoff * settings.cutoff else { break }
                    near.append((pair, neighbour))
                }
            }
            allNear.append(near)
            counts.append(near.count)
            starts.append(starts[counts.count - 1] + Vector.padded(near.count))
            tripleStarts.append(tripleStarts[counts.count - 1] + near.count * (near.count + 1) / 2)
        }
        columns.reserve((PairColumns.count + 1) * starts[counts.count])
        // Knot scales of a pair table, which there is none of.
        (columns.base + PairColumns.count * starts[counts.count]).update(repeating: 0, count: starts[counts.count])
        pairs = Array(repeating: PairRecord(), count: starts[counts.count])
        triples.removeAll(keepingCapacity: true)
        triples.reserveCapacity(tripleStarts[counts.count])
        for (n, member) in block.members.enumerated() {
            fill(n, member, allNear[n], batch)
        }
    }

    private func fill(_ n: Int, _ member: Batch.Member, _ near: [(pair: Int, type: Int)], _ batch: Batch) {
        let geometry = batch.frames[member.frame].geometry
        let (start, view) = (starts[n], columnView)
        for (k, entry) in near.enumerated() {
            let separation = geometry.separation(atom: member.atom, pair: entry.pair)
            view.x[start + k] = separation.x
            view.y[start + k] = separation.y
            view.z[start + k] = separation.z
            pairs[start + k].atom =
                Int32(batch.starts[member.frame]) + Int32(geometry.pairs[entry.pair] & FrameGeometry.atomMask)
        }
        for k in start + near.count..<starts[n + 1] {
            view.x[k] = 2 * settings.cutoff
            view.y[k] = 0
            view.z[k] = 0
        }
        EnvironmentKernel.differentiate(
            view, start: start, count: starts[n + 1] - start, cutoff: settings.cutoff,
            smoothStart: settings.smoothStart)
        for k in start..<start + near.count {
            pairs[k].row = view.third[k] * SIMD4(0, view.x[k], view.y[k], view.z[k]) * settings.rowScales[type]
        }
        let last = Int32(settings.grid.intervals - 1)
        for k in 0..<near.count {
            for j in 0...k {
                let table = ThreeBodyDescriptor.pairIndex(near[j].type, near[k].type)
                let product = (pairs[start + j].row * pairs[start + k].row).sum()
                let place = HermitePlace(product * settings.knotScales[table] + settings.knotOrigins[table], last: last)
                let weight = settings.normalisations[table] * (near[j].type == near[k].type && j != k ? 2 : 1)
                triples.append(
                    TripleRecord(
                        value: place.value * weight, slope: place.slope * weight, knotScale: settings.knotScales[table],
                        offset: Int32(table * tables.tableStride) + place.knot * Int32(tables.rowStride),
                        first: Int32(j), second: Int32(k)))
            }
        }
    }

    private func withTriples<R>(_ n: Int, _ body: (UnsafeMutablePointer<TripleRecord>, Int) -> R) -> R {
        triples.withUnsafeMutableBufferPointer {
            body($0.baseAddress! + tripleStarts[n], tripleStarts[n + 1] - tripleStarts[n])
        }
    }

    /// T of member `n`.
    func contract(_ n: Int, into result: UnsafeMutablePointer<Vector>) {
        guard tripleStarts[n + 1] > tripleStarts[n] else {
            return result.update(repeating: .zero, count: tables.width)
        }
        withTriples(n) {
            TripleKernels.contract($0, count: $1, table: tables[0], width: tables.width, into: result)
        }
    }

    /// Adds the forces and the virial that follow from dE/dT of member `n`.
    func addForces(
        _ n: Int, gradient: UnsafePointer<Vector>, centre: Int, forces: UnsafeMutablePointer<Float>,
        virial: UnsafeMutablePointer<Double>
    ) {
        guard counts[n] > 0 else { return }
        let stride = Vector.padded(counts[n])
        slopes.reserve(5 * stride)
        slopes.base.update(repeating: 0, count: 5 * stride)
        pairs.withUnsafeBufferPointer { pairs in
            let own = pairs.baseAddress! + starts[n]
            withTriples(n) {
                TripleKernels.backward(
                    $0, count: $1, pairs: own, gradient: gradient, table: tables[0], width: tables.width,
                    into: slopes.base + stride, stride: stride)
            }
            PairKernels.addForces(
                own, count: counts[n], columns: columnView, at: starts[n], gamma: slopes.base, stride: stride,
                scale: settings.rowScales[type], knotScales: columns.base + PairColumns.count * starts[counts.count],
                centre: centre, forces: forces, virial: virial)
        }
    }

    /// Ṫ of member `n` along the directions of `PairKernels.setTangents`.
    func contractTangent(
        _ n: Int, centre: Int, directions: UnsafePointer<Float>, strain: UnsafePointer<Float>,
        into result: UnsafeMutablePointer<Vector>
    ) {
        guard tripleStarts[n + 1] > tripleStarts[n] else {
            return result.update(repeating: .zero, count: tables.width)
        }
        pairs.withUnsafeMutableBufferPointer { pairs in
            let own = pairs.baseAddress! + starts[n]
            PairKernels.setTangents(
                own, count: counts[n], columns: columnView, at: starts[n], scale: settings.rowScales[type],
                knotScales: columns.base + PairColumns.count * starts[counts.count], centre: centre,
                directions: directions, strain: strain)
            withTriples(n) {
                TripleKernels.setTangents($0, count: $1, pairs: own)
                TripleKernels.contractTangent($0, count: $1, table: tables[0], width: tables.width, into: result)
            }
        }
    }

    func clearAdjoint() {
        let size = tables.count * tables.tableStride * 16
        tableAdjoint.reserve(size)
        tableAdjoint.base.update(repeating: 0, count: size)
    }

    /// Adds member `n`'s part to the tables' adjoints.
    ///
    /// - Parameters:
    ///   - adjoint: p of T.
    ///   - gradient: dE/dT.
    func reverse(_ n: Int, adjoint: UnsafePointer<Vector>, gradient: UnsafePointer<Vector>) {
        let target = UnsafeMutableRawPointer(tableAdjoint.base).assumingMemoryBound(to: Vector.self)
        withTriples(n) {
            TripleKernels.reverse(
                $0, count: $1, adjoint: adjoint, gradient: gradient, width: tables.width, into: target)
        }
    }
}
