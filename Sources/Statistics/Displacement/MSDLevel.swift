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
    /// [segments, lags, 6], of the atoms' summed displacement.
    private var collectiveSums: PackedArray<Double>
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
        collectiveSums = segmentSums
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

    func collectiveTensor(row: Int, segment: Int) -> DisplacementTensor {
        Self.tensor(collectiveSums.values, at: 6 * (segment * lagCount + row))
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
                    for row in 0..<lags where offset + row + 1 <= count {
                        let then = ((count - offset - row - 1) % length) * size
                        let moved = Self.accumulate(
                            UnsafeBufferPointer(rebasing: history[then..<then + size]), now,
                            into: UnsafeMutableBufferPointer(
                                rebasing: sums[6 * atoms * row..<6 * atoms * (row + 1)]))
                        let start = 6 * (segment * lags + row)
                        let together = Self.square(moved.total)
                        for index in 0..<6 {
                            segmentSums.values[start + index] += moved.squares[index]
                            collectiveSums.values[start + index] += together[index]
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

    /// Adds each atom's Δs ⊗ Δs to its six sums; returns the sums over atoms of Δs ⊗ Δs and of Δs.
    private static func accumulate(
        _ then: UnsafeBufferPointer<Double>, _ now: UnsafeBufferPointer<Double>,
        into sums: UnsafeMutableBufferPointer<Double>
    ) -> (squares: SIMD8<Double>, total: SIMD4<Double>) {
        let count = now.count / 3
        var (squares, total) = (SIMD8<Double>.zero, SIMD4<Double>.zero)
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
            squares += SIMD8(x * x, y * y, z * z, x * y, x * z, y * z, 0, 0)
            total += SIMD4(x, y, z, 0)
        }
        return (squares, total)
    }

    /// v ⊗ v: xx, yy, zz, xy, xz, yz.
    private static func square(_ v: SIMD4<Double>) -> SIMD8<Double> {
        SIMD8(v.x * v.x, v.y * v.y, v.z * v.z, v.x * v.y, v.x * v.z, v.y * v.z, 0, 0)
    }

    /// Joins segments 0 and 1, 2 and 3, ... when the run outgrows them.
    mutating func joinSegments() {
        Self.join(&segmentSums.values, size: 6 * lagCount)
        Self.join(&collectiveSums.values, size: 6 * lagCount)
        Self.join(&segmentWindows.values, size: lagCount)
    }

    /// Adds rows 2k and 2k + 1 of [segments, size] into row k; the upper half becomes zero.
    private static func join<Number: AdditiveArithmetic>(_ values: inout [Number], size: Int) {
        let half = OnTheFlyMSD.maximumSegments / 2
        for segment in 0..<half {
            for index in 0..<size {
                values[segment * size + index] =
                    values[2 * segment * size + index] + values[(2 * segment + 1) * size + index]
            }
        }
        for index in half * size..<values.count { values[index] = .zero }
    }
}
