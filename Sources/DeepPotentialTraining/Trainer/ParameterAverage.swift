import DeepPotential
import Files
import Parallel

/// An exponential average of the parameters (DeePMD-kit's `enable_ema`), in Double so that small steps count.
///
/// The first steps are averaged over a shorter memory: the decay is min(decay, (1 + t)/(10 + t)).
struct ParameterAverage: Codable, Sendable {
    let decay: Double
    private var values: PackedArray<Double>
    private var steps = 0

    init(_ parameters: [Float], decay: Double) {
        self.decay = decay
        values = PackedArray(parameters.map { Double($0) })
    }

    mutating func add(_ parameters: [Float], pool: WorkerPool) {
        steps += 1
        let keep = min(decay, Double(1 + steps) / Double(10 + steps))
        let count = parameters.count
        values.values.withUnsafeMutableBufferPointer { values in
            parameters.withUnsafeBufferPointer { parameters in
                nonisolated(unsafe) let (values, parameters) = (values.baseAddress!, parameters.baseAddress!)
                pool.parallel(ranges: count) { range in
                    for k in range { values[k] += (1 - keep) * (Double(parameters[k]) - values[k]) }
                }
            }
        }
    }

    var parameters: [Float] { values.values.map { Float($0) } }
}
