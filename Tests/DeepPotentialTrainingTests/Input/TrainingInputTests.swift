import Files
import Foundation
import Structures
import Testing

@testable import DeepPotentialTraining

@Suite struct TrainingInputTests {
    static let text = """
        {"_comment": "as in DeePMD-kit's examples",
         "model": {"type_map": ["Li", "P", "S"],
          "descriptor": {"type": "se_e2_a", "rcut": 4.0, "rcut_smth": 1.5, "sel": [10, 8, 12], "neuron": [3, 6],
                         "axis_neuron": 3, "activation_function": "tanh", "seed": 1},
          "fitting_net": {"neuron": [6, 6], "seed": 1}},
         "learning_rate": {"type": "exp", "start_lr": 0.01, "stop_lr": 1e-4, "decay_steps": 10},
         "loss": {"type": "ener", "start_pref_e": 0.02, "limit_pref_e": 1, "start_pref_f": 1000, "limit_pref_f": 2},
         "training": {"training_data": {"systems": ["data"], "batch_size": "auto:30"}, "numb_steps": 100, "seed": 7}}
        """

    static func read(_ text: String) throws -> TrainingInput {
        try TrainingInput(json: Data(text.utf8), file: "input.json")
    }

    @Test func readsDeepmdKeysAndDefaults() throws {
        let input = try Self.read(Self.text)
        #expect(input.model.typeMap == ["Li", "P", "S"])
        #expect(input.model.selection == .counts([10, 8, 12]))
        #expect(input.model.typeOneSide == false && input.model.fittingResnetDt == true)
        #expect(input.training.batchSize == .atoms(30) && input.training.steps == 100 && input.training.seed == 7)
        #expect(input.loss.start == Prefactors(energy: 0.02, force: 1000, virial: 0))
        #expect(input.optimizer.kind == .adam && input.extras.models == 1)
    }

    struct Fault: Sendable, CustomStringConvertible {
        let from, to, names: String
        var description: String { names }
    }

    static let faults = [
        Fault(from: "\"rcut\": 4.0", to: "\"rcutt\": 4.0", names: "rcutt"),
        Fault(from: "\"rcut\": 4.0", to: "\"rcut\": \"far\"", names: "model/descriptor/rcut"),
        Fault(from: "\"rcut\": 4.0", to: "\"rcut\": 1.0", names: "rcut_smth"),
        Fault(from: "se_e2_a", to: "se_atten", names: "se_e2_a"),
        Fault(from: "[10, 8, 12]", to: "[10, 8]", names: "model/descriptor/sel"),
        Fault(from: "\"tanh\"", to: "\"gelu\"", names: "activation_function"),
        Fault(from: "\"type_map\": [\"Li\"", to: "\"type_map\": [\"Xx\"", names: "Xx"),
        Fault(from: "\"axis_neuron\": 3", to: "\"axis_neuron\": 7", names: "axis_neuron"),
        Fault(from: "\"neuron\": [6, 6]", to: "\"neuron\": [6, 6], \"numb_fparam\": 2", names: "numb_fparam"),
        Fault(from: "\"neuron\": [6, 6]", to: "\"neuron\": [18, 6]", names: "fitting_net"),
        Fault(from: "\"start_lr\": 0.01, ", to: "", names: "start_lr"),
        Fault(from: "\"start_lr\": 0.01", to: "\"start_lr\": -1", names: "start_lr"),
        Fault(from: "\"type\": \"exp\"", to: "\"type\": \"step\"", names: "learning_rate/type"),
        Fault(from: "\"type\": \"ener\"", to: "\"type\": \"ener\", \"start_pref_ae\": 1", names: "start_pref_ae"),
        Fault(from: "\"limit_pref_f\": 2", to: "\"limit_pref_f\": true", names: "limit_pref_f"),
        Fault(from: "\"auto:30\"", to: "\"many\"", names: "batch_size"),
        Fault(from: "\"numb_steps\": 100", to: "\"numb_steps\": 0", names: "numb_steps"),
        Fault(from: "\"numb_steps\": 100", to: "\"numb_steps\": 1.5", names: "numb_steps"),
        Fault(from: "\"seed\": 7}", to: "\"seed\": 7", names: "JSON"),
        Fault(
            from: "\"seed\": 7}}", to: "\"seed\": 7}, \"lgps_bench\": {\"initial_nets\": \"wide\"}}",
            names: "initial_nets"),
    ]

