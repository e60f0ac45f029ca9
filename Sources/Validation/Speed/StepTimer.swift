import DeepPotential
import MolecularDynamics
import Parallel
import Statistics
import Structures

/// Times steps of NVT dynamics: the evaluator, the integrator and the neighbour list's share.
struct StepTimer {
    /// One size and number of threads.
    struct Result: Codable, Equatable {
        var atoms: Int
        var threads: Int
        /// Milliseconds per step, one for each timing.
        var timings: [Double]

        var median: Double {
            let sorted = timings.sorted()
            let middle = sorted.count / 2
            return sorted.count % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle])
        }

        /// Standard error of the median, from the median absolute deviation (1.4826 MAD is σ of a normal distribution,
        /// and the median of n scatters by √(π/2n) σ).
        var error: Double {
            let deviations = Result(atoms: atoms, threads: threads, timings: timings.map { abs($0 - median) })
            return 1.4826 * deviations.median * (Double.pi / (2 * Double(timings.count))).squareRoot()
        }
    }

    var temperature: Double
    var repeats: Int
    var secondsPerTiming: Double

    /// Steps before the first timing: velocities mix, memory is touched, the list is made twice or so.
    private static let warmUp = 10

    /// - Throws: `InputError` from the potential; `Interrupted` when asked to stop.
    func time(
        _ structure: Structure, model: DPModel, threads: Int, seed: UInt64, stop: StopFlag
    ) throws -> Result {
        let evaluator = CompressedEvaluator(model: model, threads: threads)
        var state = MDState(structure: structure)
        var random = RandomStream(seed: seed, name: "speed/\(structure.count)")
        state.drawVelocities(temperature: temperature, from: &random)
        try state.evaluate(evaluator)
        var integrator = NoseHoover(timestep: 0.002, temperature: temperature, for: state)
        let clock = ContinuousClock()
        func run(_ steps: Int) throws -> Double {
            let elapsed = try clock.measure {
                for _ in 0..<steps { try integrator.advance(&state, potential: evaluator) }
            }
            return elapsed / .milliseconds(1)
        }
        let estimate = try run(Self.warmUp) / Double(Self.warmUp)
        // At least 20 steps a timing, so that every one bears its share of list updates.
        let steps = max(20, Int((1000 * secondsPerTiming / estimate).rounded(.up)))
        var timings: [Double] = []
        for _ in 0..<repeats {
            if stop.isRaised { throw Interrupted() }
            timings.append(try run(steps) / Double(steps))
        }
        return Result(atoms: structure.count, threads: threads, timings: timings)
    }
}
