import Files
import Structures

/// The symmetric tensor Σ Δs_α Δs_β in fractional coordinates: aa, bb, cc, ab, ac, bc.
struct DisplacementTensor {
    var components: SIMD8<Double>

    /// Σ Δr_x², Σ Δr_y², Σ Δr_z² with Δr = Δs·H.
    func diagonal(_ cell: Matrix3) -> SIMD3<Double> {
        let (a, b, c) = cell.rows
        let pairs = [a * a, b * b, c * c, 2 * a * b, 2 * a * c, 2 * b * c]
        var diagonal = SIMD3<Double>.zero
        for index in 0..<6 { diagonal += components[index] * pairs[index] }
        return diagonal
    }
}

/// One level of `OnTheFlyMSD`: the last frames at one stride, and the sums over the windows that end in them.
struct MSDLevel: Equatable, Sendable, Codable {
    /// Frames between the frames that this level keeps.
    let stride: Int
    private let blockLength: Int
    private let atomCount: Int
    /// Frames that this level has seen.
    private var count = 0
    /// [blockLength, atoms, 3], a ring.
    private var history: PackedArray<Double>
    /// [lags, atoms, 6].
    private var atomSums: PackedArray<Double>
    /// [segments, lags, 6], summed over atoms.
    private var segmentSums: PackedArray<Double>
    /// [segments, lags].
    private var segmentWindows: PackedArray<Int>
    /// Windows summed, one per lag.
    private(set) var windows: [Int]

    init(stride: Int, blockLength: Int, atomCount: Int) {
        self.stride = stride
        self.blockLength = blockLength
        self.atomCount = atomCount
        let lags = stride == 1 ? blockLength : blockLength / 2
        history = PackedArray([Double](repeating: 0, count: 3 * atomCount * blockLength))
        atomSums = PackedArray([Double](repeating: 0, count: 6 * atomCount * lags))
        segmentSums = PackedArray([Double](repeating: 0, count: 6 * lags * OnTheFlyMSD.maximumSegments))
        segmentWindows = PackedArray([Int](repeating: 0, count: lags * OnTheFlyMSD.maximumSegments))
        windows = [Int](repeating: 0, count: lags)
    }

    var lagCount: Int { windows.count }

    /// The first lag in units of the stride, minus one: shorter ones are the finer levels'.
    private var offset: Int { blockLength - lagCount }

    /// The lag (frames) of a row.
    func lag(row: Int) -> Int { (offset + row + 1) * stride }

    func atomTensor(row: Int, atom: Int) -> DisplacementTensor {
        Self.tensor(atomSums.values, at: 6 * (row * atomCount + atom))
    }

    func segmentTensor(row: Int, segment: Int) -> DisplacementTensor {
        Self.tensor(segmentSums.values, at: 6 * (segment * lagCount + row))
    }

    func segmentWindowCount(row: Int, segment: Int) -> Int { segmentWindows.values[segment * lagCount + row] }

    private static func tensor(_ values: [Double], at start: Int) -> DisplacementTensor {
        var components = SIMD8<Double>.zero
        for index in 0..<6 { components[index] = values[start + index] }
        return DisplacementTensor(components: components)
    }

    /// Sums every window of this level that ends in `positions` ([atoms, 3]) and keeps the frame.
    mutating func add(_ positions: [Double], segment: Int) {
        let (atoms, lags, offset, length, count) = (atomCount, lagCount, offset, blockLength, count)
        let size = 3 * atoms
        positions.withUnsafeBufferPointer { now in
            history.values.withUnsafeMutableBufferPointer { history in
                atomSums.values.withUnsafeMutableBufferPointer { sums in
                    segmentSums.values.withUnsafeMutableBufferPointer { totals in
                        for row in 0..<lags where offset + row + 1 <= count {
                            let then = ((count - offset - row - 1) % length) * size
                            let total = Self.accumulate(
                                UnsafeBufferPointer(rebasing: history[then..<then + size]), now,
                                into: UnsafeMutableBufferPointer(
                                    rebasing: sums[6 * atoms * row..<6 * atoms * (row + 1)]))
                            let start = 6 * (segment * lags + row)
                            for index in 0..<6 { totals[start + index] += total[index] }
                        }
                    }
                }
                let slot = (count % length) * size
                for index in 0..<size { history[slot + index] = now[index] }
            }
        }
        for row in 0..<lags where offset + row + 1 <= count {
            windows[row] += 1
            segmentWindows.values[segment * lags + row] += 1
        }
        self.count += 1
    }

    /// Adds each atom's Δs ⊗ Δs to its six sums; returns the sum over atoms.
    private static func accumulate(
        _ then: UnsafeBufferPointer<Double>, _ now: UnsafeBufferPointer<Double>,
        into sums: UnsafeMutableBufferPointer<Double>
    ) -> SIMD8<Double> {
        let count = now.count / 3
        var total = SIMD8<Double>.zero
        let (then, now, sums) = (then.baseAddress!, now.baseAddress!, sums.baseAddress!)
        for atom in 0..<count {
            let x = now[3 * atom] - then[3 * atom]
            let y = now[3 * atom + 1] - then[3 * atom + 1]
            let z = now[3 * atom + 2] - then[3 * atom + 2]
            let sum = sums + 6 * atom
            sum[0] += x * x
            sum[1] += y * y
            sum[2] += z * z
            sum[3] += x * y
            sum[4] += x * z
            sum[5] += y * z
            total += SIMD8(x * x, y * y, z * z, x * y, x * z, y * z, 0, 0)
        }
        return total
    }

    /// Joins segments 0 and 1, 2 and 3, ... when the run outgrows them.
    mutating func joinSegments() {
        let half = OnTheFlyMSD.maximumSegments / 2
        let (sumSize, windowSize) = (6 * lagCount, lagCount)
        for segment in 0..<half {
            for index in 0..<sumSize {
                segmentSums.values[segment * sumSize + index] =
                    segmentSums.values[2 * segment * sumSize + index]
                    + segmentSums.values[(2 * segment + 1) * sumSize + index]
            }
            for index in 0..<windowSize {
                segmentWindows.values[segment * windowSize + index] =
                    segmentWindows.values[2 * segment * windowSize + index]
                    + segmentWindows.values[(2 * segment + 1) * windowSize + index]
            }
        }
        for index in half * sumSize..<segmentSums.values.count { segmentSums.values[index] = 0 }
        for index in half * windowSize..<segmentWindows.values.count { segmentWindows.values[index] = 0 }
    }
}
