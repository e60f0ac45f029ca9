import Structures

/// What all blocks read; pointers are valid during one evaluation.
struct BlockInput: @unchecked Sendable {
    let centres: UnsafePointer<Int32>
    let starts: UnsafePointer<Int>
    let entries: UnsafeBufferPointer<SkinList.Entry>
    let positions: UnsafePointer<SIMD3<Double>>
    let shifts: UnsafePointer<SIMD3<Double>>
    let table: UnsafePointer<Float>
    /// The three-body tables, in a hybrid model.
    let threeBodyTable: UnsafePointer<Float>?
    /// Output: one per atom, each written by one block.
    let energies: UnsafeMutablePointer<Double>
}

/// What a group of blocks adds up.
final class GroupResult: @unchecked Sendable {
    let atomCount: Int
    /// One per atom (eV/Å).
    let forces: UnsafeMutablePointer<SIMD3<Double>>
    /// Nine values (eV), row-major.
    let virial: UnsafeMutablePointer<Double>
    var overflow: NeighbourOverflow.Counter
    var threeBodyOverflow: NeighbourOverflow.Counter?
    /// The first pair that is nearer than the table reaches.
    var tooClose: (centre: Int, neighbour: Int, distance: Double)?

    private let unused: (NeighbourOverflow.Counter, NeighbourOverflow.Counter?)

    /// - Parameter overflow: counters that have recorded nothing.
    init(
        atomCount: Int, overflow: NeighbourOverflow.Counter, threeBodyOverflow: NeighbourOverflow.Counter?
    ) {
        self.atomCount = atomCount
        forces = .allocate(capacity: max(atomCount, 1))
        virial = .allocate(capacity: 9)
        unused = (overflow, threeBodyOverflow)
        (self.overflow, self.threeBodyOverflow) = unused
    }

    deinit {
        forces.deallocate()
        virial.deallocate()
    }

    func reset() {
        forces.update(repeating: .zero, count: atomCount)
        virial.update(repeating: 0, count: 9)
        (overflow, threeBodyOverflow) = unused
        tooClose = nil
    }
}

/// One thread's memory, and the way of a block through it: displacements, descriptor, fitting net, and back to forces.
final class BlockWorker: @unchecked Sendable {
    /// The largest block and the longest row of the list that there is room for.
    let rows: Int
    let longestRow: Int
    private let block: NeighbourBlock
    /// Behind a pointer, as every access to a class's variable would be checked.
    private let near: UnsafeMutablePointer<NearBlock>
    private let paddedWidth: Int
    private let dimension: Int
    /// gr by row, [rows, 4, paddedWidth]; becomes dE/dgr.
    private let contracted: UnsafeMutablePointer<Float>
    /// D by row, then dE/dD.
    private let descriptors: UnsafeMutablePointer<Float>
    private let slopes: UnsafeMutablePointer<Float>
    private let scratch: UnsafeMutablePointer<Float>
    private let kernelScratch: UnsafeMutablePointer<Float>
    private let energies: UnsafeMutablePointer<Double>
    /// First packed neighbour of each row, and the count of neighbours inside the cutoff.
    private let begins: UnsafeMutablePointer<Int>
    private let counts: UnsafeMutablePointer<Int>
    private let found: UnsafeMutablePointer<Int>
    /// The same for the near neighbours and their pairs: first near neighbour, first pair, count, and numbers by type.
    private let nearBegins: UnsafeMutablePointer<Int>
    private let pairBegins: UnsafeMutablePointer<Int>
    private let nearCounts: UnsafeMutablePointer<Int>
    private let nearFound: UnsafeMutablePointer<Int>
    /// dE/dT of one atom, padded with zeros.
    private let threeBodySlopes: UnsafeMutablePointer<Float>
    private let threeBodyWidth: Int

    /// More element types than any model of this kind has.
    private static let largestTypeCount = 128

