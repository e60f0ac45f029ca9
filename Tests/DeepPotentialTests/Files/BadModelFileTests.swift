import Files
import Foundation
import Structures
import Testing

@testable import DeepPotential

/// Every fault of a model file is an `InputError` that names the file and the place.
@Suite struct BadModelFileTests {
    /// The tree of a small model, in which a test breaks one thing.
    static let tree = DPModel.random(
        seed: 9, typeMap: ["Li", "S"], sel: [2, 3], neuron: [2, 4], axisNeuron: 2, fitting: [3]
    ).fileTree

    static let layer = "model/descriptor/embeddings/networks/0/layers/0"

    /// Writes the tree with `value` at `path`, and reads it as a model.
    static func read(_ path: String, _ value: ModelTree?) throws -> DPModel {
        let folder = try TemporaryFolder()
        try YAMLModelFile.write(tree.setting(path, value), to: folder.file("model.yaml"))
        return try DPModel(contentsOf: folder.file("model.yaml"))
    }

    /// The error of reading the tree with `value` at `path`.
    static func error(_ path: String, _ value: ModelTree?) throws -> InputError {
        let error = try #require(throws: InputError.self) { try read(path, value) }
        #expect(error.file?.hasSuffix("model.yaml") == true)
        return error
    }

    static let unsupported: [(place: String, value: ModelTree, shown: String)] = [
        ("model/type", .string("linear_ener"), "type = 'linear_ener'"),
        ("model/atom_exclude_types", .list([.integer(1)]), "atom_exclude_types = a list of 1"),
        ("model/pair_exclude_types", .list([.list([.integer(0), .integer(1)])]), "pair_exclude_types = a list of 1"),
        ("model/descriptor/type", .string("se_r"), "type = 'se_r'"),
        ("model/descriptor/type", .string("dpa1"), "type = 'dpa1'"),
        ("model/descriptor/exclude_types", .list([.list([.integer(0), .integer(1)])]), "a list of 1"),
        ("model/descriptor/env_protection", .number(0.1), "env_protection = 0.1"),
        ("model/descriptor/env_mat/use_exp_switch", .bool(true), "use_exp_switch = true"),
        ("model/descriptor/env_mat/protection", .number(0.01), "protection = 0.01"),
        ("model/descriptor/spin", .map(["use_spin": .bool(true)]), "spin = a map"),
        ("model/descriptor/activation_function", .string("gelu"), "activation_function = 'gelu'"),
        ("model/descriptor/precision", .string("bfloat16"), "precision = 'bfloat16'"),
        ("model/descriptor/tebd_dim", .integer(8), "tebd_dim = 8"),
        ("model/fitting/type", .string("dipole"), "type = 'dipole'"),
        ("model/fitting/numb_fparam", .integer(2), "numb_fparam = 2"),
        ("model/fitting/numb_aparam", .integer(1), "numb_aparam = 1"),
        ("model/fitting/atom_ener", .list([.null, .number(-1.5)]), "atom_ener = a list of 2"),
        ("model/fitting/mixed_types", .bool(true), "mixed_types = true"),
        ("model/fitting/dim_case_embd", .integer(3), "dim_case_embd = 3"),
        ("model/fitting/exclude_types", .list([.integer(0)]), "exclude_types = a list of 1"),
        ("\(layer)/activation_function", .string("relu"), "activation_function = 'relu'"),
    ]

    @Test("Features that we do not compute are refused by key and value", arguments: unsupported)
    func feature(change: (place: String, value: ModelTree, shown: String)) throws {
        let error = try Self.error(change.place, change.value)
        #expect(error.place == change.place)
        #expect(error.problem.contains(change.shown) && error.problem.contains("not supported"))
    }

    static let hybrids: [(place: String, value: ModelTree?, shown: String)] = [
        ("model/descriptor/list", .list([]), "a hybrid of 0 descriptors"),
        ("model/descriptor/list/1/type", .string("se_e2_r"), "type = 'se_e2_r'"),
        ("model/descriptor/list/0/type", .string("se_e3"), "type = 'se_e3'"),
        ("model/descriptor/list/1/exclude_types", .list([.list([.integer(0), .integer(1)])]), "a list of 1"),
        ("model/descriptor/list/1/axis_neuron", .integer(4), "axis_neuron = 4"),
        ("model/descriptor/list/1/rcut", .number(9), "rcut"),
        ("model/descriptor/list/1/sel", .list([.integer(4)]), "sel has 1"),
        ("model/descriptor/list/1/embeddings/networks", .list([]), "0 networks"),
        ("model/descriptor/list/1/@variables/davg", .zeros([2, 3, 4]), "shape"),
        ("model/fitting/dim_descrpt", .integer(8), "8 is not"),
    ]

