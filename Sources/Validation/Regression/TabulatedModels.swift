import DeepPotential
import Synchronization

/// Models with their tables, which take seconds to make, by path: made once for all checks.
final class TabulatedModels: Sendable {
    private let models = Mutex<[String: CompressedModel]>([:])

    /// - Parameters:
    ///   - threads: that make the tables.
    ///   - isKept: whether another check will ask for it.
    /// - Throws: `InputError` for a file that is no model.
    func model(_ path: String, threads: Int = 1, isKept: Bool) throws -> CompressedModel {
        if let known = models.withLock({ $0[path] }) { return known }
        // Two threads that ask for one model at once would both make it: checks ask for different ones.
        let model = CompressedModel(try DPModel(contentsOf: path), threads: threads)
        if isKept { models.withLock { $0[path] = model } }
        return model
    }
}
