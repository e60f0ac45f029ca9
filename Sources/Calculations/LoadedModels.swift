import DeepPotential
import Execution
import Foundation
import Synchronization

/// Models by hash with their tables, read and made once by a process.
enum LoadedModels {
    /// Lets several threads wait for the one that makes the tables.
    private final class Entry: @unchecked Sendable {
        let lock = NSLock()
        var model: CompressedModel?
    }

    private static let entries = Mutex<[String: Entry]>([:])

    /// - Throws: `InputError` when the library does not know the hash, or the file is no model.
    static func model(_ hash: String, _ inputs: InputLibrary) throws -> CompressedModel {
        let entry = entries.withLock { entries in
            let entry = entries[hash] ?? Entry()
            entries[hash] = entry
            return entry
        }
        return try entry.lock.withLock {
            if let model = entry.model { return model }
            let model = CompressedModel(try DPModel(contentsOf: try inputs.path(of: hash)))
            entry.model = model
            return model
        }
    }
}