    @Test("Faults of a hybrid are named", arguments: hybrids)
    func hybrid(change: (place: String, value: ModelTree?, shown: String)) throws {
        let model = DPModel.random(
            seed: 9, typeMap: ["Li", "S"], sel: [2, 3], neuron: [2, 4], axisNeuron: 2, fitting: [3], threeBody: [2, 4])
        let folder = try TemporaryFolder()
        try YAMLModelFile.write(
            model.fileTree.setting(change.place, change.value), to: folder.file("model.yaml"))
        let error = try #require(throws: InputError.self) { try DPModel(contentsOf: folder.file("model.yaml")) }
        #expect(error.file?.hasSuffix("model.yaml") == true)
        #expect("\(error)".contains(change.shown), "\(error)")
        #expect(error.place?.hasPrefix("model/") == true)
    }

    @Test("What only acts in training, or is off, is read")
    func harmless() throws {
        let model = try Self.read("model/rcond", .null)
        #expect(try Self.read("model/descriptor/set_davg_zero", .bool(true)) == model)
        #expect(try Self.read("model/rcond", .number(1e-3)) == model)
        #expect(try Self.read("model/fitting/atom_ener", .list([.null, .null])) == model)
        #expect(try Self.read("model/descriptor/some_new_option", .bool(false)) == model)
        // Version 3 marks compressed models; the nets are still there.
        #expect(try Self.read("model/descriptor/@version", .integer(3)) == model)
    }

    @Test(
        "Newer class versions are refused, with the newest that is known",
        arguments: [
            ("model", 3), ("model/descriptor", 4), ("model/fitting", 5), (layer, 3),
            ("model/descriptor/embeddings/networks/1", 3), ("model/fitting/nets/networks/0", 2),
            ("model/descriptor/embeddings", 2),
        ])
    func newer(place: String, version: Int) throws {
        let error = try Self.error("\(place)/@version", .integer(version))
        #expect(error.place == place)
        #expect(error.problem.hasPrefix("@version \(version) of "))
        #expect(error.problem.hasSuffix("is newer than \(version - 1), the newest that this program reads"))
    }

    @Test("Older classes, which lack the keys of the newer ones, are read")
    func older() throws {
        let folder = try TemporaryFolder()
        var old = Self.tree
        for place in ["model", "model/descriptor", "model/fitting", Self.layer] {
            old = old.setting("\(place)/@version", .integer(1))
        }
        for key in [
            "model/@variables", "model/atom_exclude_types", "model/pair_exclude_types", "model/descriptor/env_mat",
            "model/descriptor/type_map", "model/descriptor/env_protection", "model/fitting/var_name",
            "model/fitting/dim_case_embd", "model/fitting/default_fparam", "model/fitting/atom_ener",
            "model/fitting/@variables/case_embd", "\(Self.layer)/trainable",
        ] {
            old = old.setting(key, nil)
        }
        try YAMLModelFile.write(old, to: folder.file("m.yaml"))
        let model = try DPModel(contentsOf: folder.file("m.yaml"))
        var expected = try Self.read("model/rcond", .null)
        expected.outBias = [0, 0]
        #expect(model == expected)
    }

