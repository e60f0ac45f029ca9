import DeepPotential
import Execution
import Files
import Structures

/// An ensemble of models trained on one level of theory.
public struct Ensemble: Sendable {
    public var level: LevelOfTheory
    /// What it may simulate.
    public var materials: [Material]
    /// SHA-256 of each model; the first drives the dynamics.
    public var models: [String]
    public var paths: [String]
    /// Our own labels of this level: a folder of `reference-data/datasets`; nil where they are not ours to ship.
    public var data: String?
    /// Which of their frames were not trained on.
    public var heldOut: HeldOut?

    /// The models without one of them.
    func models(without index: Int) -> [String] {
        models.enumerated().filter { $0.offset != index }.map(\.element)
    }

    public struct HeldOut: Codable, Equatable, Sendable {
        public var first: Int
        public var stride: Int
    }
}

/// `reference-data/models/default.json`: one ensemble for each level of theory, the preferred level of a material first.
struct ModelCatalogue: Codable, Sendable {
    struct Row: Codable, Sendable {
        var code: String
        var functional: Functional
        var materials: [Material]
        /// A folder beside `default.json`.
        var models: String
        /// A folder of `reference-data/datasets`.
        var data: String?
        var heldOut: Ensemble.HeldOut?
        /// What they were trained on, in words.
        var labels: String

        var level: LevelOfTheory { LevelOfTheory(code: code, functional: functional) }
    }

    var levels: [Row]

    /// The ensembles, with those that the user names in the place of the package's.
    ///
    /// - Parameters:
    ///   - given: `LEVEL=PATH`, or a path alone, which becomes the level `own-PBE` and every material's first.
    ///   - library: takes the files in.
    /// - Throws: `InputError` for a level or file that is not there.
    static func ensembles(
        given: [String], reference: ReferenceData, library: InputLibrary
    ) throws -> [Ensemble] {
        let folder = "\(reference.folder)/models"
        let catalogue = try JSONText.read(ModelCatalogue.self, from: "\(folder)/default.json")
        var paths: [String: [String]] = [:]
        for option in given {
            let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
            let (level, path) = parts.count == 2 ? (parts[0], parts[1]) : ("own", option)
            if level != "own" { _ = try LevelOfTheory(name: level, place: "--model") }
            paths[level, default: []] += try ModelFiles.expand(path)
        }
        var ensembles: [Ensemble] = []
        if let own = paths["own"] {
            ensembles.append(
                try ensemble(
                    LevelOfTheory(code: "own", functional: .pbe), own, materials: Material.allCases, data: nil,
                    heldOut: nil, library))
        }
        let known = Set(catalogue.levels.map(\.level.name) + ["own"])
        for (name, files) in paths.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
            ensembles.append(
                try ensemble(
                    LevelOfTheory(name: name, place: "--model"), files, materials: Material.allCases, data: nil,
                    heldOut: nil, library))
        }
        for row in catalogue.levels {
            let files = try paths[row.level.name] ?? ModelFiles.expand("\(folder)/\(row.models)")
            // Other models were trained on other frames.
            let isOurs = paths[row.level.name] == nil
            ensembles.append(
                try ensemble(
                    row.level, files, materials: row.materials,
                    data: row.data.map { "\(reference.folder)/datasets/\($0)" }, heldOut: isOurs ? row.heldOut : nil,
                    library))
        }
        return ensembles
    }

    private static func ensemble(
        _ level: LevelOfTheory, _ paths: [String], materials: [Material], data: String?, heldOut: Ensemble.HeldOut?,
        _ library: InputLibrary
    ) throws -> Ensemble {
        let types = Set(try DPModel(contentsOf: paths[0]).typeMap)
        return Ensemble(
            level: level, materials: materials.filter { types.isSuperset(of: ["Li", "P", "S", $0.rawValue]) },
            models: try paths.map(library.add(file:)), paths: paths, data: data, heldOut: heldOut)
    }
}
