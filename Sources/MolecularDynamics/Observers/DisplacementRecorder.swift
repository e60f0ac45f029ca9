import Files
import Foundation
import Statistics
import Structures

/// Follows the mobile ions during the run and accumulates their mean squared displacement over all windows in bounded
/// memory, framework drift and box dilation taken out, so that no trajectory need be stored to get D.
public final class DisplacementRecorder: Observer {
    /// What was known after a part of the run: D against the length of the trajectory.
    public struct Milestone: Equatable, Sendable, Codable {
        /// Time since the first frame (ps).
        public var time: Double
        public var curve: MeanSquaredDisplacement
        public var diffusion: DiffusionResult
        /// What an estimator needs to judge this part of the run again.
        public var statistics: DisplacementStatistics
    }

    public let name: String
    public let interval: Int
    private let timestep: Double
    private let selection: AtomSelection
    private let firstStep: Int
    private let milestoneSteps: Set<Int>
    private let estimator: DiffusionEstimator
    private let folder: String?
    private var unwrapper: Unwrapper?
    private var msd: OnTheFlyMSD?
    public private(set) var milestones: [Milestone] = []

    /// - Parameters:
    ///   - interval: steps between frames.
    ///   - timestep: the run's (ps).
    ///   - mobile: the ions that diffuse; the others are the framework, whose centre of mass is held at rest.
    ///   - firstStep: where equilibration ends; earlier steps are not looked at.
    ///   - folder: where `msd.csv` and `diffusion.json` are written when the run ends or is interrupted.
    ///   - milestones: times since `firstStep` (ps), rounded to frames, at which curve and D are kept.
    public init(
        interval: Int, timestep: Double, mobile: AtomSelection = .lithium, firstStep: Int = 0,
        milestones: [Double] = [], estimator: DiffusionEstimator = DiffusionEstimator(), folder: String? = nil,
        name: String = "displacements"
    ) {
        self.name = name
        self.interval = interval
        self.timestep = timestep
        self.firstStep = firstStep
        self.estimator = estimator
        self.folder = folder
        selection = mobile
        let frame = Double(interval) * timestep
        let first = (firstStep + interval - 1) / interval * interval
        milestoneSteps = Set(milestones.map { first + interval * max(1, Int(($0 / frame).rounded())) })
    }

    public func begin(_ state: MDState) throws {
        let mobile = try selection.indices(in: state.structure)
        unwrapper = try Unwrapper(species: state.structure.species, mobile: mobile)
        msd = OnTheFlyMSD(frameInterval: Double(interval) * timestep, atomCount: mobile.count)
        milestones = []
    }

    public func observe(_ sample: MDSample) throws {
        let state = sample.state
        guard state.step >= firstStep, var unwrapper, var msd else { return }
        // Out of the properties while they change: no copies of the sums.
        (self.unwrapper, self.msd) = (nil, nil)
        defer { (self.unwrapper, self.msd) = (unwrapper, msd) }
        msd.add(
            try unwrapper.advance(
                cell: state.structure.cell, positions: state.structure.positions, isContinuous: true))
        if milestoneSteps.contains(state.step) {
            let samples = msd.samples(cell: unwrapper.meanCell)
            let statistics = DisplacementStatistics(samples)
            milestones.append(
                Milestone(
                    time: Double(msd.frameCount - 1) * msd.frameInterval, curve: samples.curve,
                    diffusion: try estimator.estimate(statistics), statistics: statistics))
        }
    }

    /// Frames seen.
    public var frameCount: Int { msd?.frameCount ?? 0 }

    /// The displacements so far; nil before the second frame.
    public var samples: DisplacementSamples? {
        guard let msd, let unwrapper, msd.frameCount >= 2 else { return nil }
        return msd.samples(cell: unwrapper.meanCell)
    }

    /// What an estimator needs of the displacements so far, small enough to be kept; nil before the second frame.
    public var statistics: DisplacementStatistics? { samples.map(DisplacementStatistics.init) }

    /// D from all frames so far, or why there is none yet.
    public func diffusion() throws -> DiffusionResult {
        guard let statistics else { return .notDiffusiveYet(.tooFewFrames) }
        return try estimator.estimate(statistics)
    }

    private struct Saved: Codable {
        var unwrapper: Unwrapper?
        var msd: OnTheFlyMSD?
        var milestones: [Milestone]
    }

    public func save(into encoder: inout CheckpointEncoder) throws {
        try encoder.encode(Saved(unwrapper: unwrapper, msd: msd, milestones: milestones))
    }

    public func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {
        let saved = try decoder.decode(Saved.self, "sums of displacements")
        guard saved.unwrapper?.mobile == (try selection.indices(in: state.structure)) else {
            throw decoder.failure("other ions were followed before")
        }
        (unwrapper, msd, milestones) = (saved.unwrapper, saved.msd, saved.milestones)
    }

    public func finish() throws {
        guard let folder, let samples else { return }
        let curve = samples.curve
        let lines = zip(curve.times, zip(curve.axes, curve.origins)).map { time, row in
            "\(time),\(row.0.x),\(row.0.y),\(row.0.z),\(row.0.sum()),\(row.1)\n"
        }
        try AtomicFile.write(
            "time_ps,msd_x_A2,msd_y_A2,msd_z_A2,msd_A2,origins\n" + lines.joined(), to: "\(folder)/msd.csv")
        let coder = JSONEncoder()
        coder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try AtomicFile.write(try coder.encode(try estimator.estimate(samples)), to: "\(folder)/diffusion.json")
    }
}
