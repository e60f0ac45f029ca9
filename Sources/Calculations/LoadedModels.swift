import DeepPotential
import Execution
import Synchronization

/// Models by hash, read once by a process.
enum LoadedModels {
    private static let models = Mutex<[String: DPModel]>([:])

    /// - Throws: `InputError` when the library does not know the hash, or the file is no model.
    static func model(_ hash: String, _ inputs: InputLibrary) throws -> DPModel {
        if let model = models.withLock({ $0[hash] }) { return model }
        let model = try DPModel(contentsOf: try inputs.path(of: hash))
        models.withLock { $0[hash] = model }
        return model
    }
}
