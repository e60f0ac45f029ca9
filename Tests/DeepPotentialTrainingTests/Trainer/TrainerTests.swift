import DeepPotential
import Files
import Foundation
import Parallel
import Structures
import Testing

@testable import DeepPotentialTraining

@Suite struct TrainerTests {
    /// An input for the fixture's systems, with one piece of text replaced.
    private static func input(_ changes: [(String, String)] = []) throws -> TrainingInput {
        try TrainingInput(json: Data(Fixture.inputText(changes).utf8), file: "input.json")
    }

    private static let systems = [
        Fixture.system(atoms: 10, frames: 6, name: "small"),
        Fixture.system(atoms: 14, frames: 4, seed: 2, virial: false, name: "large"),
    ]

    private static func trainer(
        _ input: TrainingInput, _ folder: Fixture.Folder, threads: Int = 1, restart: Bool = false,
        systems: [LabelledSystem] = systems
    ) throws -> Trainer {
        try Trainer(
            input, training: Fixture.set(systems), validation: Fixture.set([Fixture.system(seed: 33)]),
            seed: input.training.seed, folder: folder.path, restart: restart, pool: WorkerPool(threads: threads))
    }

    private static func bytes(_ folder: Fixture.Folder, _ name: String) throws -> Data {
        try #require(FileManager.default.contents(atPath: "\(folder.path)/\(name)"))
    }

    @Test(arguments: ["Adam", "AdamW", "HybridMuon", "LKF"])
    func learnsItsTrainingData(optimizer: String) throws {
        let folder = try Fixture.Folder()
        let input = try Self.input([
            ("\"type\": \"Adam\"", "\"type\": \"\(optimizer)\""), ("\"numb_steps\": 60", "\"numb_steps\": 300"),
        ])
        var reports: [TrainingProgress] = []
        let outcome = try Self.trainer(input, folder).run(report: { reports.append($0) })
        #expect(outcome.isComplete && outcome.step == 300)
        let (first, last) = (reports[0].training, reports[reports.count - 1].training)
        // Random labels: the small net can learn the energies and part of the forces.
        #expect(last.energyRMSE < 0.7 * first.energyRMSE)
        #expect(last.forceRMSE < first.forceRMSE)
        let model = try DPModel(contentsOf: outcome.modelPath)
        #expect(model.typeMap == ["Li", "P", "S"])
    }

