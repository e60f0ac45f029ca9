import Files
import Foundation

extension LabelledSystem {
    /// Element types of the written arrays.
    public enum Precision: Sendable {
        /// float32, but energies in float64: those of a large cell would lose what training needs.
        case single
        /// float64 throughout.
        case double
    }

    /// Writes the system as a deepmd/npy folder with one set.
    ///
    /// The folder appears under its name only when it is complete.
    ///
    /// - Throws: `InputError` when `path` exists already or cannot be written.
    public func write(to path: String, precision: Precision = .double) throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: path) else {
            throw InputError(
                file: path, problem: "there is something of this name already", mend: "remove it or choose another name"
            )
        }
        TemporaryName.removeLeftovers(of: path)
        let temporary = TemporaryName.beside(path)
        try Folder.make("\(temporary)/set.000")
        do {
            try writeFiles(to: temporary, precision: precision)
            try files.moveItem(atPath: temporary, toPath: path)
        } catch {
            try? files.removeItem(atPath: temporary)
            if error is InputError { throw error }
            throw InputError(file: path, problem: "the folder cannot be renamed into place")
        }
    }

    private func writeFiles(to folder: String, precision: Precision) throws {
        try AtomicFile.write(types.map { "\($0)\n" }.joined(), to: "\(folder)/type.raw")
        try AtomicFile.write(typeMap.map { "\($0)\n" }.joined(), to: "\(folder)/type_map.raw")
        if !isPeriodic { try AtomicFile.write("", to: "\(folder)/nopbc") }
        let type: NpyArray.ElementType = precision == .single ? .float32 : .float64
        func write(_ name: String, _ values: [Double], _ shape: [Int], _ type: NpyArray.ElementType) throws {
            let array = NpyArray(shape: shape, elementType: type, values: values)
            try AtomicFile.write(array.encoded(), to: "\(folder)/set.000/\(name).npy")
        }
        try write("coord", coordinates, [frameCount, 3 * atomCount], type)
        try write("box", boxes, [frameCount, 9], type)
        if !energies.isEmpty { try write("energy", energies, [frameCount], .float64) }
        if !forces.isEmpty { try write("force", forces, [frameCount, 3 * atomCount], type) }
        if let virials { try write("virial", virials, [frameCount, 9], type) }
    }
}