    @Test(arguments: faults)
    func faultsAreNamed(_ fault: Fault) throws {
        #expect(Self.text.contains(fault.from))
        let bad = Self.text.replacingOccurrences(of: fault.from, with: fault.to)
        let error = try #require(throws: InputError.self) { try Self.read(bad) }
        #expect("\(error)".contains(fault.names), "\(error)")
        #expect(error.file == "input.json")
    }

    /// The text with its descriptor followed by an se_e3.
    static func hybrid(_ second: String) -> String {
        let first = text[text.range(of: "{\"type\": \"se_e2_a\"")!.lowerBound...].prefix { $0 != "}" } + "}"
        return text.replacingOccurrences(of: first, with: "{\"type\": \"hybrid\", \"list\": [\(first), \(second)]}")
    }

    @Test func readsAHybrid() throws {
        let json = #"{"type": "se_e3", "rcut": 3.5, "rcut_smth": 2, "sel": "auto", "neuron": [2, 4], "seed": 3}"#
        let model = try Self.read(Self.hybrid(json)).model
        #expect(model.cutoff == 4 && model.selection == .counts([10, 8, 12]) && model.descriptorSeed == 1)
        let part = try #require(model.threeBody)
        #expect(part.cutoff == 3.5 && part.smoothStart == 2 && part.embedding == [2, 4] && part.seed == 3)
        #expect(part.selection == .automatic(factor: 1.1) && !part.resnetDt && part.precision == "default")
    }

    @Test(arguments: [
        (#"{"type": "se_e2_r", "rcut": 3.5}"#, "se_e3"), (#"{"type": "se_e3", "rcut": 4.5}"#, "rcut"),
        (#"{"type": "se_e3", "rcut": 3.5, "axis_neuron": 4}"#, "axis_neuron"),
        (#"{"type": "se_e3", "rcut": 3.5, "neuron": []}"#, "neuron"),
        (#"{"type": "se_e3", "rcut": 3.5, "sel": [4, 4]}"#, "list[1]/sel"),
        (#"{"type": "se_e3", "rcut": 3.5}, {"type": "se_e3", "rcut": 3}"#, "list"),
    ])
    func faultsOfAHybridAreNamed(second: String, name: String) throws {
        let error = try #require(throws: InputError.self) { try Self.read(Self.hybrid(second)) }
        #expect("\(error)".contains(name), "\(error)")
    }

    @Test func learningRateSchedules() throws {
        func schedule(_ json: String) throws -> LearningRate {
            try Self.read(
                Self.text.replacingOccurrences(
                    of: "{\"type\": \"exp\", \"start_lr\": 0.01, \"stop_lr\": 1e-4, \"decay_steps\": 10}", with: json)
            ).learningRate
        }
        let stepped = try Self.read(Self.text).learningRate
        #expect(stepped.rate(0) == 0.01 && stepped.rate(9) == 0.01)
        // r = (stop/start)^(s/T): after all 100 steps the stop rate is reached.
        #expect(abs(stepped.rate(50) - 0.001) < 1e-12 && abs(stepped.rate(100) - 1e-4) < 1e-12)
        let cosine = try schedule(
            "{\"type\": \"cosine\", \"start_lr\": 0.01, \"stop_lr\": 0.001, \"warmup_steps\": 20}")
        #expect(cosine.rate(0) == 0 && abs(cosine.rate(10) - 0.005) < 1e-12)
        #expect(abs(cosine.rate(20) - 0.01) < 1e-12 && abs(cosine.rate(60) - 0.0055) < 1e-12)
        let stable = try schedule(
            "{\"type\": \"wsd\", \"start_lr\": 0.01, \"stop_lr\": 0.001, \"decay_phase_ratio\": 0.2, \"decay_type\": \"linear\"}"
        )
        #expect(stable.rate(79) == 0.01 && abs(stable.rate(90) - 0.0055) < 1e-12)
    }

    @Test func prefactorsFollowTheRate() throws {
        let loss = try Self.read(Self.text).loss
        #expect(abs(loss.prefactors(ratio: 1).energy - 0.02) < 1e-12 && loss.prefactors(ratio: 1).force == 1000)
        #expect(abs(loss.prefactors(ratio: 0.1).force - (2 + 998 * 0.1)) < 1e-9)
    }
}
