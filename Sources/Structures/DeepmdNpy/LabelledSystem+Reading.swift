import Files
import Foundation

extension LabelledSystem {
    /// Which labels a reader cannot do without; those that are there are read in any case.
    public enum Needs: Sendable {
        /// Energies and forces.
        case labels
        /// Energies or forces.
        case someLabels
        /// Structures alone.
        case structures

        func contains(_ label: DeepmdSet.Label) -> Bool { self == .labels && label != .virial }
    }

    /// Reads a deepmd/npy folder of one system: `type.raw`, `type_map.raw`, optional `nopbc`, and `set.*/` with
    /// `coord.npy`, `box.npy`, `energy.npy`, `force.npy` and, where the data have it, `virial.npy`.
    ///
    /// Sets are joined in the order of their names. Arrays may be float32 or float64 and of any shape that begins with
    /// the number of frames and holds the right number of values. A `nopbc` system may do without `box.npy`; its frame
    /// of reference is then a cube of 100 Å.
    ///
    /// - Parameters:
    ///   - types: the elements of the types, for a folder without `type_map.raw`.
    ///   - needs: labels without which the folder is of no use.
    /// - Throws: `InputError` naming the file, frame and atom for missing files or sets, shapes that do not fit, types
    ///   outside the map, names that are no elements, values that are not finite, and singular cells; also for a folder of
    ///   mixed type whose frames do not all have the same atoms.
    public static func load(
        path: String, types: [Species]? = nil, needing needs: Needs = .labels
    ) throws -> LabelledSystem {
        let systems = try systems(in: path, types: types, needing: needs)
        guard systems.count == 1 else {
            throw InputError(
                file: path,
                problem: "the folder is of mixed type and holds \(systems.count) systems: "
                    + systems.prefix(5).map(\.formula).joined(separator: ", "),
                mend: "give a folder of one system here")
        }
        return systems[0]
    }

    /// Reads a deepmd/npy folder: one system, or for a folder of mixed type (`real_atom_types.npy`) one for each order of
    /// atoms in it, in the order of their first frames.
    ///
    /// - Parameter name: of the system, and the beginning of the names of several; nil takes the folder's.
    /// - Throws: `InputError` as `load`.
    public static func systems(
        in path: String, name: String? = nil, types: [Species]? = nil, needing needs: Needs = .labels
    ) throws -> [LabelledSystem] {
        var folder = try DeepmdFolder(path, types: types)
        try folder.read(needs)
        folder.name(name ?? URL(fileURLWithPath: path).lastPathComponent)
        return folder.systems
    }

    /// Reads every deepmd/npy folder at or below `path`, in the order of their paths.
    ///
    /// A system's name is its path below `path`.
    ///
    /// - Throws: `InputError` as `load(path:)`, and when there is no system at all.
    public static func loadAll(
        under path: String, types: [Species]? = nil, needing needs: Needs = .labels
    ) throws -> [LabelledSystem] {
        let found = try folders(under: path)
        guard !found.isEmpty else {
            throw InputError(
                file: path, problem: "there is no deepmd/npy system here (a folder with type.raw and set.*)",
                mend: "name a system or a folder that contains systems")
        }
        return try found.flatMap { below in
            below.isEmpty
                ? try systems(in: path, types: types, needing: needs)
                : try systems(in: "\(path)/\(below)", name: below, types: types, needing: needs)
        }
    }

    /// Every deepmd/npy folder at or below `path`, links followed, by name: its path below `path`, empty for itself. Hidden
    /// folders, and those of a writing that was cut off, are left out.
    ///
    /// - Throws: `InputError` when `path` is no folder.
    public static func folders(under path: String) throws -> [String] { try folders(in: path, below: "") }

    private static func folders(in root: String, below: String) throws -> [String] {
        let folder = below.isEmpty ? root : "\(root)/\(below)"
        let names = try InputFile.names(in: folder)
        // A folder with sets but without types is a broken system and shall be reported as such.
        if names.contains("type.raw") || names.contains(where: { $0.hasPrefix("set.") }) { return [below] }
        return try names.filter { name in
            !name.hasPrefix(".") && !TemporaryName.isOne(name) && InputFile.isFolder("\(folder)/\(name)")
        }.flatMap { try folders(in: root, below: below.isEmpty ? $0 : "\(below)/\($0)") }
    }
}
