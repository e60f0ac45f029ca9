import Execution
import Files
import Foundation
import Structures

/// Labelled frames that models are tested on.
public struct LabelledSet: Sendable {
    /// One deepmd/npy system of it.
    public struct System: Sendable {
        public var name: String
        /// SHA-256 of its folder.
        public var hash: String
        public var frames: Int
        public var atoms: Int
    }

    public enum Source: Sendable {
        /// Committed with this program.
        case ours
        /// Given by the user: the paper's published data.
        case given
    }

    public var material: Material
    public var level: LevelOfTheory
    public var source: Source
    /// Where it lies.
    public var path: String
    public var systems: [System]

    /// Where the paper's data come from, for messages.
    public static let howToGet =
        "download the paper's data set from AIS-Square "
        + "(https://aisquare.oss-us-east-1.aliyuncs.com/AIS-Square/datasets/LiGePS-SSE-PBE/LiGePS-SSE-PBE.zip; "
        + "LiSiPS-SSE-PBE and LiSnPS-SSE-PBE by the same pattern), unpack it and name the folder with --data or LGPS_DATA"

    /// Our own sets of the ensembles' levels, and those that the user gives.
    ///
    /// - Parameters:
    ///   - given: `LEVEL=FOLDER`, or a folder alone: that of VASP-PBEsol when its name says PBEsol, else of VASP-PBE.
    ///   - library: takes the folders in.
    /// - Throws: `InputError` for a folder that is not there, or damaged.
    static func find(
        given: [String], ensembles: [Ensemble], materials: [Material], library: InputLibrary
    ) throws -> [LabelledSet] {
        var sets: [LabelledSet] = []
        for ensemble in ensembles {
            guard let data = ensemble.data else { continue }
            sets += try read(data, ensemble.level, .ours, materials, library)
        }
        for option in given {
            let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
            let path = parts.count == 2 ? parts[1] : option
            let guess = "VASP-" + (path.lowercased().contains("pbesol") ? "PBEsol" : "PBE")
            let name = parts.count == 2 ? parts[0] : guess
            let level = try LevelOfTheory(name: name, place: "--data")
            sets += try read(path, level, .given, materials, library)
        }
        return sets
    }

    /// The systems below `path`, by material.
    private static func read(
        _ path: String, _ level: LevelOfTheory, _ source: Source, _ materials: [Material], _ library: InputLibrary
    ) throws -> [LabelledSet] {
        guard InputFile.isFolder(path) else {
            throw InputError(file: path, problem: "there is no such folder", mend: "check --data and LGPS_DATA")
        }
        var systems: [Material: [System]] = [:]
        for below in try LabelledSystem.folders(under: path) {
            let folder = below.isEmpty ? path : "\(path)/\(below)"
            // A folder of mixed type counts as one system of its largest cell.
            let parts = try LabelledSystem.systems(in: folder)
            let elements = Set(parts.flatMap { part in part.types.map { part.typeMap[$0] } })
            guard let material = materials.first(where: { elements.contains($0.rawValue) }) else { continue }
            systems[material, default: []].append(
                System(
                    name: below.isEmpty ? URL(fileURLWithPath: path).lastPathComponent : below,
                    hash: try library.add(folder: folder), frames: parts.reduce(0) { $0 + $1.frameCount },
                    atoms: parts.map(\.atomCount).max() ?? 0))
        }
        return systems.keys.sorted().map {
            LabelledSet(material: $0, level: level, source: source, path: path, systems: systems[$0] ?? [])
        }
    }
}
