import DeepPotential
import Files
import Foundation
import Structures

/// What `lgps-bench train` reads: DeePMD-kit's `input.json` for se_e2_a, or a hybrid of se_e2_a and se_e3, and ener.
///
/// Unknown keys are errors; keys of DeePMD-kit that are not implemented are errors that say so unless they are off. Keys
/// that begin with "_" are comments, as in DeePMD-kit's examples. Settings of our own are under `lgps_bench`.
public struct TrainingInput: Equatable, Sendable {
    public var file: String
    public var model: ModelInput
    public var learningRate: LearningRate
    public var loss: LossSchedule
    public var optimizer: OptimizerInput
    public var training: RunInput
    public var extras: ExtraInput

    /// - Throws: `InputError` that names the key at fault.
    public init(contentsOf path: String) throws { try self.init(InputNode(contentsOf: path)) }

    /// The same from JSON in memory; relative paths in it are relative to the folder of `file`.
    public init(json: Data, file: String) throws { try self.init(InputNode(json, file: file)) }

    private init(_ root: InputNode) throws {
        file = root.file
        let keys = try root.object(
            known: ["model", "learning_rate", "loss", "optimizer", "training", "lgps_bench"],
            unsupported: ["nvnmd": [], "validating": []])
        func section(_ name: String) throws -> InputNode {
            guard let node = keys[name] else {
                throw root.failure("the section '\(name)' is missing", mend: "see DeePMD-kit's input.json")
            }
            return node
        }
        model = try ModelInput(section("model"))
        training = try RunInput(section("training"))
        learningRate = try LearningRate(section("learning_rate"), steps: training.steps)
        loss = try LossSchedule(keys["loss"])
        optimizer = try OptimizerInput(keys["optimizer"])
        extras = try ExtraInput(keys["lgps_bench"])
    }

    /// A path of the input, which is relative to the folder of the input's file.
    func path(of name: String) -> String {
        name.hasPrefix("/")
            ? name : URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent(name).path
    }
}

/// The section `model`.
public struct ModelInput: Equatable, Sendable, SmoothCutoff {
    /// How many neighbours of each type the descriptor has slots for.
    public enum Selection: Equatable, Sendable {
        case counts([Int])
        /// The most that the data have, times a factor, rounded up to a multiple of four.
        case automatic(factor: Double)
    }

    public var typeMap: [String]
    public var cutoff: Double
    public var smoothStart: Double
    public var selection: Selection
    public var embedding: [Int]
    public var axisNeuron: Int
    public var embeddingResnetDt: Bool
    public var typeOneSide: Bool
    public var setDavgZero: Bool
    public var descriptorPrecision: String
    public var descriptorSeed: Int?
    /// The second descriptor of a hybrid.
    public var threeBody: ThreeBodyInput?
    public var fitting: [Int]
    public var fittingResnetDt: Bool
    public var fittingPrecision: String
    public var fittingSeed: Int?

