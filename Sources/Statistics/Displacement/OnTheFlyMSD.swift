import Files
import Structures

/// The MSD of a running simulation in bounded memory: every window up to `blockLength` frames, coarser origins beyond.
///
/// Level 0 keeps the last `blockLength` frames and yields every lag of 1 to `blockLength` frames from every origin.
/// Level l keeps every 2ˡ-th frame and yields the lags of blockLength/2 + 1 to blockLength times 2ˡ frames from origins
/// 2ˡ frames apart, which are never farther apart than an eighth of the lag, so next to nothing of the statistics is
/// lost (the order-n scheme of Frenkel and Smit, Understanding Molecular Simulation, ch. 4.4; the multiple-tau scheme of
/// Ramírez et al., J. Chem. Phys. 133, 154103 (2010), but without averaging positions, so that each displacement is
/// exact). Memory and work per frame grow with the logarithm of the run's length. Sums are kept per atom and per
/// segment of the run, which is what error bars need, and of the atoms' summed displacement, which tells how far they
/// move together.
///
/// Positions are fractional coordinates as `Unwrapper.advance` gives them; `samples(cell:)` makes them Cartesian.
public struct OnTheFlyMSD: Equatable, Sendable, Codable {
    /// Time between successive frames (ps).
    public let frameInterval: Double
    public let atomCount: Int
    /// Frames that each level keeps; a power of two.
    public let blockLength: Int
    /// Frames seen.
    public private(set) var frameCount = 0
    /// Segments of the run that sums are kept for; they are joined in pairs when there are more.
    static let maximumSegments = 256
    private var segmentLength = 1
    private var first = PackedArray<Double>([])
    private var levels: [MSDLevel] = []

    /// - Parameters:
    ///   - frameInterval: ps, greater than zero.
    ///   - atomCount: mobile atoms.
    ///   - blockLength: a power of two, at least 16.
    public init(frameInterval: Double, atomCount: Int, blockLength: Int = 16) {
        precondition(frameInterval > 0 && atomCount > 0, "an interval and a number of atoms above zero")
        precondition(blockLength >= 16 && blockLength.nonzeroBitCount == 1, "a power of two, at least 16")
        self.frameInterval = frameInterval
        self.atomCount = atomCount
        self.blockLength = blockLength
    }

    /// Takes the next frame: continued fractional coordinates of the mobile atoms.
    public mutating func add(_ fractional: [SIMD3<Double>]) {
        precondition(fractional.count == atomCount, "one position per atom")
        var positions = [Double](repeating: 0, count: 3 * atomCount)
        for (atom, s) in fractional.enumerated() {
            positions[3 * atom] = s.x
            positions[3 * atom + 1] = s.y
            positions[3 * atom + 2] = s.z
        }
        if frameCount == 0 { first = PackedArray(positions) }
        if frameCount == segmentLength * Self.maximumSegments {
            for level in levels.indices { levels[level].joinSegments() }
            segmentLength *= 2
        }
        let segment = frameCount / segmentLength
        var (level, stride) = (0, 1)
        while frameCount % stride == 0 && (frameCount > 0 || level == 0) {
            if level == levels.count {
                levels.append(MSDLevel(stride: stride, blockLength: blockLength, atomCount: atomCount))
                if frameCount > 0 { levels[level].add(first.values, segment: 0) }
            }
            levels[level].add(positions, segment: segment)
            (level, stride) = (level + 1, 2 * stride)
        }
        frameCount += 1
    }

    /// The averages so far.
    ///
    /// - Parameter cell: rows a, b, c (Å), the mean cell of the run.
    public func samples(cell: Matrix3) -> DisplacementSamples {
        var (lags, origins, axes) = ([Int](), [Int](), [SIMD3<Double>]())
        var perAtom: [SIMD3<Double>] = []
        var segments: [[DisplacementSamples.Segment]] = []
        let segmentCount = (frameCount + segmentLength - 1) / segmentLength
        for level in levels {
            for row in 0..<level.lagCount where level.windows[row] > 0 {
                let windows = Double(level.windows[row])
                let atoms = (0..<atomCount).map { level.atomTensor(row: row, atom: $0).diagonal(cell) / windows }
                lags.append(level.lag(row: row))
                origins.append(level.windows[row])
                axes.append(atoms.reduce(.zero, +) / Double(atomCount))
                perAtom += atoms
                segments.append(
                    (0..<segmentCount).map {
                        DisplacementSamples.Segment(
                            windows: level.segmentWindowCount(row: row, segment: $0),
                            sum: level.segmentTensor(row: row, segment: $0).diagonal(cell) / Double(atomCount),
                            collective: level.collectiveTensor(row: row, segment: $0).diagonal(cell)
                                / Double(atomCount))
                    })
            }
        }
        let curve = MeanSquaredDisplacement(
            frameInterval: frameInterval, frameCount: frameCount, atomCount: atomCount, lags: lags, origins: origins,
            axes: axes)
        return DisplacementSamples(
            curve: curve, perAtom: perAtom, segments: segments, segmentLength: segmentLength)
    }
}
