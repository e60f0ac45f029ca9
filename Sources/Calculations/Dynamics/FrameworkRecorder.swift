import MolecularDynamics
import Structures

/// Follows how far the framework's atoms are from where the production found them.
final class FrameworkRecorder: Observer {
    let name = "framework"
    let interval: Int
    private let firstStep: Int
    /// Fractional positions of all atoms at the beginning; empty before it.
    private var start: [SIMD3<Double>] = []
    private(set) var motion = FrameworkMotion(meanSquare: [:])

    init(interval: Int, firstStep: Int) {
        self.interval = interval
        self.firstStep = firstStep
    }

    func begin(_ state: MDState) { start = [] }

    func observe(_ sample: MDSample) {
        guard sample.state.step >= firstStep else { return }
        let structure = sample.state.structure
        let now = structure.positions.map(structure.cell.fractional)
        if start.isEmpty { start = now }
        let framework = structure.species.indices.filter { structure.species[$0] != .lithium }
        let mass = framework.reduce(0) { $0 + structure.species[$1].mass }
        var drift = SIMD3<Double>.zero
        for atom in framework { drift += structure.species[atom].mass / mass * (now[atom] - start[atom]) }
        var sums: [String: (Double, Int)] = [:]
        for atom in framework {
            let displacement = structure.cell.cartesian(now[atom] - start[atom] - drift)
            let (sum, count) = sums[structure.species[atom].symbol] ?? (0, 0)
            sums[structure.species[atom].symbol] = (sum + displacement.dot(displacement), count + 1)
        }
        motion = FrameworkMotion(meanSquare: sums.mapValues { $0.0 / Double($0.1) })
    }

    func save(into encoder: inout CheckpointEncoder) throws {
        try encoder.encode(Saved(start: start.flatMap { [$0.x, $0.y, $0.z] }, motion: motion))
    }

    func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {
        let saved = try decoder.decode(Saved.self, "framework's beginning")
        motion = saved.motion
        start = stride(from: 0, to: saved.start.count, by: 3).map {
            SIMD3(saved.start[$0], saved.start[$0 + 1], saved.start[$0 + 2])
        }
    }

    private struct Saved: Codable {
        var start: [Double]
        var motion: FrameworkMotion
    }
}
