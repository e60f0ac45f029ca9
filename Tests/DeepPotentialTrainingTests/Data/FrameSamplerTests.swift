import DeepPotential
import Files
import Foundation
import Parallel
import Structures
import Testing

@testable import DeepPotentialTraining

@Suite struct FrameSamplerTests {
    private static let systems = [
        Fixture.system(atoms: 10, frames: 6, name: "a"), Fixture.system(atoms: 10, frames: 2, seed: 2, name: "b"),
        Fixture.system(atoms: 10, frames: 4, seed: 3, name: "c"),
    ]

    /// How often each system is drawn in many steps, as shares.
    private static func shares(_ probability: String, batch: String) throws -> [Double] {
        let set = try Fixture.set(systems)
        var run = try TrainingInput(json: Data(Fixture.inputText([]).utf8), file: "input.json").training
        run.probability = try SystemProbability(node(probability))
        run.batchSize = batch == "mixed" ? .mixed(20) : .frames(1)
        var sampler = FrameSampler(seed: 5, queues: FrameSampler.queues(set, run))
        var counts = [0, 0, 0]
        for _ in 0..<4000 {
            for frame in sampler.next(set, run) {
                counts[set.systems.firstIndex { $0.range.contains(frame) }!] += 1
            }
        }
        return counts.map { Double($0) / Double(counts.reduce(0, +)) }
    }

    private static func node(_ text: String) -> InputNode {
        InputNode(file: "input.json", path: "training/training_data/auto_prob", value: text)
    }

    private static let cases: [(String, String, [Double])] = [
        ("prob_sys_size", "frames", [0.5, 0.1667, 0.3333]), ("prob_uniform", "frames", [0.3333, 0.3333, 0.3333]),
        ("prob_sys_size; 0:2:0.2; 2:3:0.8", "frames", [0.15, 0.05, 0.8]),
        ("prob_sys_size; 0:2:1; 2:3:4", "mixed", [0.15, 0.05, 0.8]),
        ("prob_sys_size", "mixed", [0.5, 0.1667, 0.3333]),
    ]

    /// Of 4000 draws a share is known to 0.008 (one standard deviation); four of them are allowed.
    @Test(arguments: cases)
    func systemsGetTheirShares(probability: String, batch: String, expected: [Double]) throws {
        let shares = try Self.shares(probability, batch: batch)
        for (share, wanted) in zip(shares, expected) { #expect(abs(share - wanted) < 0.032, "\(shares)") }
    }

    @Test(arguments: ["prob_size", "prob_sys_size; 0:2", "prob_sys_size; 2:0:1", "prob_sys_size; 0:1:0"])
    func badProbabilitiesAreRefused(text: String) {
        let error = #expect(throws: InputError.self) { try SystemProbability(Self.node(text)) }
        #expect(error?.place == "training/training_data/auto_prob")
    }
}