    init(_ node: InputNode) throws {
        let keys = try node.object(
            known: ["type_map", "descriptor", "fitting_net", "data_stat_nbatch", "data_stat_protect"],
            unsupported: [
                "type": ["standard"], "use_srtab": [], "smin_alpha": [], "sw_rmin": [], "sw_rmax": [],
                "type_embedding": [], "modifier": [], "compress": [], "spin": [], "atom_exclude_types": ["[]"],
                "pair_exclude_types": ["[]"], "preset_out_bias": [], "srtab_add_bias": ["true", "false"],
                "type_embed": [], "finetune_head": [],
            ])
        guard let map = keys["type_map"], let descriptor = keys["descriptor"], let fitting = keys["fitting_net"] else {
            throw node.failure("type_map, descriptor and fitting_net are needed")
        }
        typeMap = try map.list.map { element in
            guard Species(symbol: try element.string) != nil else {
                throw element.failure("'\(try element.string)' is not an element")
            }
            return try element.string
        }
        guard !typeMap.isEmpty else { throw map.failure("there are no elements") }
        guard Set(typeMap).count == typeMap.count else { throw map.failure("an element is named twice") }

        let parts = try Self.parts(of: descriptor)
        let twoBody = parts[0]
        // Before the keys: those of another descriptor would be called unknown.
        guard let kind = try twoBody.peek("type")?.string, ["se_e2_a", "se_a"].contains(kind) else {
            throw twoBody.failure(
                "only se_e2_a, and hybrid of se_e2_a and se_e3, are supported", mend: "set \"type\": \"se_e2_a\"")
        }
        let d = try twoBody.object(
            known: [
                "type", "rcut", "rcut_smth", "sel", "neuron", "axis_neuron", "resnet_dt", "type_one_side", "precision",
                "seed", "set_davg_zero",
            ],
            unsupported: [
                "activation_function": ["tanh"], "trainable": ["true"], "exclude_types": ["[]"],
                "env_protection": ["0"], "type_map": [],
            ])
        (cutoff, smoothStart) = try Self.cutoffs(d, twoBody)
        selection = try Self.selection(d["sel"], types: typeMap.count)
        embedding = try d["neuron"]?.list.map { try $0.atLeast(1, most: Self.widest) } ?? [10, 20, 40]
        axisNeuron = try d["axis_neuron"]?.atLeast(1) ?? 4
        guard let width = embedding.last, axisNeuron <= width else {
            throw twoBody.failure("axis_neuron (\(axisNeuron)) must not exceed the last of neuron")
        }
        embeddingResnetDt = try d["resnet_dt"]?.bool ?? false
        typeOneSide = try d["type_one_side"]?.bool ?? false
        setDavgZero = try d["set_davg_zero"]?.bool ?? false
        descriptorPrecision = try Self.precision(d["precision"])
        descriptorSeed = try d["seed"]?.seed
        if parts.count > 1 {
            threeBody = try ThreeBodyInput(parts[1], types: typeMap.count, within: cutoff)
        }

        let f = try fitting.object(
            known: ["type", "neuron", "resnet_dt", "precision", "seed", "rcond"],
            unsupported: [
                "activation_function": ["tanh"], "trainable": ["true"], "numb_fparam": ["0"], "numb_aparam": ["0"],
                "atom_ener": ["[]"], "layer_name": [], "use_aparam_as_mask": ["false"], "default_fparam": [],
                "dim_case_embd": ["0"],
            ])
        guard try f["type"]?.string ?? "ener" == "ener" else {
            throw fitting.failure("only the fitting 'ener' is supported")
        }
        self.fitting = try f["neuron"]?.list.map { try $0.atLeast(1, most: Self.widest) } ?? [120, 120, 120]
        let length = width * axisNeuron + (threeBody?.embedding.last ?? 0)
        guard !self.fitting.isEmpty, self.fitting[0] != length else {
            throw fitting.failure(
                "the first layer must differ from the descriptor's length, \(length)",
                mend: "a residual connection around the first layer is not supported")
        }
        fittingResnetDt = try f["resnet_dt"]?.bool ?? true
        fittingPrecision = try Self.precision(f["precision"])
        fittingSeed = try f["seed"]?.seed
    }

    /// Neurons, slots for neighbours of one element and factors beyond these are slips of the keyboard.
    static let widest = 10_000
    private static let mostSlots = 10_000
    private static let largestFactor = 100.0

    /// se_e2_a alone, or the two parts of a hybrid.
    private static func parts(of descriptor: InputNode) throws -> [InputNode] {
        guard let entries = descriptor.value as? [String: Any], entries["type"] as? String == "hybrid" else {
            return [descriptor]
        }
        let keys = try descriptor.object(known: ["type", "list"])
        guard let list = keys["list"]?.list, list.count == 2 else {
            throw descriptor.failure(
                "a hybrid needs a list of two descriptors", mend: "give se_e2_a, then se_e3; no other is supported")
        }
        return list
    }

    /// rcut and rcut_smth (Å) of a descriptor.
    static func cutoffs(_ keys: [String: InputNode], _ node: InputNode) throws -> (Double, Double) {
        let cutoff = try keys["rcut"]?.positive() ?? 6
        let smoothStart = try keys["rcut_smth"]?.positive() ?? 0.5
        guard smoothStart < cutoff else {
            throw node.failure("rcut_smth (\(smoothStart)) must be less than rcut (\(cutoff))")
        }
        guard (0.8...50).contains(cutoff) else {
            throw node.failure("rcut (\(cutoff)) must lie within 0.8 and 50 Å", mend: "6 to 9 are usual")
        }
        return (cutoff, smoothStart)
    }

    static func selection(_ node: InputNode?, types: Int) throws -> Selection {
        guard let node else { return .automatic(factor: 1.1) }
        if let text = try? node.string {
            let parts = text.split(separator: ":")
            guard parts.first == "auto", parts.count <= 2 else {
                throw node.failure("'\(text)' is neither a list nor \"auto\" or \"auto:factor\"")
            }
            guard parts.count == 2 else { return .automatic(factor: 1.1) }
            guard let factor = Double(parts[1]), (1...largestFactor).contains(factor) else {
                throw node.failure("the factor of '\(text)' is not within 1 and \(largestFactor)")
            }
            return .automatic(factor: factor)
        }
        let counts = try node.list.map { try $0.atLeast(1, most: mostSlots) }
        guard counts.count == types else {
            throw node.failure("\(counts.count) numbers for \(types) types", mend: "give one per element of type_map")
        }
        return .counts(counts)
    }

    static func precision(_ node: InputNode?) throws -> String {
        let name = try node?.string ?? "default"
        guard ["default", "float64", "double", "float32", "single"].contains(name) else {
            throw node!.failure("precision '\(name)' is not supported", mend: "use float64 or float32")
        }
        return name
    }
}
