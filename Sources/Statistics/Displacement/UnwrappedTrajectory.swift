import Files
import Structures

/// The mobile ions' paths of a whole trajectory, kept in memory for the MSD over all windows.
///
/// Twelve bytes per atom and frame: displacements since the first frame, in fractional coordinates, as Float (a ten
/// thousandth of an Å in the largest cells of interest). For longer runs use `OnTheFlyMSD`, whose memory is bounded.
public struct UnwrappedTrajectory: Sendable {
    /// Time between successive frames (ps).
    public let frameInterval: Double
    public private(set) var unwrapper: Unwrapper
    private var first: [SIMD3<Double>] = []
    private var displacements: [Float] = []

    /// - Parameters:
    ///   - frameInterval: ps.
    ///   - species: of every atom.
    ///   - mobile: indices of the mobile atoms; nil for every lithium.
    /// - Throws: `InputError` when there is no mobile atom or the interval is not greater than zero.
    public init(frameInterval: Double, species: [Species], mobile: [Int]? = nil) throws {
        guard frameInterval > 0, frameInterval.isFinite else {
            throw InputError(problem: "the time between frames is \(frameInterval) ps", mend: "give a time above zero")
        }
        self.frameInterval = frameInterval
        unwrapper = try Unwrapper(species: species, mobile: mobile)
    }

    /// Takes the next frame: all atoms, Cartesian (Å), wrapped or not.
    public mutating func append(cell: Cell, positions: [SIMD3<Double>]) throws {
        let fractional = try unwrapper.advance(cell: cell, positions: positions)
        if first.isEmpty { first = fractional }
        for (now, start) in zip(fractional, first) {
            let d = SIMD3<Float>(now - start)
            displacements.append(d.x)
            displacements.append(d.y)
            displacements.append(d.z)
        }
    }

    public var atomCount: Int { unwrapper.mobile.count }
    public var frameCount: Int { unwrapper.frameCount }

    /// Cartesian displacement (Å, with the mean cell) of a mobile atom since the first frame.
    public func displacement(frame: Int, atom: Int) -> SIMD3<Double> {
        let start = 3 * (frame * atomCount + atom)
        let fractional = SIMD3(displacements[start], displacements[start + 1], displacements[start + 2])
        return SIMD3<Double>(fractional) * unwrapper.meanCell
    }

    /// The sums that `DiffusionEstimator` takes, at the lags of `OnTheFlyMSD`.
    public func samples() -> DisplacementSamples {
        var running = OnTheFlyMSD(frameInterval: frameInterval, atomCount: atomCount)
        for frame in 0..<frameCount {
            running.add(
                (0..<atomCount).map { atom in
                    let start = 3 * (frame * atomCount + atom)
                    return SIMD3<Double>(
                        SIMD3(displacements[start], displacements[start + 1], displacements[start + 2]))
                })
        }
        return running.samples(cell: unwrapper.meanCell)
    }

    /// The MSD at lags of 1 to `maximumLag` frames over every window of the trajectory, by Fourier transforms.
    ///
    /// S1 − 2 S2 of Calandrini et al., Collection SFN 12, 201 (2011): the sum of squares of both ends minus twice
    /// their correlation. The cost is that of one transform per atom and axis.
    ///
    /// - Throws: `InputError` when `maximumLag` is not within the trajectory.
    public func meanSquaredDisplacement(maximumLag: Int? = nil) throws -> MeanSquaredDisplacement {
        let (frames, atoms) = (frameCount, atomCount)
        let longest = maximumLag ?? frames - 1
        guard longest >= 1, longest < frames else {
            throw InputError(
                problem: "a lag of \(longest) frames in a trajectory of \(frames)",
                mend: "give at least two frames and a lag shorter than the trajectory")
        }
        let length = Fourier.paddedLength(frames)
        let cell = unwrapper.meanCell
        var power = [[Double]](repeating: [Double](repeating: 0, count: length / 2 + 1), count: 3)
        var squares = [SIMD3<Double>](repeating: .zero, count: frames)
        var columns = [[Double]](repeating: [Double](repeating: 0, count: length), count: 3)
        for atom in 0..<atoms {
            gather(atom: atom, cell: cell, into: &columns)
            for frame in 0..<frames {
                let r = SIMD3(columns[0][frame], columns[1][frame], columns[2][frame])
                squares[frame] += r * r
            }
            for axis in 0..<3 {
                for index in frames..<length { columns[axis][index] = 0 }
                try Fourier.addPower(of: &columns[axis], to: &power[axis])
            }
        }
        let correlations = try power.map { try Fourier.correlation(power: $0, count: longest + 1) }
        var axes: [SIMD3<Double>] = []
        var ends = 2 * squares.reduce(.zero, +)
        for lag in 1...longest {
            ends -= squares[lag - 1] + squares[frames - lag]
            let correlation = SIMD3(correlations[0][lag], correlations[1][lag], correlations[2][lag])
            axes.append((ends - 2 * correlation) / Double(atoms * (frames - lag)))
        }
        return MeanSquaredDisplacement(
            frameInterval: frameInterval, frameCount: frames, atomCount: atoms, lags: Array(1...longest),
            origins: (1...longest).map { frames - $0 }, axes: axes)
    }

    /// The Cartesian path of one atom about its own mean, which keeps the cancellation in S1 − 2 S2 small.
    private func gather(atom: Int, cell: Matrix3, into columns: inout [[Double]]) {
        var mean = SIMD3<Double>.zero
        displacements.withUnsafeBufferPointer { values in
            for frame in 0..<frameCount {
                let start = 3 * (frame * atomCount + atom)
                let s = SIMD3(Double(values[start]), Double(values[start + 1]), Double(values[start + 2]))
                let r = s * cell
                mean += r
                columns[0][frame] = r.x
                columns[1][frame] = r.y
                columns[2][frame] = r.z
            }
        }
        mean /= Double(frameCount)
        for axis in 0..<3 {
            for frame in 0..<frameCount { columns[axis][frame] -= mean[axis] }
        }
    }
}