    @Test("Parameters that are not finite are refused", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(value: Double) throws {
        let place = "\(Self.layer)/@variables/b"
        let error = try Self.error(place, .array(ModelArray(shape: [2], precision: .float64, values: [0, value])))
        #expect(error.place == place)
        #expect(error.problem == "element 1 is \(value)")
    }

    @Test("Missing keys and values of the wrong kind are named with their place")
    func missing() throws {
        let missing = try Self.error("model/descriptor/sel", nil)
        #expect(missing.place == "model/descriptor" && missing.problem == "the key 'sel' is missing")
        #expect(try Self.error("model", nil).problem == "the key 'model' is missing")
        let wrong = try Self.error("model/descriptor/rcut", .string("six"))
        #expect(wrong.place == "model/descriptor/rcut" && wrong.problem == "expected a number, found 'six'")
    }

    static let wrongShapes: [(path: String, value: ModelTree, place: String)] = [
        ("model/type_map/1", .string("Li"), "model"),
        ("model/descriptor/type_map/1", .string("P"), "model/descriptor/type_map"),
        ("model/descriptor/axis_neuron", .integer(3), "model/fitting/dim_descrpt"),
        ("model/descriptor/axis_neuron", .integer(5), "model/descriptor"),
        ("model/descriptor/rcut_smth", .number(9), "model/descriptor"),
        ("model/descriptor/rcut", .number(5), "model/descriptor/env_mat/rcut"),
        ("model/descriptor/sel/1", .integer(4), "model/descriptor/@variables/davg"),
        ("model/descriptor/sel/1", .integer(-3), "model/descriptor/sel/1"),
        ("model/descriptor/sel", .list([.integer(5)]), "model/descriptor"),
        ("model/descriptor/type_one_side", .bool(false), "model/descriptor/embeddings"),
        ("model/descriptor/neuron/0", .integer(3), "model/descriptor/embeddings/networks/0"),
        ("model/descriptor/embeddings/networks/1", .null, "model/descriptor/embeddings/networks/1"),
        ("model/fitting/neuron", .list([]), "model/fitting/nets/networks/0"),
        ("\(layer)/@variables/b", .zeros([3]), "\(layer)/@variables/b"),
        ("\(layer)/@variables/w", .zeros([2]), "\(layer)/@variables/w"),
        ("model/descriptor/@variables/dstd", .zeros([2, 5, 4]), "model/descriptor/@variables/dstd"),
        ("model/@variables/out_bias", .zeros([1, 3, 1]), "model/@variables/out_bias"),
    ]

    @Test("Shapes that do not belong together are refused", arguments: wrongShapes)
    func shape(change: (path: String, value: ModelTree, place: String)) throws {
        let error = try Self.error(change.path, change.value)
        #expect(error.place == change.place, "\(error)")
    }

    @Test("Statistics that differ between the slots of a type are refused")
    func slots() throws {
        var values = [Double](repeating: 0.5, count: 40)
        values[4] = 0.6
        let place = "model/descriptor/@variables/davg"
        let error = try Self.error(place, .array(ModelArray(shape: [2, 5, 4], precision: .float64, values: values)))
        #expect(error.place == place)
        #expect(error.problem.contains("type 0 has different values in slot 0 and slot 1"))
    }

    @Test("Arrays with rows of different lengths, words in them or an unknown dtype are refused")
    func brokenArrays() throws {
        let folder = try TemporaryFolder()
        for (rows, type) in [("[[1, 2], [3]]", "float64"), ("[1, two]", "float64"), ("[1, 2]", "float16")] {
            let text = "model:\n  a:\n    \"@class\": np.ndarray\n    dtype: \(type)\n    value: \(rows)\n"
            try text.write(toFile: folder.file("m.yaml"), atomically: true, encoding: .utf8)
            let error = #expect(throws: InputError.self) { try DPModel(contentsOf: folder.file("m.yaml")) }
            #expect(error?.place == "model/a")
        }
    }

    @Test("Truncated files are refused, wherever they end", arguments: ["model.yaml", "model.dp"])
    func truncated(name: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.file(name)
        try DPModel.random(seed: 1).write(to: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        for part in [0.0, 0.01, 0.3, 0.6, 0.95] {
            try whole.prefix(Int(Double(whole.count) * part)).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: InputError.self) { try DPModel(contentsOf: path) }
            #expect(error?.file == path)
        }
    }

    @Test("Files that are no models are refused")
    func otherFiles() throws {
        let folder = try TemporaryFolder()
        for (name, text) in [
            ("a.dp", "not HDF5"), ("a.yaml", "just: a map"), ("b.yaml", "- 1\n- 2"), ("c.yaml", ""),
            ("d.yaml", "model: {a: [1, 2}"), ("model.pb", "graph"),
        ] {
            try text.write(toFile: folder.file(name), atomically: true, encoding: .utf8)
            let error = #expect(throws: InputError.self) { try DPModel(contentsOf: folder.file(name)) }
            #expect(error?.file == folder.file(name))
        }
        let missing = #expect(throws: InputError.self) { try DPModel(contentsOf: folder.file("none.dp")) }
        #expect(missing?.problem == "there is no such file")
    }

    @Test("Writing into a folder that is not there is an error, and leaves nothing behind", arguments: ["dp", "yaml"])
    func unwritable(type: String) throws {
        let folder = try TemporaryFolder()
        #expect(throws: InputError.self) { try DPModel.random(seed: 1).write(to: folder.file("none/m.\(type)")) }
        #expect(throws: InputError.self) { try DPModel.random(seed: 1).write(to: folder.file("m.pth")) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
}

extension ModelTree {
    fileprivate static func zeros(_ shape: [Int]) -> ModelTree {
        let count = shape.reduce(1, *)
        return .array(ModelArray(shape: shape, precision: .float64, values: Array(repeating: 0, count: count)))
    }

    /// The tree with `value` at a path of keys and indices; without the key when `value` is nil.
    fileprivate func setting(_ path: String, _ value: ModelTree?) -> ModelTree {
        guard let key = path.split(separator: "/").first.map(String.init) else { return value ?? .null }
        let rest = String(path.dropFirst(key.count + 1))
        switch self {
        case .map(var items):
            if rest.isEmpty {
                items[key] = value
            } else {
                items[key] = items[key]!.setting(rest, value)
            }
            return .map(items)
        case .list(var items):
            items[Int(key)!] = items[Int(key)!].setting(rest, value)
            return .list(items)
        default:
            preconditionFailure("no such path: \(path)")
        }
    }
}
