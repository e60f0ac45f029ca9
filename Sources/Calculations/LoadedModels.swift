import DeepPotential
import Execution
import Foundation
import Synchronization

/// Models by hash with their tables, read and made once by a process while they are in use.
enum LoadedModels {
    /// Those used last are kept: the tables of one take some MB, and concurrent learning makes new models again and again.
    private static let capacity = 16

    /// Lets several threads wait for the one that makes the tables.
    private final class Entry: @unchecked Sendable {
        let lock = NSLock()
        var model: CompressedModel?
    }

    /// The latest used last.
    private static let entries = Mutex<[(hash: String, entry: Entry)]>([])

    /// - Throws: `InputError` when the library does not know the hash, or the file is no model.
    static func model(_ hash: String, _ inputs: InputLibrary) throws -> CompressedModel {
        let entry = entries.withLock { entries in
            let place = entries.firstIndex { $0.hash == hash }
            let entry = place.map { entries.remove(at: $0).entry } ?? Entry()
            entries.append((hash, entry))
            if entries.count > capacity { entries.removeFirst() }
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
