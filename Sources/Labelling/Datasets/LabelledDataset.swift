import Files
import Structures

/// A deepmd/npy folder with its manifest: a view of labels that are kept elsewhere, written as a whole.
///
/// Frames that an earlier run has left in the folder stay in it. A reader, or a crash, meets the folder before a writing
/// or after it, never between.
public struct LabelledDataset: Sendable {
    private struct Entry {
        var record: LabelManifest.Frame
        var structure: Structure
        var label: Label
    }

    public let folder: String
    private let dataset: DatasetFolder
    /// Without frames.
    private let system: LabelledSystem
    private var manifest: LabelManifest
    private var entries: [Entry] = []
    private var isChanged = false
    /// `FrameHash` of every frame.
    public private(set) var hashes: Set<String> = []

    /// Opens the folder, or begins an empty dataset where there is none. Nobody else may be writing into it.
    ///
    /// - Throws: `InputError` when the folder is damaged, or holds labels of another level or other settings, or
    ///   other atoms.
    public init(
        folder: String, name: String, typeMap: [String], types: [Int], isPeriodic: Bool, level: String,
        settings: [String: String]
    ) throws {
        self.folder = folder
        dataset = DatasetFolder(folder)
        try dataset.recover()
        system = LabelledSystem(
            name: name, typeMap: typeMap, types: types, isPeriodic: isPeriodic, coordinates: [], boxes: [],
            energies: [], forces: [])
        manifest = LabelManifest(code: "", level: level, settings: settings, frames: [])
        if InputFile.isFolder(folder) { try load() }
    }

    public var types: [Int] { system.types }

    private mutating func load() throws {
        let old = try LabelledSystem.load(path: folder)
        let found = try LabelManifest.load(folder: folder)
        guard old.frameCount == found.frames.count else {
            throw InputError(
                file: folder,
                problem: "\(found.frames.count) frames in the manifest, \(old.frameCount) in the arrays",
                mend: "restore the folder, or label into another one")
        }
        guard old.typeMap == system.typeMap, old.types == system.types, old.isPeriodic == system.isPeriodic else {
            throw InputError(
                file: folder, problem: "the folder holds another system than \(system.name)",
                mend: "label into another folder")
        }
        guard found.level == manifest.level, found.settings == manifest.settings else {
            let (settings, others) = (manifest.settings, found.settings)
            let differing = Set(settings.keys).union(others.keys).filter { settings[$0] != others[$0] }.sorted()
                .map { "\($0): \(others[$0] ?? "none") there, \(settings[$0] ?? "none") now" }
            throw InputError(
                file: folder,
                problem: "the labels there were made with other settings (\(differing.joined(separator: "; ")))",
                mend: "use the same settings, or label into another folder")
        }
        manifest.code = found.code
        entries = try found.frames.enumerated().map { index, record in
            let label = Label(
                energy: old.energies[index], forces: old.forces(frame: index), virial: old.virial(frame: index),
                code: found.code)
            return Entry(record: record, structure: try old.structure(frame: index), label: label)
        }
        hashes = Set(found.frames.map(\.hash))
    }

    /// Adds a frame, to be written with the next `write`; one that is there already stays as it is.
    ///
    /// - Throws: `InputError` when it has a virial and the others have none, or the reverse.
    public mutating func add(_ frame: QueuedFrame, hash: String, _ label: Label) throws {
        guard !hashes.contains(hash) else { return }
        guard entries.first.map({ ($0.label.virial == nil) == (label.virial == nil) }) ?? true else {
            throw InputError(
                file: folder, problem: "some labels have a virial and some have none",
                mend: "label periodic and free systems into folders of their own")
        }
        let record = LabelManifest.Frame(
            source: frame.source, index: frame.index, hash: hash, selfConsistencySteps: label.selfConsistencySteps,
            wallTime: (label.wallTime * 10).rounded() / 10)
        entries.append(Entry(record: record, structure: frame.structure, label: label))
        hashes.insert(hash)
        manifest.code = label.code
        isChanged = true
    }

    /// Writes the folder when something was added, its frames in the order of source and index.
    ///
    /// - Throws: `InputError` when that fails; the folder is then what it was.
    public mutating func write() throws {
        guard isChanged else { return }
        // The sort is stable: equal places keep the order in which they came.
        entries.sort { ($0.record.source, $0.record.index) < ($1.record.source, $1.record.index) }
        var whole = system
        for entry in entries {
            whole.coordinates += entry.structure.positions.flatMap { [$0.x, $0.y, $0.z] }
            whole.boxes += entry.structure.cell.vectors.rowMajor
            whole.energies.append(entry.label.energy)
            whole.forces += entry.label.forces.flatMap { [$0.x, $0.y, $0.z] }
        }
        let virials = entries.compactMap(\.label.virial)
        whole.virials = virials.isEmpty ? nil : virials.flatMap(\.rowMajor)
        manifest.frames = entries.map(\.record)
        try dataset.replace { temporary in
            try whole.write(to: temporary)
            try manifest.write(folder: temporary)
        }
        isChanged = false
    }
}
