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
    /// Of the file's times, where it names no unit; nil takes ps.
    public var timeUnit: TimeUnit?
    /// Of all frames, where the file has none.
    public var cell: Cell?
    /// The atoms, where the file does not name them.
    public var species: [Species]?
    /// How positions are held; nil looks at them.
    public var coordinates: PathContinuation.Coordinates?
    /// Discarded at the beginning (ps).
    public var equilibration: Double
    /// The ion that diffuses; all others are the framework.
    public var mobile: Species
    /// Of the ion (e); nil takes the usual one.
    public var charge: Double?
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
        /// Of the ion (e), when there is a conductivity.
        public var charge: Double?
        /// Whether there are other atoms, whose drift was taken out.
        public var hasFramework: Bool
        /// What the user should know of the numbers.
        public var remarks: [String]
    }

    /// Reads the trajectory frame by frame.
    ///
    /// - Throws: `InputError` for a fault in the file, too little left after the equilibration, an ion that is not there or
    ///   moves too far between frames, or a temperature that is not the run's.
    public func run(progress: ProgressMeter) throws -> Result {
        if let charge, charge == 0 || !charge.isFinite {
            throw InputError(place: "--charge", problem: "\(charge) e is no charge of an ion")
        }
        let frames = try TrajectoryFrames(
            path, .init(interval: frameInterval, timeUnit: timeUnit, cell: cell, species: species))
        let first = try firstFrame(frames)
        let start = try frames.frame(first).structure
        let ions = start.species.indices.filter { start.species[$0] == mobile }
        guard !ions.isEmpty else {
            let there = start.speciesInOrder.map(\.symbol).joined(separator: ", ")
            throw InputError(
                file: path, problem: "there is no \(mobile) among \(there)", mend: "name one of them with --mobile")
        }
        var remarks = frames.remarks
        let coordinates = try coordinates ?? coordinates(of: frames, from: first, &remarks)
        var continuation = PathContinuation(coordinates)
        var unwrapper = try Unwrapper(species: start.species, mobile: ions)
        var msd = OnTheFlyMSD(frameInterval: frames.interval, atomCount: ions.count)
        var thermometer = Thermometer()
        progress.begin("analyze")
        for index in first..<frames.count {
            let frame = try frames.frame(index)
            thermometer.add(frame.structure)
            do {
                let (cell, positions) = try continuation.advance(
                    cell: frame.structure.cell, positions: frame.positions)
                msd.add(try unwrapper.advance(cell: cell, positions: positions, isContinuous: true))
            } catch var error as InputError {
                error.file = error.file ?? path
                error.place = ["frame \(index)", error.place].compactMap { $0 }.joined(separator: ", ")
                throw error
            }
            progress.update(Double(index - first + 1) / Double(frames.count - first))
        }
        progress.finish("analyze: \(frames.count - first) frames")
        remarks += continuation.remarks
        if unwrapper.framework.isEmpty { remarks.append("there are no atoms but \(mobile): no drift was removed") }
        let samples = msd.samples(cell: unwrapper.meanCell)
        let diffusion = try DiffusionEstimator().estimate(samples)
        if let temperature { try thermometer.check(temperature, path) }
        let charge = self.charge ?? mobile.usualCharge
        if temperature != nil, charge == nil {
            remarks.append("the charge of \(mobile) is not known, so that there is no conductivity (see --charge)")
        }
        var conductivity: Estimate?
        if let temperature, let charge, let estimate = diffusion.estimate {
            conductivity = NernstEinstein.conductivity(
                diffusion: estimate.diffusion, ions: ions.count, volume: abs(unwrapper.meanCell.determinant),
                temperature: temperature, charge: charge)
        }
        return Result(
            diffusion: diffusion, curve: samples.curve, conductivity: conductivity, charge: charge,
            hasFramework: !unwrapper.framework.isEmpty, remarks: remarks)
    }

    private func firstFrame(_ frames: TrajectoryFrames) throws -> Int {
        guard equilibration >= 0, equilibration.isFinite else {
            throw InputError(
                place: "--equilibration", problem: "\(equilibration) ps cannot be discarded",
                mend: "give a time that is not negative")
        }
        // Times are multiples of the interval within rounding.
        let first = Count.rounding(equilibration / frames.interval - 1e-6, .up, in: 0...frames.count)
        guard let first, frames.count - first >= 2 else {
            throw InputError(
                file: path,
                problem:
                    "of \(Double(frames.count - 1) * frames.interval) ps nothing is left after \(equilibration) ps",
                mend: "discard less")
        }
        return first
    }

    /// Looks at as many as five hundred frames.
    private func coordinates(
        of frames: TrajectoryFrames, from first: Int, _ remarks: inout [String]
    ) throws -> PathContinuation.Coordinates {
        var lowest = SIMD3(repeating: Double.infinity)
        var highest = -lowest
        let stride = max(1, (frames.count - first) / 500)
        for index in Swift.stride(from: frames.count - 1, through: first, by: -stride) {
            let frame = try frames.frame(index)
            if frame.images != nil { return .unwrapped }
            if !frame.structure.isPeriodic { return .unwrapped }
            for position in frame.structure.positions {
                let s = frame.structure.cell.fractional(position)
                lowest = pointwiseMin(lowest, s)
                highest = pointwiseMax(highest, s)
            }
        }
        let found = PathContinuation.Coordinates(lowest: lowest, highest: highest)
        if found == .unwrapped {
            remarks.append("positions go beyond the cell and were taken as unwrapped (see --coordinates)")
        }
        return found
    }
}

extension TrajectoryFrames.Frame {
    /// With the cells that atoms have left behind, where the file tells.
    var positions: [SIMD3<Double>] {
        guard let images else { return structure.positions }
        return zip(structure.positions, images).map { $0 + structure.cell.cartesian($1) }
    }
}
