import Files
import Statistics
import Structures

/// What a run leaves: sums from which every estimator can be made again, without the trajectory.
public struct DynamicsRecord: Codable, Sendable {
    /// The displacements of Li after a part of the production.
    public struct Milestone: Codable, Sendable {
        /// Production so far (ps).
        public var picoseconds: Double
        public var displacements: DisplacementStatistics

        public init(picoseconds: Double, displacements: DisplacementStatistics) {
            self.picoseconds = picoseconds
            self.displacements = displacements
        }
    }

    public var atoms: Int
    /// Tracer and collective displacements of Li over the whole production.
    public var displacements: DisplacementStatistics
    /// After 5, 10, 20, 50, 100, 200, ... ps, as far as the run goes.
    public var milestones: [Milestone]
    public var thermodynamics: ThermodynamicBlocks
    public var radial: [RadialAverage]
    public var framework: FrameworkMotion
    /// nil for a run too short for two blocks, and for runs of earlier versions.
    public var sites: SiteStatistics?
    /// nil for a run by one model.
    public var deviation: DeviationHistogram?

    /// g(r) of two elements, in either order.
    public func radial(_ first: String, _ second: String) -> RadialAverage? {
        radial.first { ($0.first, $0.second) == (first, second) || ($0.first, $0.second) == (second, first) }
    }
}

/// g(r) of one pair of species.
public struct RadialAverage: Codable, Sendable {
    public var first: String
    public var second: String
    /// Å.
    public var binWidth: Double
    /// [bins], in the first and in the second half of the production.
    public var halves: [PackedArray<Float>]

    /// The mean of the halves.
    public var g: [Double] {
        guard let first = halves.first?.values else { return [] }
        return first.indices.map { bin in
            halves.reduce(0) { $0 + Double($1.values[bin]) } / Double(halves.count)
        }
    }

    /// The middles of the bins (Å).
    public var radii: [Double] { (halves.first?.values ?? []).indices.map { (Double($0) + 0.5) * binWidth } }
}

/// How far the framework has gone from its beginning: atoms that are to stay must not wander.
public struct FrameworkMotion: Codable, Equatable, Sendable {
    /// By element: the mean square distance (Å²) at the end from where the production began, drift of the framework's centre
    /// of mass removed.
    public var meanSquare: [String: Double]
}

/// How often the models' largest force deviation fell where.
public struct DeviationHistogram: Codable, Equatable, Sendable {
    /// eV/Å.
    public static let binWidth = 0.01
    /// Counts of max_devi_f by bin; the last bin takes all that is beyond.
    public private(set) var counts: [Int]
    /// The largest seen (eV/Å).
    public private(set) var largest = 0.0

    public init() { counts = [Int](repeating: 0, count: 200) }

    public mutating func add(_ deviation: Double) {
        let last = counts.count - 1
        let bin = Count.rounding(deviation / Self.binWidth, .down, in: 0...last) ?? last
        counts[bin] += 1
        largest = max(largest, deviation)
    }

    public var samples: Int { counts.reduce(0, +) }

    /// The share of samples above `level` (eV/Å), to the width of a bin.
    public func share(above level: Double) -> Double {
        let first = min(counts.count, Int((level / Self.binWidth).rounded(.up)))
        return samples == 0 ? 0 : Double(counts[first...].reduce(0, +)) / Double(samples)
    }
}
