import Files
import Foundation

/// The files that are kept of each calculation in `calculations/` of its work folder.
enum CalculationFolder {
    static let name = "calculations"

    /// KEY.json is the calculation, `KEY.end.json` how a worker ended, `KEY.fraction.json` how far it is, `KEY.spent.json`
    /// its time so far.
    static func file(_ key: String, _ what: String? = nil, in folder: WorkFolder) -> String {
        folder.file("\(name)/\(key)\(what.map { "." + $0 } ?? "").json")
    }

    /// Writes the calculation as a worker reads it, once.
    ///
    /// - Throws: `InputError` when it cannot be written.
    static func write<C: Calculation>(_ calculation: C, key: String, in folder: WorkFolder) throws {
        let path = file(key, in: folder)
        guard !FileManager.default.fileExists(atPath: path) else { return }
        try Folder.make(folder.file(name))
        try JSONText.write(CalculationFile(calculation), to: path)
    }
}
