import Files
import Foundation
import Statistics
import Structures
import Testing

@Suite struct MeanSquaredDisplacementTests {
    private let species = [Species.lithium, .lithium, .lithium, .germanium]
    private let cell = try! Cell(Matrix3(SIMD3(8, 0, 0), SIMD3(0.5, 9, 0), SIMD3(-0.3, 0.7, 12)))

    /// Random walks with a different step along each axis, in a triclinic cell.
    private func walk(_ frames: Int, seed: UInt64) -> [[SIMD3<Double>]] {
        var stream = RandomStream(seed: seed, name: "walk")
        var positions = [SIMD3<Double>](repeating: .zero, count: 3)
        return (0..<frames).map { _ in
            for atom in 0..<3 { positions[atom] += stream.gaussianVector() * SIMD3(0.3, 0.2, 0.5) }
            return positions + [SIMD3(1, 1, 1)]
        }
    }

    /// The definition, window by window.
    private func direct(_ frames: [[SIMD3<Double>]], lag: Int) -> SIMD3<Double> {
        var sum = SIMD3<Double>.zero
        for start in 0..<frames.count - lag {
            for atom in 0..<3 {
                let d = frames[start + lag][atom] - frames[start][atom]
                sum += d * d
            }
        }
        return sum / Double(3 * (frames.count - lag))
    }

    /// Storage as Float limits the agreement: 1e-7 of the path's length (tens of Å) times the displacement.
    @Test func fourierTransformsGiveTheDirectSum() throws {
        let frames = walk(300, seed: 31)
        var trajectory = try UnwrappedTrajectory(frameInterval: 0.1, species: species)
        for frame in frames { try trajectory.append(cell: cell, positions: frame.map(cell.wrap)) }
        let msd = try trajectory.meanSquaredDisplacement()
        #expect(msd.lags == Array(1...299) && msd.times[9] == 1 && msd.origins[9] == 290)
        for lag in [1, 2, 3, 10, 77, 150, 298, 299] {
            let expected = direct(frames, lag: lag)
            #expect((msd.axes[lag - 1] - expected).norm < 1e-4 * expected.norm)
        }
        #expect(abs(msd.total[5] - msd.axes[5].sum()) < 1e-15)
        let short = try trajectory.meanSquaredDisplacement(maximumLag: 20)
        #expect(short.axes == Array(msd.axes.prefix(20)))
    }

    /// Level 0 has every window; level l every 2ˡ-th origin, each displacement exact.
    @Test func onTheFlyGivesTheDirectSumOfItsOrigins() throws {
        let frames = walk(300, seed: 32)
        var unwrapper = try Unwrapper(species: species)
        var running = OnTheFlyMSD(frameInterval: 0.1, atomCount: 3)
        for frame in frames { running.add(try unwrapper.advance(cell: cell, positions: frame.map(cell.wrap))) }
        let samples = running.samples(cell: unwrapper.meanCell)
        let curve = samples.curve
        #expect(curve.lags.prefix(16) == Array(1...16)[...])
        #expect(curve.lags.contains(256) && curve.frameCount == 300)
        for (row, lag) in curve.lags.enumerated() {
            var stride = 1
            while 16 * stride < lag { stride *= 2 }
            var (sum, windows) = (SIMD3<Double>.zero, 0)
            for start in Swift.stride(from: 0, to: 300 - lag, by: stride) {
                windows += 1
                for atom in 0..<3 {
                    let d = frames[start + lag][atom] - frames[start][atom]
                    sum += d * d / 3
                }
            }
            #expect(curve.origins[row] == windows)
            #expect((curve.axes[row] - sum / Double(windows)).norm < 1e-10 * sum.norm)
            let atoms = (0..<3).reduce(SIMD3<Double>.zero) { $0 + samples.msd(lag: row, atom: $1) } / 3
            #expect((atoms - curve.axes[row]).norm < 1e-12 * atoms.norm)
        }
    }

    /// 300 frames are more than the segments that are kept, so pairs were joined; nothing may be lost.
    @Test func segmentsAddUpToTheWhole() throws {
        var running = OnTheFlyMSD(frameInterval: 1, atomCount: 3)
        for frame in walk(300, seed: 33) { running.add(Array(frame.prefix(3))) }
        let samples = running.samples(cell: .identity)
        for (row, segments) in samples.segments.enumerated() {
            #expect(segments.count == 150)
            let windows = segments.reduce(0) { $0 + $1.windows }
            let sum = segments.reduce(SIMD3<Double>.zero) { $0 + $1.sum }
            #expect(windows == samples.curve.origins[row])
            #expect((sum / Double(windows) - samples.curve.axes[row]).norm < 1e-10 * sum.norm)
        }
        // A window belongs to the segment that it ends in: lag 16 first ends in frame 16, the ninth pair of frames.
        #expect(samples.segments[15].firstIndex { $0.windows > 0 } == 8)
    }

    @Test func aCheckpointContinuesBitForBit() throws {
        let frames = walk(200, seed: 34)
        var running = OnTheFlyMSD(frameInterval: 1, atomCount: 3)
        for frame in frames.prefix(90) { running.add(Array(frame.prefix(3))) }
        var restored = try JSONDecoder().decode(OnTheFlyMSD.self, from: JSONEncoder().encode(running))
        for frame in frames.dropFirst(90) {
            running.add(Array(frame.prefix(3)))
            restored.add(Array(frame.prefix(3)))
        }
        #expect(running == restored)
        #expect(running.samples(cell: .identity) == restored.samples(cell: .identity))
    }

    @Test func tooShortTrajectoriesAreRefused() throws {
        #expect(throws: InputError.self) { try UnwrappedTrajectory(frameInterval: 0, species: species) }
        var trajectory = try UnwrappedTrajectory(frameInterval: 0.1, species: species)
        #expect(throws: InputError.self) { try trajectory.meanSquaredDisplacement() }
        for frame in walk(5, seed: 35) { try trajectory.append(cell: cell, positions: frame) }
        #expect(throws: InputError.self) { try trajectory.meanSquaredDisplacement(maximumLag: 5) }
    }
}