    /// - Parameters:
    ///   - rows: of the largest block.
    ///   - longestRow: the longest row of the list.
    ///   - dimension: the length of D and T.
    ///   - threeBodyWidth: the length of T.
    init(rows: Int, longestRow: Int, paddedWidth: Int, dimension: Int, threeBodyWidth: Int, fittingScratch: Int) {
        self.rows = rows
        self.longestRow = longestRow
        self.paddedWidth = paddedWidth
        self.dimension = dimension
        self.threeBodyWidth = threeBodyWidth
        block = NeighbourBlock(capacity: rows * (Lanes.padded(longestRow + Lanes.padding)))
        near = .allocate(capacity: 1)
        near.initialize(to: NearBlock())
        contracted = .allocate(capacity: rows * 4 * paddedWidth + Lanes.padding)
        contracted.initialize(repeating: 0, count: rows * 4 * paddedWidth + Lanes.padding)
        descriptors = .allocate(capacity: rows * dimension + Lanes.padding)
        descriptors.initialize(repeating: 0, count: rows * dimension + Lanes.padding)
        slopes = .allocate(capacity: 4 * paddedWidth)
        slopes.initialize(repeating: 0, count: 4 * paddedWidth)
        scratch = .allocate(capacity: fittingScratch)
        scratch.initialize(repeating: 0, count: fittingScratch)
        kernelScratch = .allocate(capacity: DescriptorKernel.scratchCount)
        kernelScratch.initialize(repeating: 0, count: DescriptorKernel.scratchCount)
        energies = .allocate(capacity: rows)
        begins = .allocate(capacity: rows)
        counts = .allocate(capacity: rows)
        found = .allocate(capacity: Self.largestTypeCount)
        nearBegins = .allocate(capacity: rows)
        pairBegins = .allocate(capacity: rows)
        nearCounts = .allocate(capacity: rows)
        nearFound = .allocate(capacity: Self.largestTypeCount)
        threeBodySlopes = .allocate(capacity: Lanes.padded(threeBodyWidth))
        threeBodySlopes.initialize(repeating: 0, count: Lanes.padded(threeBodyWidth))
    }

    deinit {
        near.deinitialize(count: 1)
        near.deallocate()
        contracted.deallocate()
        descriptors.deallocate()
        slopes.deallocate()
        scratch.deallocate()
        kernelScratch.deallocate()
        energies.deallocate()
        begins.deallocate()
        counts.deallocate()
        found.deallocate()
        nearBegins.deallocate()
        pairBegins.deallocate()
        nearCounts.deallocate()
        nearFound.deallocate()
        threeBodySlopes.deallocate()
    }

    /// Evaluates the atoms of sorted rows `rows`, all of one type.
    func evaluate(
        _ rows: Range<Int>, input: BlockInput, descriptor: DescriptorKernel, threeBody: ThreeBodyKernel?,
        fitting: FittingKernel, result: GroupResult
    ) {
        var cursor = 0
        var (nearCursor, pairCursor) = (0, 0)
        var (overflow, threeBodyOverflow) = (result.overflow, result.threeBodyOverflow)
        for row in rows {
            let slot = row - rows.lowerBound
            let centre = Int(input.centres[row])
            begins[slot] = cursor
            counts[slot] = pack(
                row, centre: centre, from: cursor, input: input, descriptor: descriptor, overflow: &overflow)
            let nearest = descriptor.prepare(block, start: cursor, count: counts[slot])
            if nearest < descriptor.nearest, result.tooClose == nil { record(slot, centre: centre, result: result) }
            descriptor.contract(
                block, start: cursor, count: counts[slot], found: found, table: input.table,
                into: contracted + slot * 4 * paddedWidth)
            descriptor.square(contracted + slot * 4 * paddedWidth, into: descriptors + slot * dimension)
            if let threeBody, let table = input.threeBodyTable {
                (nearBegins[slot], pairBegins[slot]) = (nearCursor, pairCursor)
                let count = contract(
                    slot, at: cursor, threeBody, table: table,
                    into: descriptors + (slot + 1) * dimension - threeBodyWidth, overflow: &threeBodyOverflow)
                nearCounts[slot] = count
                nearCursor += Lanes.padded(count)
                pairCursor += Lanes.padded(NearBlock.pairStart(count))
            }
            cursor += Lanes.padded(counts[slot])
        }
        (result.overflow, result.threeBodyOverflow) = (overflow, threeBodyOverflow)
        fitting.evaluate(rows: rows.count, descriptors: descriptors, energies: energies, scratch: scratch)
        for row in rows {
            let slot = row - rows.lowerBound
            let centre = Int(input.centres[row])
            input.energies[centre] = energies[slot]
            descriptor.differentiateSquare(
                contracted + slot * 4 * paddedWidth, gradient: descriptors + slot * dimension, into: slopes,
                scratch: kernelScratch)
            descriptor.differentiate(
                block, start: begins[slot], count: counts[slot], slopes: slopes, table: input.table,
                scratch: kernelScratch)
            descriptor.gatherForces(block, start: begins[slot], count: counts[slot], virial: result.virial)
            if let threeBody, let table = input.threeBodyTable {
                threeBodySlopes.update(
                    from: descriptors + (slot + 1) * dimension - threeBodyWidth, count: threeBodyWidth)
                threeBody.differentiate(
                    near.pointee, start: nearBegins[slot], count: nearCounts[slot], pairs: pairBegins[slot],
                    slopes: threeBodySlopes, table: table, scratch: kernelScratch)
                threeBody.gatherForces(
                    near.pointee, start: nearBegins[slot], count: nearCounts[slot], into: block, virial: result.virial)
            }
            scatter(slot, centre: centre, forces: result.forces)
        }
    }

