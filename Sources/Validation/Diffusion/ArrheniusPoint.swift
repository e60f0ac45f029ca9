import Statistics

/// The diffusion coefficient at one temperature, over all replicas there.
struct ArrheniusPoint: Equatable {
    /// K.
    var temperature: Double
    var replicas: [ReplicaResult]

    /// Results grouped by temperature, the hottest first.
    static func group(_ results: [ReplicaResult]) -> [ArrheniusPoint] {
        Dictionary(grouping: results, by: \.replica.temperature).map { ArrheniusPoint(temperature: $0, replicas: $1) }
            .sorted { $0.temperature > $1.temperature }
    }

    private var estimates: [DiffusionEstimate] { replicas.compactMap(\.final.result.estimate) }

    /// Why the first replica without a coefficient has none.
    var obstacle: NotDiffusiveReason? {
        for replica in replicas {
            if case .notDiffusiveYet(let reason) = replica.final.result { return reason }
        }
        return nil
    }

    /// The mean over the replicas, nil unless all are diffusive: leaving out the slow ones would bias it.
    ///
    /// Its error is the larger of the replicas' own errors combined and of their scatter (other arrangements of M and P
    /// differ by more than statistics).
    var diffusion: Estimate? {
        guard obstacle == nil else { return nil }
        return Estimate.mean(of: estimates.map(\.diffusion))
    }

    /// Along a, b and c (m²/s).
    var axes: [Estimate]? {
        guard obstacle == nil else { return nil }
        return (0..<3).map { axis in Estimate.mean(of: estimates.map { $0.axes[axis] }) }
    }

    /// MSD/6τ (m²/s), the mean over replicas.
    var apparent: Double { replicas.map(\.final.apparent).reduce(0, +) / Double(replicas.count) }
}
