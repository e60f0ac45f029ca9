import Structures

/// Between the list's neighbours and a worker's packed ones.
extension BlockWorker {
    /// Packs the neighbours of a row that are inside the cutoff, from `row.start` on; returns their number and leaves the
    /// numbers by type in `found`.
    ///
    /// - Parameter listRow: the row's number in the list.
    func pack(
        _ listRow: Int, _ row: Row, input: BlockInput, descriptor: DescriptorKernel,
        overflow: inout NeighbourOverflow.Counter
    ) -> Int {
        let origin = input.positions[row.centre]
        let limit = Double(descriptor.cutoff) * Double(descriptor.cutoff)
        let (x, y, z) = (neighbours[.x], neighbours[.y], neighbours[.z])
        let (atoms, offsets, densities) = (neighbours.atoms, neighbours.tableOffsets, neighbours[.density])
        let (types, list) = (descriptor.sel.count, input.list)
        var end = row.start
        for type in 0..<types {
            let before = end
            for k in list.starts[listRow * types + type]..<list.starts[listRow * types + type + 1] {
                let entry = list.entries[k]
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
            found.base[type] = end - before
            overflow.record(end - before, ofType: type)
        }
        // The rest of the last vector: at the cutoff, where the weight is zero, in a table without slope.
        for k in end..<Lanes.padded(end) {
            (x[k], y[k], z[k]) = (descriptor.cutoff, 0, 0)
            offsets[k] = descriptor.pairOffsets[0]
            densities[k] = 0
        }
        return end - row.start
    }

    /// The centre and its nearest neighbour (Å); nil without neighbours.
    func closestPair(_ row: Row) -> (centre: Int, neighbour: Int, distance: Double)? {
        let distance = neighbours[.distance]
        return (row.start..<row.start + row.count).min { distance[$0] < distance[$1] }.map {
            (row.centre, Int(neighbours.atoms[$0]), Double(distance[$0]))
        }
    }

    /// F_i += dE/dr_ij, F_j −= dE/dr_ij.
    func addForces(_ row: Row, to forces: UnsafeMutablePointer<SIMD3<Double>>) {
        let (x, y, z) = (neighbours[.gradient1], neighbours[.gradient2], neighbours[.gradient3])
        let atoms = neighbours.atoms
        var own = SIMD3<Double>.zero
        for k in row.start..<row.start + row.count {
            let gradient = SIMD3(Double(x[k]), Double(y[k]), Double(z[k]))
            own += gradient
            forces[Int(atoms[k])] -= gradient
        }
        forces[row.centre] += own
    }
}
