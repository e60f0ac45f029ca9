import Structures

/// One thread's memory, and the way of a block through it: displacements, descriptors, fitting net, and back to forces.
struct BlockWorker: ~Copyable {
    /// What the memory is made for.
    struct Size {
        /// Of the largest block.
        var rows: Int
        /// Neighbours in the longest row of the list.
        var longestRow: Int
        /// M1, padded.
        var paddedWidth: Int
        /// The length of D and T together, and of T alone.
        var dimension: Int
        var threeBodyWidth: Int
        var types: Int
        /// Floats that the fitting nets need for a block.
        var fittingScratch: Int
    }

    /// Where the neighbours of a row stand.
    struct Row {
        var centre = 0
        /// The first neighbour inside the cutoff, and their number.
        var start = 0
        var count = 0
        /// The same for the near neighbours of the three-body part, and the first of their pairs.
        var nearStart = 0
        var nearCount = 0
        var pairStart = 0

        /// Where the row after this one begins.
        var next: Row {
            Row(
                start: start + Lanes.padded(count), nearStart: nearStart + Lanes.padded(nearCount),
                pairStart: pairStart + Lanes.padded(NearBlock.pairStart(nearCount)))
        }
    }

    let size: Size
    let neighbours: NeighbourBlock
    private var near = NearBlock()
    private let rows: Buffer<Row>
    /// Neighbours and near neighbours of the present row by type.
    let found: Buffer<Int>
    private let nearFound: Buffer<Int>
    /// gr by row, [rows, 4, paddedWidth].
    private let contracted: Buffer<Float>
    /// D and T by row, [rows, dimension]; then dE/dD and dE/dT.
    private let descriptors: Buffer<Float>
    /// One per row (eV).
    private let energies: Buffer<Double>
    /// dE/dgr/Σsel of one row, [4, paddedWidth], and dE/dT, padded with zeros.
    private let slopes: Buffer<Float>
    private let threeBodySlopes: Buffer<Float>
    private let fittingScratch: Buffer<Float>
    private let kernelScratch = Buffer<Float>(count: DescriptorKernel.scratchCount)

    init(_ size: Size) {
        self.size = size
        neighbours = NeighbourBlock(capacity: size.rows * (Lanes.padded(size.longestRow + Lanes.padding)))
        rows = Buffer(count: size.rows)
        found = Buffer(count: size.types)
        nearFound = Buffer(count: size.types)
        contracted = Buffer(count: size.rows * 4 * size.paddedWidth)
        descriptors = Buffer(count: size.rows * size.dimension)
        energies = Buffer(count: size.rows)
        slopes = Buffer(count: 4 * size.paddedWidth)
        threeBodySlopes = Buffer(count: Lanes.padded(size.threeBodyWidth))
        fittingScratch = Buffer(count: size.fittingScratch)
    }

    /// Evaluates the atoms of the list's rows `listRows`, all of one type.
    mutating func evaluate(_ listRows: Range<Int>, input: BlockInput, kernels: TypeKernels, result: GroupResult) {
        let (descriptor, threeBody) = (kernels.descriptor, kernels.threeBody)
        var row = Row()
        var overflow = result.overflow
        for (slot, listRow) in listRows.enumerated() {
            row.centre = Int(input.list.centres[listRow])
            row.count = pack(listRow, row, input: input, descriptor: descriptor, overflow: &overflow.twoBody)
            let nearest = describe(slot, row, descriptor)
            if nearest < descriptor.nearest, result.tooClose == nil { result.tooClose = closestPair(row) }
            if let threeBody {
                row.nearCount = describeTriples(slot, row, threeBody, overflow: &overflow.threeBody)
            }
            rows.base[slot] = row
            row = row.next
        }
        result.overflow = overflow
        kernels.fitting.evaluate(
            rows: listRows.count, descriptors: descriptors.base, energies: energies.base, scratch: fittingScratch.base)
        for slot in 0..<listRows.count {
            let row = rows.base[slot]
            input.energies[row.centre] = energies.base[slot]
            differentiate(slot, row, descriptor, virial: result.virial.base)
            if let threeBody { differentiateTriples(slot, row, threeBody, virial: result.virial.base) }
            addForces(row, to: result.forces.base)
        }
    }

    private func contracted(_ slot: Int) -> UnsafeMutablePointer<Float> {
        contracted.base + slot * 4 * size.paddedWidth
    }

    private func descriptor(_ slot: Int) -> UnsafeMutablePointer<Float> { descriptors.base + slot * size.dimension }

    /// T stands at the end of a row of descriptors.
    private func threeBody(_ slot: Int) -> UnsafeMutablePointer<Float> {
        descriptor(slot + 1) - size.threeBodyWidth
    }

    /// From the packed displacements of a row to D; returns the least distance (Å).
    private func describe(_ slot: Int, _ row: Row, _ kernel: DescriptorKernel) -> Float {
        let nearest = kernel.prepare(neighbours, start: row.start, count: row.count)
        kernel.contract(
            neighbours, start: row.start, count: row.count, found: found.base, into: contracted(slot))
        kernel.square(contracted(slot), into: descriptor(slot))
        return nearest
    }

    /// From the neighbours of a row that `describe` has been through to T; returns the number of near neighbours.
    private mutating func describeTriples(
        _ slot: Int, _ row: Row, _ kernel: ThreeBodyKernel, overflow: inout NeighbourOverflow.Counter?
    ) -> Int {
        let count = kernel.pack(
            neighbours, start: row.start, found: found.base, into: &near, at: row.nearStart, near: nearFound.base)
        for type in kernel.sel.indices { overflow?.record(nearFound.base[type], ofType: type) }
        kernel.contract(
            &near, start: row.nearStart, near: nearFound.base, pairs: row.pairStart, into: threeBody(slot))
        return count
    }

    /// From dE/dD of a row to dE/dr_ij of its neighbours.
    private func differentiate(
        _ slot: Int, _ row: Row, _ kernel: DescriptorKernel, virial: UnsafeMutablePointer<Double>
    ) {
        kernel.differentiateSquare(
            contracted(slot), gradient: descriptor(slot), into: slopes.base, scratch: kernelScratch.base)
        kernel.differentiate(
            neighbours, start: row.start, count: row.count, slopes: slopes.base, scratch: kernelScratch.base)
        kernel.gatherForces(neighbours, start: row.start, count: row.count, virial: virial)
    }

    /// Adds what dE/dT of a row makes of its near neighbours' dE/dr_ij.
    private func differentiateTriples(
        _ slot: Int, _ row: Row, _ kernel: ThreeBodyKernel, virial: UnsafeMutablePointer<Double>
    ) {
        threeBodySlopes.base.update(from: threeBody(slot), count: size.threeBodyWidth)
        kernel.differentiate(
            near, start: row.nearStart, count: row.nearCount, pairs: row.pairStart, slopes: threeBodySlopes.base,
            scratch: kernelScratch.base)
        kernel.gatherForces(near, start: row.nearStart, count: row.nearCount, into: neighbours, virial: virial)
    }
}
