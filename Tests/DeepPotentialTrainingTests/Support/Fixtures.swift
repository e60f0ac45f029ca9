import DeepPotential
import Foundation
import Parallel
import Statistics
import Structures

@testable import DeepPotentialTraining

/// Small random models and data: everything here runs in milliseconds.
enum Fixture {
    /// A random model of the elements A (Li), P and S, with idt in all nets or in none.
    ///
    /// - Parameter threeBody: adds an se_e3 part.
    static func model(
        oneSided: Bool, threeBody: Bool = false, seed: UInt64 = 5, embedding: [Int] = [3, 6, 12],
        fitting: [Int] = [7, 7, 9], timesteps: Bool = true
    ) -> DPModel {
        var stream = RandomStream(seed: seed, name: "test model")
        let sel = [10, 8, 12]
        func net(_ inputs: Int, _ neuron: [Int], linear: Bool) -> DenseNetwork {
            .random(inputs: inputs, neuron: neuron, hasTimestep: timesteps, linearOutput: linear, &stream)
        }
        let descriptor = SmoothDescriptor(
            cutoff: 4, smoothStart: 1.5, sel: sel, neuron: embedding, axisNeuron: 3, typeOneSide: oneSided,
            resnetDt: timesteps, precision: .float64,
            averages: [0.05, 0.07, 0.06].map { SIMD4($0, 0, 0, 0) },
            deviations: [0.12, 0.15, 0.11].map { SIMD4($0, 0.08, 0.08, 0.08) },
            embeddings: (0..<(oneSided ? 3 : 9)).map { _ in net(1, embedding, linear: false) })
        let threeBodyPart = ThreeBodyDescriptor(
            cutoff: 3.5, smoothStart: 2, sel: [7, 6, 8], neuron: [3, 6], resnetDt: timesteps, precision: .float64,
            averages: [.zero, .zero, .zero], deviations: [0.2, 0.25, 0.22].map { SIMD4(0.1, $0, $0, $0) },
            embeddings: threeBody ? (0..<6).map { _ in net(1, [3, 6], linear: false) } : [])
        return DPModel(
            typeMap: ["Li", "P", "S"], descriptor: descriptor, threeBody: threeBody ? threeBodyPart : nil,
            fitting: EnergyFitting(
                neuron: fitting, resnetDt: timesteps, precision: .float64,
                nets: (0..<3).map { _ in net(embedding.last! * 3 + (threeBody ? 6 : 0), fitting, linear: true) },
                biases: [-1, -2, -3]),
            outBias: [0.5, 0, 0])
    }

    /// Frames of a crowded triclinic cell, labelled with smooth made-up forces.
    static func system(atoms: Int = 10, frames: Int = 3, seed: UInt64 = 9, virial: Bool = true, name: String = "made")
        -> LabelledSystem
    {
        var generator = SplitMix64(seed: seed)
        func uniform(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &generator) }
        let edge = 5.2 * (Double(atoms) / 10).squareRoot().squareRoot()
        var system = LabelledSystem(
            name: name, typeMap: ["S", "Li", "P"], types: (0..<atoms).map { $0 % 3 }, coordinates: [], boxes: [],
            energies: [], forces: [], virials: virial ? [] : nil)
        for _ in 0..<frames {
            system.boxes += [edge, 0, 0, 0.7, edge + 0.4, 0, -0.3, 0.5, edge + 0.9]
            var placed: [SIMD3<Double>] = []
            while placed.count < atoms {
                // Not too close to any other, images aside.
                let r = SIMD3(uniform(0...edge), uniform(0...edge), uniform(0...edge))
                if placed.allSatisfy({ ($0 - r).norm > 1.2 }) { placed.append(r) }
            }
            system.coordinates += placed.flatMap { [$0.x, $0.y, $0.z] }
            system.energies.append(-2 * Double(atoms) + uniform(-0.5...0.5))
            system.forces += (0..<3 * atoms).map { _ in uniform(-0.5...0.5) }
            if virial { system.virials! += (0..<9).map { _ in uniform(-2...2) } }
        }
        return system
    }

    /// An input for the fixture's systems in "data", with pieces of text replaced.
    static func inputText(_ changes: [(String, String)] = []) -> String {
        var text = """
            {"model": {"type_map": ["Li", "P", "S"],
              "descriptor": {"type": "se_e2_a", "rcut": 4.0, "rcut_smth": 1.5, "sel": "auto", "neuron": [3, 6],
                             "axis_neuron": 3},
              "fitting_net": {"neuron": [6, 6]}},
             "learning_rate": {"type": "exp", "start_lr": 0.01, "stop_lr": 1e-4, "decay_steps": 10},
             "optimizer": {"type": "Adam"},
             "loss": {"start_pref_e": 0.1, "limit_pref_e": 1, "start_pref_f": 100, "limit_pref_f": 1,
                      "start_pref_v": 0.1, "limit_pref_v": 0.1},
             "training": {"training_data": {"systems": ["data"], "batch_size": "mixed:20"}, "numb_steps": 60,
                          "disp_freq": 10, "save_freq": 20, "seed": 7, "enable_ema": true, "ema_decay": 0.9},
             "lgps_bench": {"table_intervals": 64}}
            """
        for (from, to) in changes {
            precondition(text.contains(from), from)
            text = text.replacingOccurrences(of: from, with: to)
        }
        return text
    }

    static func engine(_ model: DPModel, _ set: TrainingSet, intervals: Int, threads: Int = 1) -> GradientEngine {
        GradientEngine(
            model, layout: ParameterLayout(model), sets: [set], intervals: intervals, pool: WorkerPool(threads: threads)
        )
    }

    static func set(_ systems: [LabelledSystem], cutoff: Double = 4) throws -> TrainingSet {
        try TrainingSet(systems, typeMap: ["Li", "P", "S"], cutoff: cutoff, pool: WorkerPool(threads: 1))
    }

    /// A folder that is removed when the test ends.
    final class Folder {
        let path: String
        init() throws {
            path = FileManager.default.temporaryDirectory.appendingPathComponent("train-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }
}
