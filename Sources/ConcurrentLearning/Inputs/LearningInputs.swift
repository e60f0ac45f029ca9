import Calculations
import DeepPotential
import DeepPotentialTraining
import Execution
import Files
import Foundation
import Labelling
import Structures

/// Everything that a protocol names, found and read: by hash where calculations name it.
public struct LearningInputs: Sendable {
    /// A labelled system.
    public struct Data: Codable, Equatable, Sendable {
        /// For messages.
        public var name: String
        /// SHA-256 of its folder.
        public var hash: String
        public var frames: Int
        public var atoms: Int
    }

    /// A structure that explorations begin with.
    public struct Configuration: Sendable {
        public var path: String
        public var structure: Structure
    }

    public var initialData: [Data]
    /// Their structures, for the choice of what is not there yet.
    var initialStructures: [Structure]
    public var validation: [Data]
    public var holdOut: [Data]
    /// By system.
    public var configurations: [[Configuration]]
    /// SHA-256 of the models that iteration 0 starts from: none, one, or one for each.
    public var initialModels: [String]
    public var code: LabelCode
    let slots: SlotLimits?

    /// - Parameter library: takes the models and data, so that calculations find them.
    /// - Throws: `InputError` for what is missing, does not fit `type_map`, or has more neighbours than `sel`.
    public init(_ input: LearningProtocol, library: InputLibrary) throws {
        let training = try input.training.input(steps: nil, systems: 1)
        let model = try TrainingInput(json: Foundation.Data(training.utf8), file: input.file).model
        slots = SlotLimits(model)
        let elements = Set(input.elements)
        let initial = try input.initialData.names.flatMap { name in
            try Self.systems(input.path(of: input.initialData.prefix, name), library, elements)
        }
        guard !initial.isEmpty else {
            throw InputError(
                file: input.file, place: "init_data_sys", problem: "there are no labelled systems to begin with",
                mend: "label some frames: `lgps-bench label run --perturbed Ge --count 20`")
        }
        initialData = initial.map(\.data)
        initialStructures = try initial.flatMap { entry in
            try (0..<entry.system.frameCount).map { try entry.system.structure(frame: $0) }
        }
        let slots = slots
        for structure in initialStructures {
            if let excess = try slots?.excess(of: structure) {
                throw InputError(
                    file: input.file, place: "default_training_param/model/descriptor/sel",
                    problem: "in the initial data \(excess)", mend: "raise it, with room for what is explored")
            }
        }
        validation = try input.training.validation.flatMap {
            try Self.systems(input.path(of: $0), library, elements).map(\.data)
        }
        holdOut = try input.extras.holdOut.flatMap {
            try Self.systems(input.path(of: $0), library, elements).map(\.data)
        }
        configurations = try input.configurations.map { try Self.configurations($0, input, elements, slots) }
        initialModels = try Self.models(input, library)
        code = try Self.code(input, library)
    }

    /// Every labelled system at or below a folder.
    private static func systems(
        _ path: String, _ library: InputLibrary, _ elements: Set<Species>
    ) throws -> [(data: Data, system: LabelledSystem)] {
        guard !path.contains(".hdf5") else {
            throw InputError(
                file: path, problem: "HDF5 systems cannot be read", mend: "convert them to deepmd/npy with dpdata")
        }
        return try LabelledSystem.folders(under: path).map { below in
            let folder = below.isEmpty ? path : "\(path)/\(below)"
            let system = try LabelledSystem.load(path: folder)
            try check(Set(system.types.map { system.typeMap[$0] }), elements, file: folder)
            return (
                Data(
                    name: below.isEmpty ? system.name : below, hash: try library.add(folder: folder),
                    frames: system.frameCount, atoms: system.atomCount), system
            )
        }
    }

    private static func check(_ symbols: Set<String>, _ elements: Set<Species>, file: String) throws {
        for symbol in symbols.sorted() {
            let species = try Species(symbol: symbol, file: file)
            guard elements.contains(species) else {
                throw InputError(
                    file: file,
                    problem: "\(symbol) is not in type_map (\(elements.sorted().map(\.symbol).joined(separator: " ")))",
                    mend: "add it to type_map, or leave this system out")
            }
        }
    }

    private static func configurations(
        _ list: LearningProtocol.PathList, _ input: LearningProtocol, _ elements: Set<Species>, _ slots: SlotLimits?
    ) throws -> [Configuration] {
        let paths = list.names.flatMap { Glob.paths(input.path(of: list.prefix, $0)) }
        guard !paths.isEmpty else {
            throw InputError(
                file: input.file, place: list.place,
                problem: "nothing matches \(list.names.map { "'\($0)'" }.joined(separator: ", "))"
                    + (list.prefix.isEmpty ? "" : " below \(list.prefix)"),
                mend: "check the paths; they are relative to the folder of the file")
        }
        return try paths.map { path in
            let structure = try StructureFile.read(path)
            try check(Set(structure.species.map(\.symbol)), elements, file: path)
            if let excess = try slots?.excess(of: structure) {
                throw InputError(
                    file: path, problem: excess, mend: "raise default_training_param/model/descriptor/sel")
            }
            return Configuration(path: path, structure: structure)
        }
    }

    private static func models(_ input: LearningProtocol, _ library: InputLibrary) throws -> [String] {
        let given = input.training.initialModels
        guard !given.isEmpty else { return [] }
        let paths = try given.flatMap { name -> [String] in
            // Folders of checkpoints are named by a glob.
            let found = Glob.paths(input.path(of: name))
            return try (found.isEmpty ? [input.path(of: name)] : found).flatMap(ModelFiles.expand)
        }
        guard paths.count == 1 || paths.count == input.training.models else {
            throw InputError(
                file: input.file, place: input.training.initialModelsPlace,
                problem: "\(paths.count) models for numb_models = \(input.training.models)",
                mend: "name one, or one for each")
        }
        for path in paths { _ = try DPModel(contentsOf: path) }
        return try paths.map { try library.add(file: $0) }
    }

    private static func code(_ input: LearningProtocol, _ library: InputLibrary) throws -> LabelCode {
        switch input.labelling.code {
        case .cp2k(let functional, let settings): return .cp2k(functionals: [functional], settings: settings)
        case .vasp(let incar): return .vasp(functional: incar.functional, settings: incar.settings)
        case .vaspFile(let path):
            let incar = try INCAR(contentsOf: input.path(of: path))
            return .vasp(functional: incar.functional, settings: incar.settings)
        case .model(let name):
            let path = input.path(of: name)
            let teacher = try DPModel(contentsOf: path)
            if let missing = input.typeMap.first(where: { !teacher.typeMap.contains($0) }) {
                throw InputError(file: path, problem: "the teacher does not know \(missing), which is in type_map")
            }
            return .model(try library.add(file: path))
        }
    }
}

extension LearningProtocol {
    /// A name below a prefix.
    func path(of prefix: String, _ name: String) -> String {
        path(of: prefix.isEmpty || name.hasPrefix("/") ? name : "\(prefix)/\(name)")
    }
}
