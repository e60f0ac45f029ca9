import Files
import Foundation

extension LabelledSystem {
    /// Reads one deepmd/npy folder: `type.raw`, `type_map.raw`, optional `nopbc`, and `set.*/` with `coord.npy`,
    /// `box.npy`, `energy.npy`, `force.npy` and, where the data have it, `virial.npy`.
    ///
    /// Sets are joined in the order of their names. Arrays may be float32 or float64 and of any shape that begins with
    /// the number of frames and holds the right number of values. A `nopbc` system may do without `box.npy`; its frame
    /// of reference is then a cube of `referenceEdge`.
    ///
    /// - Throws: `InputError` naming the file, frame and atom for missing files or sets, shapes that do not fit, types
    ///   outside the map, names that are no elements, values that are not finite, and singular cells.
    public static func load(path: String) throws -> LabelledSystem {
        try load(path: path, name: URL(fileURLWithPath: path).lastPathComponent)
    }

    /// Reads every deepmd/npy folder at or below `path`, in the order of their paths.
    ///
    /// A system's name is its path below `path`.
    ///
    /// - Throws: `InputError` as `load(path:)`, and when there is no system at all.
    public static func loadAll(under path: String) throws -> [LabelledSystem] {
        let found = try folders(under: path)
        guard !found.isEmpty else {
            throw InputError(
                file: path, problem: "there is no deepmd/npy system here (a folder with type.raw and set.*)",
                mend: "name a system or a folder that contains systems")
        }
        return try found.map { below in
            below.isEmpty ? try load(path: path) : try load(path: "\(path)/\(below)", name: below)
        }
    }

    /// Edge (Å) of the cube that stands for the missing box of a `nopbc` system.
    static let referenceEdge = 100.0

    /// Every deepmd/npy folder at or below `path`, links followed, by name: its path below `path`, empty for itself. Hidden
    /// folders are left out: they are still being written.
    ///
    /// - Throws: `InputError` when `path` is no folder.
    public static func folders(under path: String) throws -> [String] { try folders(in: path, below: "") }

    private static func folders(in root: String, below: String) throws -> [String] {
        let folder = below.isEmpty ? root : "\(root)/\(below)"
        let names = try InputFile.names(in: folder)
        // A folder with sets but without types is a broken system and shall be reported as such.
        if names.contains("type.raw") || names.contains(where: { $0.hasPrefix("set.") }) { return [below] }
        return try names.filter { !$0.hasPrefix(".") && InputFile.isFolder("\(folder)/\($0)") }
            .flatMap { try folders(in: root, below: below.isEmpty ? $0 : "\(below)/\($0)") }
    }

    private static func load(path: String, name: String) throws -> LabelledSystem {
        let names = try InputFile.names(in: path)
        let typeMap = try readTypeMap("\(path)/type_map.raw")
        let types = try readTypes("\(path)/type.raw", typeMap: typeMap)
        let sets = names.filter { $0.hasPrefix("set.") && InputFile.isFolder("\(path)/\($0)") }
        guard !sets.isEmpty else {
            throw InputError(file: path, problem: "there is no set.* folder", mend: "a system has at least set.000")
        }
        var system = LabelledSystem(
            name: name, typeMap: typeMap, types: types, isPeriodic: !names.contains("nopbc"), coordinates: [],
            boxes: [],
            energies: [], forces: [])
        var withVirial: [String] = []
        for set in sets {
            if try system.append(set: "\(path)/\(set)") { withVirial.append(set) }
        }
        guard withVirial.isEmpty || withVirial.count == sets.count else {
            throw InputError(
                file: path, problem: "only \(withVirial.joined(separator: ", ")) of \(sets.count) sets have virial.npy",
                mend: "give every set its virial or none")
        }
        guard system.frameCount > 0 else { throw InputError(file: path, problem: "the system has no frames") }
        return system
    }

    /// Appends the frames of one set; true when it has a virial.
    private mutating func append(set: String) throws -> Bool {
        let first = try DeepmdSetFile("\(set)/coord.npy", valuesPerFrame: 3 * atomCount, frames: nil)
        let frames = first.frames
        coordinates += try first.finite(perAtom: true)
        boxes += try readBoxes("\(set)/box.npy", frames: frames)
        energies += try DeepmdSetFile("\(set)/energy.npy", valuesPerFrame: 1, frames: frames).finite()
        forces += try DeepmdSetFile("\(set)/force.npy", valuesPerFrame: 3 * atomCount, frames: frames)
            .finite(perAtom: true)
        let virial = "\(set)/virial.npy"
        guard FileManager.default.fileExists(atPath: virial) else { return false }
        virials = (virials ?? []) + (try DeepmdSetFile(virial, valuesPerFrame: 9, frames: frames).finite())
        return true
    }

    private func readBoxes(_ path: String, frames: Int) throws -> [Double] {
        let edge = Self.referenceEdge
        let reference = [edge, 0, 0, 0, edge, 0, 0, 0, edge]
        if !isPeriodic, !FileManager.default.fileExists(atPath: path) {
            return (0..<frames).flatMap { _ in reference }
        }
        var boxes = try DeepmdSetFile(path, valuesPerFrame: 9, frames: frames).finite()
        for frame in 0..<frames {
            let range = frame * 9..<frame * 9 + 9
            do {
                _ = try Cell(Matrix3(rowMajor: boxes[range]))
            } catch let error as InputError {
                guard isPeriodic else {
                    boxes.replaceSubrange(range, with: reference)
                    continue
                }
                throw InputError(file: path, place: "frame \(frame)", problem: error.problem, mend: error.mend)
            }
        }
        return boxes
    }

    private static func readTypeMap(_ path: String) throws -> [String] {
        let names = try InputFile.text(at: path).split(whereSeparator: \.isWhitespace).map(String.init)
        for (type, name) in names.enumerated() {
            _ = try Species(symbol: name, file: path, place: "type \(type)")
        }
        return names
    }

    private static func readTypes(_ path: String, typeMap: [String]) throws -> [Int] {
        let words = try InputFile.text(at: path).split(whereSeparator: \.isWhitespace)
        guard !words.isEmpty else { throw InputError(file: path, problem: "the file holds no atoms") }
        return try words.enumerated().map { atom, word in
            guard let type = Int(word), typeMap.indices.contains(type) else {
                throw InputError(
                    file: path, place: "atom \(atom)",
                    problem: "type '\(word)' is outside the type map \(typeMap.joined(separator: " ")), "
                        + "expected 0 to \(typeMap.count - 1)", mend: "mend type.raw or add the element to type_map.raw"
                )
            }
            return type
        }
    }
}