    @Test func sameForAnyNumberOfThreadsAndOnRepetition() throws {
        let folders = try (0..<3).map { _ in try Fixture.Folder() }
        for (folder, threads) in zip(folders, [1, 1, 2]) {
            _ = try Self.trainer(try Self.input(), folder, threads: threads).run()
        }
        let model = try Self.bytes(folders[0], "model.dp")
        #expect(
            try DPModel(contentsOf: "\(folders[0].path)/model.dp") == DPModel(contentsOf: "\(folders[1].path)/model.dp")
        )
        #expect(
            try DPModel(contentsOf: "\(folders[0].path)/model.dp") == DPModel(contentsOf: "\(folders[2].path)/model.dp")
        )
        #expect(try Self.bytes(folders[2], "lcurve.out") == Self.bytes(folders[0], "lcurve.out"))
        #expect(!model.isEmpty)
    }

    /// Makes the input's descriptor a hybrid.
    private static let hybrid = [
        ("{\"type\": \"se_e2_a\"", "{\"type\": \"hybrid\", \"list\": [{\"type\": \"se_e2_a\""),
        (
            "\"axis_neuron\": 3}",
            "\"axis_neuron\": 3}, {\"type\": \"se_e3\", \"rcut\": 3.5, \"rcut_smth\": 2, \"neuron\": [2, 4]}]}"
        ),
    ]

    @Test(arguments: [("Adam", false), ("HybridMuon", false), ("HybridMuon", true), ("LKF", true)])
    func interruptedRunEndsWithTheSameModel(optimizer: String, isHybrid: Bool) throws {
        let (whole, broken) = (try Fixture.Folder(), try Fixture.Folder())
        let input = try Self.input(
            [("\"type\": \"Adam\"", "\"type\": \"\(optimizer)\"")] + (isHybrid ? Self.hybrid : []))
        _ = try Self.trainer(input, whole).run()
        var polls = 0
        let first = try Self.trainer(input, broken).run(shouldStop: {
            polls += 1
            return polls > 27
        })
        #expect(!first.isComplete && first.step == 27)
        let second = try Self.trainer(input, broken, restart: true).run()
        #expect(second.isComplete)
        #expect(try DPModel(contentsOf: "\(whole.path)/model.dp") == DPModel(contentsOf: "\(broken.path)/model.dp"))
        #expect(try Self.bytes(whole, "lcurve.out") == Self.bytes(broken, "lcurve.out"))
    }

    @Test func restartNeedsItsOwnCheckpoint() throws {
        let folder = try Fixture.Folder()
        #expect(throws: InputError.self) { try Self.trainer(try Self.input(), folder, restart: true) }
        _ = try Self.trainer(try Self.input(), folder).run()
        let other = try Self.input([("\"neuron\": [6, 6]", "\"neuron\": [7, 7]")])
        let error = try #require(throws: InputError.self) { try Self.trainer(other, folder, restart: true) }
        #expect("\(error)".contains("another"))
        try Data("nonsense".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/model.ckpt"))
        #expect(throws: InputError.self) { try Self.trainer(try Self.input(), folder, restart: true) }
    }

    @Test func divergenceNamesStepAndFrameAndKeepsTheModel() throws {
        let folder = try Fixture.Folder()
        let input = try Self.input([
            ("\"start_lr\": 0.01, \"stop_lr\": 1e-4", "\"start_lr\": 1e30, \"stop_lr\": 1e29"),
            ("\"save_freq\": 20", "\"save_freq\": 1"),
        ])
        let error = try #require(throws: TrainingDiverged.self) { try Self.trainer(input, folder).run() }
        #expect(error.step >= 2 && ["small", "large"].contains(error.system))
        #expect(error.modelPath != nil)
        #expect("\(error)".contains("step \(error.step)") && "\(error)".contains("frame \(error.frame)"))
        _ = try DPModel(contentsOf: "\(folder.path)/model.dp")
    }

    @Test func slotsMustSufficeForTheData() throws {
        let folder = try Fixture.Folder()
        let input = try Self.input([("\"sel\": \"auto\"", "\"sel\": [2, 2, 2]")])
        let error = try #require(throws: InputError.self) { try Self.trainer(input, folder) }
        #expect("\(error)".contains("sel") && "\(error)".contains("Li"))
    }

    @Test func learningCurveHasDeepmdColumns() throws {
        let folder = try Fixture.Folder()
        _ = try Self.trainer(try Self.input(), folder).run()
        let lines = String(decoding: try Self.bytes(folder, "lcurve.out"), as: UTF8.self).split(separator: "\n")
        #expect(
            lines[0].split(separator: " ").map(String.init) == [
                "#", "step", "rmse_val", "rmse_trn", "rmse_e_val", "rmse_e_trn", "rmse_f_val", "rmse_f_trn",
                "rmse_v_val", "rmse_v_trn", "lr",
            ])
        #expect(lines.count == 7 && lines[6].split(separator: " ").count == 10)
    }

    /// Every neuron of a spread first layer rises somewhere between the nearest pair's input and the cutoff's, each in a place
    /// of its own; DeePMD-kit's initial parameters are to be had too.
    @Test func firstLayersAreSpreadOverTheirInput() throws {
        let pool = WorkerPool(threads: 1)
        let set = try Fixture.set(Self.systems)
        let many = ("\"neuron\": [3, 6]", "\"neuron\": [8, 16]")
        let model = try ModelBuilder.build(try Self.input([many] + Self.hybrid), set, seed: 3, pool: pool)
        let plain = try ModelBuilder.build(
            try Self.input(
                [many, ("\"table_intervals\": 64", "\"initial_nets\": \"deepmd\"")] + Self.hybrid), set, seed: 3,
            pool: pool)
        let descriptor = model.descriptor
        for (index, net) in descriptor.embeddings.enumerated() {
            let (centre, neighbour) = (index % 3, index / 3)
            let shortest = set.shortest[centre * 3 + neighbour]
            func input(_ r: Double) -> Double {
                (descriptor.weight(r).value / r - descriptor.averages[centre].x) / descriptor.deviations[centre].x
            }
            let steps = zip(net.layers[0].weights, net.layers[0].bias).map { -$1 / $0 }
            // Neuron k rises in the k-th part: its input falls with the distance.
            #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 > $1 })
            #expect(steps[0] < input(shortest) && steps[7] > input(4))
            #expect(net.layers[0].weights.allSatisfy { abs($0) > 0.1 && abs($0) <= 8 })
            #expect(net.layers[1] == plain.descriptor.embeddings[index].layers[1] || index > 0)
        }
        let products = try #require(model.threeBody).embeddings[2].layers[0]
        let steps = zip(products.weights, products.bias).map { -$1 / $0 }
        #expect(steps[0] < 0 && steps[1] > 0)
        let weights = plain.descriptor.embeddings.flatMap { $0.layers[0].weights }
        // N(0, 1/√9) of 72 numbers.
        #expect(abs((weights.reduce(0) { $0 + $1 * $1 } / 72).squareRoot() - 1.0 / 3) < 0.1)
    }

    @Test func fineTuningAHybridKeepsItsPredictions() throws {
        let folder = try Fixture.Folder()
        let base = Fixture.model(oneSided: false, threeBody: true, embedding: [3, 6], fitting: [6, 6])
        try base.write(to: "\(folder.path)/base.dp")
        let changes =
            Self.hybrid.map { ($0.0, $0.1.replacingOccurrences(of: "[2, 4]", with: "[3, 6]")) } + [
                ("\"type_map\": [\"Li\", \"P\", \"S\"]", "\"type_map\": [\"S\", \"Li\", \"Sn\"]"),
                ("\"table_intervals\": 64", "\"fine_tune\": \"\(folder.path)/base.dp\", \"donors\": {\"Sn\": \"P\"}"),
            ]
        var system = Fixture.system(frames: 1)
        let before = try ReferenceEvaluator(base).evaluate(try system.structure(frame: 0))
        // Sn takes the place of P, in another order of types.
        system.typeMap = ["S", "Li", "Sn"]
        let pool = WorkerPool(threads: 1)
        let set = try TrainingSet([system], typeMap: ["S", "Li", "Sn"], cutoff: 4, pool: pool)
        let model = try ModelBuilder.build(try Self.input(changes), set, seed: 1, pool: pool)
        let after = try ReferenceEvaluator(model).evaluate(try system.structure(frame: 0))
        for (old, new) in zip(before.forces, after.forces) { #expect((old - new).norm < 1e-9) }
    }

    @Test func fineTuningStartsFromTheModel() throws {
        let folder = try Fixture.Folder()
        let base = Fixture.model(oneSided: false, embedding: [3, 6], fitting: [6, 6])
        try base.write(to: "\(folder.path)/base.dp")
        // Sn takes the place of P; P's networks are its start.
        let changes = [
            ("\"type_map\": [\"Li\", \"P\", \"S\"]", "\"type_map\": [\"S\", \"Li\", \"Sn\"]"),
            ("\"table_intervals\": 64", "\"fine_tune\": \"\(folder.path)/base.dp\", \"donors\": {\"Sn\": \"P\"}"),
        ]
        let input = try Self.input(changes)
        var system = Fixture.system(frames: 2)
        system.typeMap = ["S", "Li", "Sn"]
        let set = try TrainingSet([system], typeMap: ["S", "Li", "Sn"], cutoff: 4, pool: WorkerPool(threads: 1))
        let model = try ModelBuilder.build(input, set, seed: 1, pool: WorkerPool(threads: 1))
        #expect(model.fitting.nets[2] == base.fitting.nets[1] && model.fitting.nets[0] == base.fitting.nets[2])
        let (centre, neighbour) = (2, 0)
        #expect(
            model.descriptor.embeddings[model.descriptor.embeddingIndex(centre: centre, neighbour: neighbour)]
                == base.descriptor.embeddings[base.descriptor.embeddingIndex(centre: 1, neighbour: 2)])
        #expect(model.descriptor.sel == [12, 10, 8])

        let unnamed = try Self.input([
            changes[0], ("\"table_intervals\": 64", "\"fine_tune\": \"\(folder.path)/base.dp\""),
        ])
        let error = try #require(throws: InputError.self) {
            try ModelBuilder.build(unnamed, set, seed: 1, pool: WorkerPool(threads: 1))
        }
        #expect("\(error)".contains("donors") && "\(error)".contains("Sn"))
    }
}
