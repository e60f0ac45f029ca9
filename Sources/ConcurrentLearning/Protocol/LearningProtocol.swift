import Files
import Foundation
import Structures
import Yams

/// What `lgps-bench dpgen` reads: `param.json` (or YAML) of `dpgen run`.
///
/// Keys fall into four classes: used; known but without effect here, which `remarks` tell; unsupported, an error that names
/// the alternative; unknown, an error that names the nearest known key. Only the file itself is read: whether the data,
/// structures and models that it names are there is asked by `LearningInputs`.
public struct LearningProtocol: Sendable {
    public var file: String
    /// What the user should know about the keys: without effect, spelt as in old versions, understood otherwise.
    public var remarks: [String]
    /// The elements in the order of the types.
    public var typeMap: [String]
    /// amu, by type; nil for standard atomic weights.
    public var masses: [Double]?
    /// Folders with deepmd/npy systems at any depth.
    public var initialData: PathList
    /// Globs of structures, by system.
    public var configurations: [PathList]
    public var training: TrainingProtocol
    public var exploration: ExplorationProtocol
    public var selection: SelectionProtocol
    public var labelling: LabellingProtocol
    public var extras: LearningExtras
    /// Every key that has an effect, as canonical JSON, except the jobs: what a store belongs to.
    public var identity: [String: String]

    /// Paths below a prefix, which is relative to the folder of the file.
    public struct PathList: Equatable, Sendable {
        public var prefix: String
        public var names: [String]
        /// Where in the file.
        var place: String
    }

    /// - Throws: `InputError` that names the key at fault.
    public init(contentsOf path: String) throws {
        let isYAML = path.hasSuffix(".yaml") || path.hasSuffix(".yml")
        try self.init(isYAML ? Self.yaml(path) : InputNode(InputFile.data(at: path), file: path))
    }

    /// The same from JSON in memory; relative paths in it are relative to the folder of `file`.
    public init(json: Data, file: String) throws { try self.init(InputNode(json, file: file)) }

    private init(_ root: InputNode) throws {
        file = root.file
        var remarks: [String] = []
        let keys = try root.entries(Self.keys, remarks: &remarks)
        func needed(_ name: String) throws -> InputNode {
            guard let node = keys[name] else {
                throw root.failure("the key '\(name)' is missing", mend: "DP-GEN needs it too")
            }
            return node
        }
        typeMap = try ElementList.read(needed("type_map"))
        masses = try Self.masses(keys["mass_map"], types: typeMap.count)
        initialData = try PathList(
            prefix: keys["init_data_prefix"]?.string ?? "", names: needed("init_data_sys").strings(),
            place: "init_data_sys")
        configurations = try Self.configurations(needed("sys_configs"), prefix: keys["sys_configs_prefix"])
        let format = try keys["sys_format"]?.string ?? "vasp/poscar"
        guard ["vasp/poscar", "vasp/contcar", "poscar", "contcar"].contains(format.lowercased()) else {
            throw try needed("sys_format").failure(
                "structures of the format '\(format)' cannot be read",
                mend: "convert them to POSCAR; extended XYZ and LAMMPS data are told by their names")
        }
        training = try TrainingProtocol(keys, needed: needed, typeMap: typeMap, remarks: &remarks)
        exploration = try ExplorationProtocol(
            keys, needed: needed, systems: configurations.count, remarks: &remarks)
        selection = try SelectionProtocol(keys, needed: needed)
        labelling = try LabellingProtocol(keys, needed: needed, typeMap: typeMap, remarks: &remarks)
        extras = try LearningExtras(keys["lgps_bench"])
        try training.checkReuse(jobs: exploration.jobs)
        identity = try Self.identity(keys)
        self.remarks = remarks
    }

    /// `typeMap` as elements.
    var elements: [Species] { typeMap.compactMap { Species(symbol: $0) } }

    /// A path of the file, which is relative to the file's folder.
    public func path(of name: String) -> String {
        if name.hasPrefix("/") { return name }
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        return folder.appendingPathComponent(name).standardizedFileURL.path
    }

    private static func yaml(_ path: String) throws -> InputNode {
        do {
            guard let value = try Yams.load(yaml: InputFile.text(at: path)) else {
                throw InputError(file: path, problem: "the file is empty")
            }
            return InputNode(file: path, path: "", value: value)
        } catch let error as YamlError {
            throw InputError(file: path, problem: "not valid YAML: \(error)")
        }
    }

    private static func masses(_ node: InputNode?, types: Int) throws -> [Double]? {
        guard let node, (try? node.string) != "auto" else { return nil }
        let masses = try node.list.map { try $0.positive() }
        guard masses.count == types else {
            throw node.failure("\(masses.count) masses for \(types) types", mend: "give one per element of type_map")
        }
        return masses
    }

    private static func configurations(_ node: InputNode, prefix: InputNode?) throws -> [PathList] {
        let prefix = try prefix?.string ?? ""
        let systems = try node.list.map { PathList(prefix: prefix, names: try $0.strings(), place: $0.path) }
        guard !systems.isEmpty else { throw node.failure("no systems are named", mend: "give [[\"glob\"], ...]") }
        return systems
    }

    private static func identity(_ keys: [String: InputNode]) throws -> [String: String] {
        try keys.filter { $0.key != "model_devi_jobs" }.mapValues { node in
            let data = try JSONSerialization.data(
                withJSONObject: node.uncommented, options: [.sortedKeys, .fragmentsAllowed])
            return String(decoding: data, as: UTF8.self)
        }
    }
}

/// A list of different elements.
enum ElementList {
    static func read(_ node: InputNode) throws -> [String] {
        let symbols = try node.list.map { element in
            guard Species(symbol: try element.string) != nil else {
                throw element.failure("'\(try element.string)' is not an element")
            }
            return try element.string
        }
        guard !symbols.isEmpty, Set(symbols).count == symbols.count else {
            throw node.failure("the elements must differ, and there must be some")
        }
        return symbols
    }
}
