import Files
import Foundation
import Parallel
import Statistics
import Structures

/// `lgps-bench analyze`: what a trajectory tells about diffusion.
public struct TrajectoryAnalysis: Sendable {
    public var path: String
    /// Time between frames (ps), for files that do not tell it.
    public var frameInterval: Double?
    /// Discarded at the beginning (ps).
    public var equilibration: Double
    /// The ion that diffuses; all others are the framework.
    public var mobile: Species
    /// K, for the conductivity; nil leaves it out.
    public var temperature: Double?

    public init(
        path: String, frameInterval: Double? = nil, equilibration: Double = 0, mobile: Species = .lithium,
        temperature: Double? = nil
    ) {
        self.path = path
        self.frameInterval = frameInterval
        self.equilibration = equilibration
        self.mobile = mobile
        self.temperature = temperature
    }

    public struct Result: Sendable {
        public var diffusion: DiffusionResult
        public var curve: MeanSquaredDisplacement
        /// Nernst-Einstein with Haven ratio one (mS/cm), when the temperature is known and the motion diffusive.
        public var conductivity: Estimate?
    }

    /// Reads the trajectory frame by frame.
    ///
    /// - Throws: `InputError` for a fault in the file or too little left after the equilibration.
    public func run(progress: ProgressMeter) throws -> Result {
        let frames = try TrajectoryFrames(path, interval: frameInterval)
        let first = Int((equilibration / frames.interval).rounded(.up))
        guard frames.count - first >= 2 else {
            throw InputError(
                file: path,
                problem:
                    "of \(Double(frames.count - 1) * frames.interval) ps nothing is left after \(equilibration) ps",
                mend: "discard less")
        }
        let start = try frames.structure(first)
        let ions = start.species.indices.filter { start.species[$0] == mobile }
        var unwrapper = try Unwrapper(species: start.species, mobile: ions)
        var msd = OnTheFlyMSD(frameInterval: frames.interval, atomCount: ions.count)
        progress.begin("analyze")
        for frame in first..<frames.count {
            let structure = try frames.structure(frame)
            msd.add(try unwrapper.advance(cell: structure.cell, positions: structure.positions))
            progress.update(Double(frame - first + 1) / Double(frames.count - first))
        }
        progress.finish("analyze: \(frames.count - first) frames")
        let samples = msd.samples(cell: unwrapper.meanCell)
        let diffusion = try DiffusionEstimator().estimate(samples)
        let conductivity = temperature.flatMap { temperature in
            diffusion.estimate.map {
                NernstEinstein.conductivity(
                    diffusion: $0.diffusion, ions: ions.count, volume: abs(unwrapper.meanCell.determinant),
                    temperature: temperature)
            }
        }
        return Result(diffusion: diffusion, curve: samples.curve, conductivity: conductivity)
    }
}
