import DeepPotential

/// The environment matrix of one atom: `PairRecord`s and `PairColumns` of its neighbours.
enum EnvironmentKernel {
    /// Fills the columns and records of `atom` of `geometry`; `records` and `columns` begin at the atom's first pair.
    ///
    /// Columns are filled up to a whole vector with pairs beyond the cutoff. The records end with one per type for the
    /// padded slots of `sel`, which the pairs' count does not include.
    /// - Parameter batchStart: the number of the frame's first atom in the batch.
    /// - Parameter rowStride: vectors from one knot of a table to the next.
    static func fill(
        _ geometry: FrameGeometry, atom: Int, type: Int, batchStart: Int, settings: EnvironmentSettings,
        rowStride: Int, records: UnsafeMutablePointer<PairRecord>, columns: PairColumns, at start: Int
    ) {
        let types = settings.typeCount
        geometry.positions.withUnsafeBufferPointer { positions in
            geometry.starts.withUnsafeBufferPointer { starts in
                geometry.pairs.withUnsafeBufferPointer { pairs in
                    geometry.shifts.withUnsafeBufferPointer { shifts in
                        let first = Int(starts[atom * types])
                        let count = Int(starts[(atom + 1) * types]) - first
                        let (xi, yi, zi) = (positions[3 * atom], positions[3 * atom + 1], positions[3 * atom + 2])
                        for n in 0..<count {
                            let pair = pairs[first + n]
                            let j = Int(pair & FrameGeometry.atomMask)
                            let shift = shifts[Int(pair >> FrameGeometry.shiftBits)]
                            columns.x[start + n] = positions[3 * j] + shift.x - xi
                            columns.y[start + n] = positions[3 * j + 1] + shift.y - yi
                            columns.z[start + n] = positions[3 * j + 2] + shift.z - zi
                            records[n].atom = Int32(batchStart + j)
                        }
                        let padded = Vector.padded(count)
                        for n in count..<padded {
                            columns.x[start + n] = 2 * settings.cutoff
                            columns.y[start + n] = 0
                            columns.z[start + n] = 0
                        }
                        differentiate(
                            columns, start: start, count: padded, cutoff: settings.cutoff,
                            smoothStart: settings.smoothStart)
                        for neighbour in 0..<types {
                            let begin = Int(starts[atom * types + neighbour]) - first
                            let end = Int(starts[atom * types + neighbour + 1]) - first
                            interpolate(
                                begin..<end, type: type, neighbour: neighbour, settings, rowStride: rowStride,
                                records: records, columns: columns, at: start)
                            pad(
                                settings.sel[neighbour] - (end - begin), type: type, neighbour: neighbour, settings,
                                rowStride: rowStride, into: &records[count + neighbour])
                        }
                    }
                }
            }
        }
    }

    /// The record that stands for all padded slots of one type: their rows are zero before normalisation.
    private static func pad(
        _ slots: Int, type: Int, neighbour: Int, _ settings: EnvironmentSettings, rowStride: Int,
        into record: inout PairRecord
    ) {
        record = PairRecord()
        record.row = Float(slots) * (-settings.averages[type] * settings.rowScales[type])
        let knot = record.place(
            settings.knotOrigins[type * settings.typeCount + neighbour], last: Int32(settings.grid.intervals - 1))
        record.offset = Int32(neighbour * (settings.grid.intervals + 1) * rowStride) + knot * Int32(rowStride)
    }

    /// The switched derivatives of all pairs at once.
    static func differentiate(
        _ columns: PairColumns, start: Int, count: Int, cutoff: Float, smoothStart: Float
    ) {
        let scale = 1 / (cutoff - smoothStart)
        for n in stride(from: start, to: start + count, by: 16) {
            let x = Vector.load(columns.x + n)
            let y = Vector.load(columns.y + n)
            let z = Vector.load(columns.z + n)
            let r2 = x * x + y * y + z * z
            let r = r2.squareRoot()
            var u = (r - smoothStart) * scale
            u = u.replacing(with: 0, where: u .< 0)
            u = u.replacing(with: 1, where: u .> 1)
            let u2 = u * u
            let w = u2 * u * (-6 * u2 + 15 * u - 10) + 1
            let slope = -30 * u2 * (1 - u) * (1 - u) * scale
            let inverse = 1 / r
            let inverse2 = inverse * inverse
            ((slope - w * inverse) * inverse2).store(columns.first + n)
            ((slope - 2 * w * inverse) * inverse2 * inverse).store(columns.second + n)
            (w * inverse2).store(columns.third + n)
        }
    }

    /// The normalised rows and the table weights of the neighbours of one type.
    private static func interpolate(
        _ range: Range<Int>, type: Int, neighbour: Int, _ settings: EnvironmentSettings, rowStride: Int,
        records: UnsafeMutablePointer<PairRecord>, columns: PairColumns, at start: Int
    ) {
        let knotScale = settings.knotScales[type * settings.typeCount + neighbour]
        let knotOrigin = settings.knotOrigins[type * settings.typeCount + neighbour]
        let average = settings.averages[type]
        let scale = settings.rowScales[type]
        let last = Int32(settings.grid.intervals - 1)
        let table = Int32(neighbour * (settings.grid.intervals + 1) * rowStride)
        for n in range {
            let (x, y, z) = (columns.x[start + n], columns.y[start + n], columns.z[start + n])
            let third = columns.third[start + n]
            // w/r = (w/r²)·r
            let s = third * (x * x + y * y + z * z).squareRoot()
            records[n].row = (SIMD4(s, third * x, third * y, third * z) - average) * scale
            let knot = records[n].place(s * knotScale + knotOrigin, last: last)
            records[n].offset = table + knot * Int32(rowStride)
        }
    }
}
