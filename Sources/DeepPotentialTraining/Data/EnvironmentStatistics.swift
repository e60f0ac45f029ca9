import DeepPotential
import Parallel

/// davg and dstd as DeePMD-kit computes them (deepmd/utils/env_mat_stat.py), over all frames.
///
/// By centre type: the mean of w/r and the standard deviations of w/r and of the pooled angular components w x/r²,
/// padded slots of `sel` counted as zeros. Types without atoms get 0 and 0.1; deviations below 0.01 become 0.01.
struct EnvironmentStatistics {
    let averages: [SIMD4<Double>]
    let deviations: [SIMD4<Double>]

    init(_ set: TrainingSet, cutoff: some SmoothCutoff & Sendable, sel: [Int], pool: WorkerPool) {
        let types = sel.count
        let slots = Double(sel.reduce(0, +))
        /// By frame and type: Σ radial, Σ radial², Σ angular, Σ angular², centres.
        let sums = UnsafeMutableBufferPointer<SIMD8<Double>>.allocate(capacity: set.frames.count * types)
        sums.initialize(repeating: .zero)
        defer { sums.deallocate() }
        nonisolated(unsafe) let shared = sums
        pool.parallel(set.frames.count) { index, _ in
            let frame = set.frames[index]
            for (atom, type) in frame.types.enumerated() {
                var sum = SIMD8<Double>(0, 0, 0, 0, 1, 0, 0, 0)
                let start = Int(frame.geometry.starts[atom * types])
                for pair in start..<Int(frame.geometry.starts[(atom + 1) * types]) {
                    let separation = SIMD3<Double>(frame.geometry.separation(atom: atom, pair: pair))
                    let r = separation.norm
                    let w = cutoff.weight(r).value
                    let angular = w / (r * r) * separation
                    sum[0] += w / r
                    sum[1] += w * w / (r * r)
                    sum[2] += angular.sum()
                    sum[3] += angular.dot(angular)
                }
                shared[index * types + type] += sum
            }
        }
        var totals = [SIMD8<Double>](repeating: .zero, count: types)
        for index in 0..<set.frames.count {
            for type in 0..<types { totals[type] += sums[index * types + type] }
        }
        func deviation(_ sum: Double, _ squares: Double, _ count: Double) -> Double {
            guard count > 0 else { return 0.1 }
            return max((squares / count - sum / count * (sum / count)).squareRoot(), 1e-2)
        }
        averages = totals.map { $0[4] > 0 ? SIMD4($0[0] / ($0[4] * slots), 0, 0, 0) : .zero }
        deviations = totals.map {
            let radial = deviation($0[0], $0[1], $0[4] * slots)
            let angular = deviation($0[2], $0[3], 3 * $0[4] * slots)
            return SIMD4(radial, angular, angular, angular)
        }
    }
}
