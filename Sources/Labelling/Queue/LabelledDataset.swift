import Files
import Foundation
import Structures

/// A dataset that grows: a deepmd/npy folder with its manifest, replaced as a whole with every frame.
///
/// A reader, or a crash, meets the folder before a frame or after it, never between.
struct LabelledDataset {
    let folder: String
    private(set) var system: LabelledSystem
    private(set) var manifest: LabelManifest

    /// Opens the folder, or begins an empty dataset where there is none.
    ///
    /// - Throws: `InputError` when the folder is damaged, or holds labels of another code, level or settings, or
    ///   other atoms.
    init(
        folder: String, name: String, typeMap: [String], types: [Int], isPeriodic: Bool, level: String,
        settings: [String: String]
    ) throws {
        self.folder = folder
        try FolderExchange.finish(folder)
        guard FileManager.default.fileExists(atPath: folder) else {
            system = LabelledSystem(
                name: name, typeMap: typeMap, types: types, isPeriodic: isPeriodic, coordinates: [], boxes: [],
                energies: [], forces: [])
            manifest = LabelManifest(code: "", level: level, settings: settings, frames: [])
            return
        }
        system = try LabelledSystem.load(path: folder)
        manifest = try LabelManifest.load(folder: folder)
        guard system.frameCount == manifest.frames.count else {
            throw InputError(
                file: folder,
                problem: "\(manifest.frames.count) frames in the manifest, \(system.frameCount) in the arrays",
                mend: "restore the folder, or label into another one")
        }
        guard system.typeMap == typeMap, system.types == types, system.isPeriodic == isPeriodic else {
            throw InputError(
                file: folder, problem: "the folder holds another system than \(name)", mend: "label into another folder"
            )
        }
        guard manifest.level == level, manifest.settings == settings else {
            let differing = Set(settings.keys).union(manifest.settings.keys).filter {
                settings[$0] != manifest.settings[$0]
            }.sorted().map { "\($0): \(manifest.settings[$0] ?? "none") there, \(settings[$0] ?? "none") now" }
            throw InputError(
                file: folder,
                problem: "the labels there were made with other settings (\(differing.joined(separator: "; ")))",
                mend: "use the same settings, or label into another folder")
        }
    }

    var hashes: Set<String> { Set(manifest.frames.map(\.hash)) }

    /// Adds a frame at its place in the order of (source, index), and writes the folder.
    mutating func add(_ structure: Structure, _ label: Label, _ frame: LabelManifest.Frame) throws {
        let place =
            manifest.frames.firstIndex { ($0.source, $0.index) > (frame.source, frame.index) } ?? manifest.frames.count
        guard manifest.frames.isEmpty || (system.virials != nil) == (label.virial != nil) else {
            throw InputError(
                file: folder, problem: "some labels have a virial and some have none",
                mend: "label periodic and free systems into folders of their own")
        }
        let atoms = 3 * system.atomCount
        func flat(_ vectors: [SIMD3<Double>]) -> [Double] { vectors.flatMap { [$0.x, $0.y, $0.z] } }
        system.coordinates.insert(contentsOf: flat(structure.positions), at: place * atoms)
        system.boxes.insert(contentsOf: structure.cell.vectors.rowMajor, at: place * 9)
        system.energies.insert(label.energy, at: place)
        system.forces.insert(contentsOf: flat(label.forces), at: place * atoms)
        if let virial = label.virial {
            var virials = system.virials ?? []
            virials.insert(contentsOf: virial.rowMajor, at: place * 9)
            system.virials = virials
        }
        manifest.frames.insert(frame, at: place)
        manifest.code = label.code
        try FolderExchange.replace(folder) { temporary in
            try system.write(to: temporary)
            try manifest.write(folder: temporary)
        }
    }
}
