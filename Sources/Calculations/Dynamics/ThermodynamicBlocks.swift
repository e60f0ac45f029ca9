import MolecularDynamics
import Statistics
import Structures

/// Means over consecutive blocks of the production, of equal length, at most 64.
public struct ThermodynamicBlocks: Codable, Equatable, Sendable {
    /// One block's means.
    public struct Block: Codable, Equatable, Sendable {
        /// K.
        public var temperature: Double
        /// eV.
        public var potentialEnergy: Double
        /// GPa, compression positive; its diagonal.
        public var pressures: SIMD3<Double>
        /// |a|, |b|, |c| (Å) of the simulated cell.
        public var lengths: SIMD3<Double>
        /// Å³.
        public var volume: Double
    }

    public var blocks: [Block]
    /// Of the conserved quantity, per atom and time (meV/ps).
    public var drift: Double

    /// The mean of a quantity with its error by blocking.
    ///
    /// - Throws: `InputError` with fewer than two blocks.
    public func average(_ value: (Block) -> Double) throws -> Estimate {
        try BlockAverage(blocks.map(value)).estimate
    }
}

/// Gathers `ThermodynamicBlocks` in memory that does not grow with the run.
final class ThermodynamicRecorder: Observer {
    let name = "thermodynamic-blocks"
    let interval: Int
    private let firstStep: Int
    private var sums = SegmentedSums(width: 9)
    /// Time (ps) and conserved energy (eV) of the first and the last sample.
    private var ends: [SIMD2<Double>] = []

    init(interval: Int, firstStep: Int) {
        self.interval = interval
        self.firstStep = firstStep
    }

    func begin(_ state: MDState) {
        sums = SegmentedSums(width: 9)
        ends = []
    }

    func observe(_ sample: MDSample) {
        let thermo = sample.thermo
        guard thermo.step >= firstStep else { return }
        let (p, lengths) = (thermo.pressureTensor, thermo.cell.lengths)
        sums.add([
            thermo.temperature, thermo.potentialEnergy, p[0].x, p[1].y, p[2].z, lengths.x, lengths.y, lengths.z,
            thermo.cell.volume,
        ])
        let end = SIMD2(thermo.time, thermo.conservedEnergy)
        if ends.count < 2 { ends.append(end) } else { ends[1] = end }
    }

    func blocks(atoms: Int) -> ThermodynamicBlocks {
        let columns = (0..<9).map { sums.series($0) }
        let blocks = columns[0].indices.map { block in
            let v = columns.map { $0[block] }
            return ThermodynamicBlocks.Block(
                temperature: v[0], potentialEnergy: v[1], pressures: SIMD3(v[2], v[3], v[4]),
                lengths: SIMD3(v[5], v[6], v[7]), volume: v[8])
        }
        let change = ends.count == 2 ? ends[1] - ends[0] : SIMD2(1, 0)
        return ThermodynamicBlocks(blocks: blocks, drift: 1000 * change.y / Double(atoms) / change.x)
    }

    func save(into encoder: inout CheckpointEncoder) throws {
        try encoder.encode(Saved(sums: sums, ends: ends.flatMap { [$0.x, $0.y] }))
    }

    func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {
        let saved = try decoder.decode(Saved.self, "thermodynamic blocks")
        sums = saved.sums
        ends = stride(from: 0, to: saved.ends.count, by: 2).map { SIMD2(saved.ends[$0], saved.ends[$0 + 1]) }
    }

    private struct Saved: Codable {
        var sums: SegmentedSums
        var ends: [Double]
    }
}
