import Files
import Foundation
import Statistics
import Structures

/// Accumulates the radial distribution functions of all pairs of species during the run.
public final class RadialDistributionRecorder: Observer {
    public let name = "radial-distribution"
    public let interval: Int
    private let maximumRadius: Double
    private let binCount: Int
    private let firstStep: Int
    private let folder: String?
    /// The averages so far; nil before the run begins.
    public private(set) var distribution: RadialDistribution?

    /// - Parameters:
    ///   - interval: steps between frames.
    ///   - maximumRadius: Å; beyond half the cell periodic images are counted.
    ///   - firstStep: where equilibration ends; earlier steps are not looked at.
    ///   - folder: where `rdf.csv` is written when the run ends or is interrupted.
    public init(
        interval: Int, maximumRadius: Double = 10, binCount: Int = 500, firstStep: Int = 0, folder: String? = nil
    ) {
        self.interval = interval
        self.maximumRadius = maximumRadius
        self.binCount = binCount
        self.firstStep = firstStep
        self.folder = folder
    }

    public func begin(_ state: MDState) throws {
        distribution = try RadialDistribution(
            species: state.structure.species, maximumRadius: maximumRadius, binCount: binCount)
    }

    public func observe(_ sample: MDSample) throws {
        guard sample.state.step >= firstStep else { return }
        try distribution?.add(sample.state.structure)
    }

    public func save(into encoder: inout CheckpointEncoder) throws {
        try encoder.encode(distribution)
    }

    public func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {
        let saved = try decoder.decode(RadialDistribution.self, "radial distributions")
        guard saved.maximumRadius == maximumRadius, saved.binCount == binCount else {
            throw decoder.failure("the radial distributions have other bins")
        }
        distribution = saved
    }

    /// Columns: r, then for every pair g, its standard error and the running coordination number.
    public func finish() throws {
        guard let folder, let distribution else { return }
        let elements = distribution.elements
        let pairs = elements.indices.flatMap { a in
            elements[a...].compactMap { distribution.pair(elements[a], $0) }
        }
        guard let radii = pairs.first?.radii else { return }
        let head = pairs.map { pair in
            ["g", "g_error", "n"].map { "\(pair.first)-\(pair.second)_\($0)" }.joined(separator: ",")
        }
        let lines = radii.enumerated().map { bin, radius in
            let values = pairs.map { "\($0.g[bin].value),\($0.g[bin].standardError),\($0.coordination[bin])" }
            return "\(radius)," + values.joined(separator: ",") + "\n"
        }
        try AtomicFile.write(
            "r_A," + head.joined(separator: ",") + "\n" + lines.joined(), to: "\(folder)/rdf.csv")
    }
}