    /// Packs the near neighbours of a row, whose neighbours begin at `start`, and leaves T at `target`.
    ///
    /// - Returns: the number of near neighbours.
    private func contract(
        _ slot: Int, at start: Int, _ threeBody: ThreeBodyKernel, table: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>, overflow: inout NeighbourOverflow.Counter?
    ) -> Int {
        let count = threeBody.pack(
            block, start: start, found: found, into: &near.pointee, at: nearBegins[slot], near: nearFound)
        for type in threeBody.sel.indices { overflow?.record(nearFound[type], ofType: type) }
        threeBody.contract(
            &near.pointee, start: nearBegins[slot], near: nearFound, pairs: pairBegins[slot], table: table, into: target
        )
        return count
    }

    /// Packs the neighbours of a row that are inside the cutoff; returns their number and leaves the numbers by type
    /// in `found`.
    private func pack(
        _ row: Int, centre: Int, from begin: Int, input: BlockInput, descriptor: DescriptorKernel,
        overflow: inout NeighbourOverflow.Counter
    ) -> Int {
        let origin = input.positions[centre]
        let limit = Double(descriptor.cutoff) * Double(descriptor.cutoff)
        let (x, y, z) = (block[.x], block[.y], block[.z])
        let (atoms, offsets, densities) = (block.atoms, block.tableOffsets, block[.density])
        let types = descriptor.sel.count
        var end = begin
        for type in 0..<types {
            let before = end
            for k in input.starts[row * types + type]..<input.starts[row * types + type + 1] {
                let entry = input.entries[k]
                let d = input.positions[Int(entry.atom)] + input.shifts[Int(entry.shift)] - origin
                x[end] = Float(d.x)
                y[end] = Float(d.y)
                z[end] = Float(d.z)
                atoms[end] = entry.atom
                // The sign bit of r² − rc²: a branch here is mispredicted for one neighbour in three.
                end &+= Int(truncatingIfNeeded: (d.x * d.x + d.y * d.y + d.z * d.z - limit).bitPattern >> 63)
            }
            let (pair, density) = (descriptor.pairOffsets[type], descriptor.densities[type])
            // Whole vectors: what runs over the end belongs to the next type, or to the rest below.
            for k in stride(from: before, to: end, by: Lanes.scalarCount) {
                Lanes(repeating: density).store(densities + k)
                UnsafeMutableRawPointer(offsets + k).storeBytes(
                    of: IntegerLanes(repeating: pair), as: IntegerLanes.self)
            }
            found[type] = end - before
            overflow.record(end - before, ofType: type)
        }
        // The rest of the last vector: at the cutoff, where the weight is zero, in a table without slope.
        for k in end..<Lanes.padded(end) {
            (x[k], y[k], z[k]) = (descriptor.cutoff, 0, 0)
            offsets[k] = descriptor.pairOffsets[0]
            densities[k] = 0
        }
        return end - begin
    }

    private func record(_ slot: Int, centre: Int, result: GroupResult) {
        let range = begins[slot]..<begins[slot] + counts[slot]
        guard let nearest = range.min(by: { block[.distance][$0] < block[.distance][$1] }) else { return }
        result.tooClose = (centre, Int(block.atoms[nearest]), Double(block[.distance][nearest]))
    }

    /// F_i += dE/dr_ij, F_j −= dE/dr_ij.
    private func scatter(_ slot: Int, centre: Int, forces: UnsafeMutablePointer<SIMD3<Double>>) {
        let (x, y, z, atoms) = (block[.gradient1], block[.gradient2], block[.gradient3], block.atoms)
        var own = SIMD3<Double>.zero
        for k in begins[slot]..<begins[slot] + counts[slot] {
            let gradient = SIMD3(Double(x[k]), Double(y[k]), Double(z[k]))
            own += gradient
            forces[Int(atoms[k])] -= gradient
        }
        forces[centre] += own
    }
}
