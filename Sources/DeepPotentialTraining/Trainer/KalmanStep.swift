import DeepPotential
import Parallel
import Statistics

/// One step of training with the Kalman filter, as DeePMD-kit's: the energies of the batch, then the forces on four groups
/// of six atoms of each frame, every measurement with parameters that the one before has moved.
struct KalmanStep {
    let engine: GradientEngine
    let pool: WorkerPool
    let seed: UInt64

    private static let groups = 4
    private static let atomsPerGroup = 6

    /// - Parameters:
    ///   - state: its optimiser is a Kalman filter.
    ///   - derivative: working memory, as many as parameters.
    /// - Returns: the predictions that the step began with.
    func run(
        _ frames: [TrainingFrame], _ prefactors: Prefactors, state: inout TrainingState, derivative: inout [Float]
    ) -> [GradientEngine.Prediction] {
        var first: [GradientEngine.Prediction] = []
        let energy = engine.measure(frames, state.parameters.values, into: &derivative) { predictions in
            first = predictions
            return .energy(frames, predictions, prefactor: prefactors.energy)
        }
        state.update(measured: energy.error, derivative: derivative, pool: pool)
        var stream = RandomStream(seed: seed, name: "atoms measured in step \(state.step)")
        let atoms = frames.map { stream.permutation($0.atomCount) }
        for group in 0..<Self.groups {
            let groups = atoms.map { Array($0.dropFirst(group * Self.atomsPerGroup).prefix(Self.atomsPerGroup)) }
            guard groups.allSatisfy({ !$0.isEmpty }) else { break }
            let force = engine.measure(frames, state.parameters.values, into: &derivative) { predictions in
                .force(frames, predictions, groups: groups, prefactor: prefactors.force)
            }
            state.update(measured: force.error, derivative: derivative, pool: pool)
        }
        state.endStep(pool)
        return first
    }
}
