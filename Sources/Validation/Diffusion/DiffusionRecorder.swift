import Foundation
import MolecularDynamics
import Reporting
import Statistics
import Structures

/// Follows the lithium ions of a running simulation and says what parts of growing length tell about diffusion.
///
/// Its memory grows with the logarithm of the run's length; everything is in the checkpoint.
final class DiffusionRecorder: Observer {
    private struct Content: Codable {
        var unwrapper: Unwrapper
        var msd: OnTheFlyMSD
        var lengths: [DiffusionAtLength] = []
        /// K, one for each sample.
        var temperatures: [Double] = []
        /// Conserved quantity (eV) at the first and the latest sample.
        var firstEnergy = 0.0
        var latestEnergy = 0.0
    }

    let name = "diffusion"
    let interval: Int
    /// Samples before this step are equilibration.
    private let firstStep: Int
    /// Numbers of samples after which the diffusion coefficient is estimated.
    private let stages: [Int]
    private let frameInterval: Double
    private var content: Content?

    /// - Parameters:
    ///   - interval: steps between samples.
    ///   - stages: lengths (ps) of the parts to estimate from.
    init(interval: Int, timestep: Double, firstStep: Int, stages: [Double]) {
        self.interval = interval
        self.firstStep = firstStep
        frameInterval = Double(interval) * timestep
        self.stages = stages.map { Int(($0 / (Double(interval) * timestep)).rounded()) }
    }

    func begin(_ state: MDState) throws {
        let unwrapper = try Unwrapper(species: state.structure.species)
        content = Content(
            unwrapper: unwrapper, msd: OnTheFlyMSD(frameInterval: frameInterval, atomCount: unwrapper.mobile.count))
    }

    func observe(_ sample: MDSample) throws {
        guard sample.state.step >= firstStep else { return }
        let structure = sample.state.structure
        content!.msd.add(try content!.unwrapper.advance(cell: structure.cell, positions: structure.positions))
        content!.temperatures.append(sample.thermo.temperature)
        if content!.temperatures.count == 1 { content!.firstEnergy = sample.thermo.conservedEnergy }
        content!.latestEnergy = sample.thermo.conservedEnergy
        if stages.contains(content!.msd.frameCount - 1) { try estimate() }
    }

    private func estimate() throws {
        let samples = content!.msd.samples(cell: content!.unwrapper.meanCell)
        let curve = samples.curve
        let quarter = curve.lags.lastIndex { 4 * $0 <= curve.frameCount - 1 } ?? 0
        let time = Double(curve.lags[quarter]) * frameInterval
        content!.lengths.append(
            DiffusionAtLength(
                picoseconds: Double(curve.frameCount - 1) * frameInterval,
                result: try DiffusionEstimator().estimate(samples),
                apparent: curve.total[quarter] / (6 * time) * PhysicalConstants.diffusionToSI))
    }

    func save(into encoder: inout CheckpointEncoder) throws { encoder.encode(try JSONEncoder().encode(content)) }

    func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {
        do {
            content = try JSONDecoder().decode(Content?.self, from: try decoder.decodeData())
        } catch is DecodingError {
            throw decoder.failure("the record of displacements cannot be read")
        }
    }

    /// The result of a completed run.
    func result(_ replica: Replica, atoms: Int) throws -> ReplicaResult {
        guard let content, !content.lengths.isEmpty else {
            preconditionFailure("\(replica.name) ended before its first estimate")
        }
        let temperature = try BlockAverage(content.temperatures)
        let time = Double(content.temperatures.count - 1) * frameInterval
        return ReplicaResult(
            replica: replica, lengths: content.lengths, temperature: Measured(temperature.estimate),
            drift: 1000 * (content.latestEnergy - content.firstEnergy) / (Double(atoms) * time))
    }
}
