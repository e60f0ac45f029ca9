import DeepPotential
import Execution
import Foundation
import MolecularDynamics
import Parallel
import Statistics
import Structures

/// Times steps of NVT dynamics: the evaluator, the integrator and the neighbour list's share.
public struct StepTimes: Calculation {
    public static let kind = "step-times/1"

    public struct Content: Codable, Equatable, Sendable {
        public var atoms: Int
        /// Milliseconds per step, one for each timing.
        public var timings: [Double]

        /// The median with its standard error from the median absolute deviation (1.4826 MAD is σ of a normal distribution,
        /// and the median of n scatters by √(π/2n) σ).
        public var estimate: Estimate {
            let middle = Self.median(timings)
            let deviation = Self.median(timings.map { abs($0 - middle) })
            return Estimate(
                middle, error: 1.4826 * deviation * (Double.pi / (2 * Double(timings.count))).squareRoot())
        }

        private static func median(_ values: [Double]) -> Double {
            let sorted = values.sorted()
            let middle = sorted.count / 2
            return sorted.count % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle])
        }
    }

    public var crystal: Crystal
    /// SHA-256.
    public var model: String
    public var threads: Int
    public var repeats: Int
    /// How long one timing takes at least (s).
    public var secondsPerTiming: Double
    /// K: high enough that the neighbour list is renewed as in production.
    public var temperature: Double
    /// The machine that is timed: times of another one are another calculation's.
    public var machine: String
    public var seed: UInt64

    public init(
        crystal: Crystal, model: String, threads: Int, repeats: Int, secondsPerTiming: Double,
        temperature: Double = 600,
        machine: Machine = .current, seed: UInt64
    ) {
        self.crystal = crystal
        self.model = model
        self.threads = threads
        self.repeats = repeats
        self.secondsPerTiming = secondsPerTiming
        self.temperature = temperature
        self.machine = "\(machine.processor), \(machine.cores) cores"
        self.seed = seed
    }

    public var title: String {
        "time per step, \(crystal.supercell.atoms) atoms, \(threads) \(threads == 1 ? "thread" : "threads")"
    }
    public var cost: Double { Double(threads) * (Double(repeats) * secondsPerTiming + 2) }
    public var cores: CoreDemand { .alone(threads) }

    /// Steps before the first timing: velocities mix, memory is touched, the list is made twice or so.
    private static let warmUp = 10

    public func run(in folder: WorkFolder, control: RunControl) throws -> Content {
        let evaluator = CompressedEvaluator(try LoadedModels.model(model, control.inputs), threads: threads)
        let structure = try crystal.structure()
        var state = MDState(structure: structure)
        var random = RandomStream(seed: seed, name: "speed/\(structure.count)")
        state.drawVelocities(temperature: temperature, from: &random)
        try state.evaluate(evaluator)
        var integrator = NoseHoover(timestep: 0.002, temperature: temperature, for: state)
        let clock = ContinuousClock()
        func time(_ steps: Int) throws -> Double {
            let elapsed = try clock.measure {
                for _ in 0..<steps { try integrator.advance(&state, potential: evaluator) }
            }
            return elapsed / .milliseconds(1)
        }
        let estimate = try time(Self.warmUp) / Double(Self.warmUp)
        // At least 20 steps a timing, so that every one bears its share of list updates.
        let steps = max(20, Int((1000 * secondsPerTiming / estimate).rounded(.up)))
        var timings: [Double] = []
        for timing in 0..<repeats {
            try control.checkStop()
            timings.append(try time(steps) / Double(steps))
            control.report(Double(timing + 1) / Double(repeats))
        }
        return Content(atoms: structure.count, timings: timings)
    }
}
