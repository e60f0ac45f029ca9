import Files
import Foundation
import Structures

extension Simulation {
    /// The checkpoint's file, when the run has a folder.
    public var checkpointPath: String? { folder.map { "\($0)/checkpoint.bin" } }

    /// Settings, potential and atoms, on which a checkpoint and the run that continues it must agree.
    private var identity: [(key: String, value: String)] {
        var hash = SHA256()
        var atoms = CheckpointEncoder()
        atoms.encode(state.structure.species.map(\.symbol).joined(separator: " "))
        atoms.encode(state.masses)
        atoms.encode(state.degreesOfFreedom)
        hash.update(atoms.data)
        return configuration.identity + [
            ("potential", potentialIdentity), ("atoms", "\(state.count) of digest \(hash.hexadecimal.prefix(12))"),
        ]
    }

    func saveCheckpoint() throws {
        guard let checkpointPath else { return }
        var checkpoint = Checkpoint(identity: identity)
        var encoder = CheckpointEncoder()
        state.encode(into: &encoder)
        checkpoint.sections["state"] = encoder.data
        encoder = CheckpointEncoder()
        integrator.encode(into: &encoder)
        checkpoint.sections["integrator"] = encoder.data
        for observer in observers {
            encoder = CheckpointEncoder()
            encoder.encode(observer.interval)
            try observer.save(into: &encoder)
            checkpoint.sections["observer \(observer.name)"] = encoder.data
        }
        try checkpoint.write(to: checkpointPath)
        potential.invalidateNeighbourList()
    }

    /// Reads the checkpoint if `start` wants it; false when the run is to begin at step 0.
    func resumed(_ start: Start) throws -> Bool {
        guard start != .fresh else { return false }
        guard let path = checkpointPath, FileManager.default.fileExists(atPath: path) else {
            if start == .resumeIfPossible { return false }
            throw InputError(
                file: checkpointPath, problem: "there is no checkpoint to resume from",
                mend: "start the run without resuming")
        }
        let checkpoint = try Checkpoint.read(path)
        try checkpoint.requireIdentity(identity, file: path)
        var decoder = try checkpoint.decoder("state", file: path)
        try state.restore(from: &decoder)
        decoder = try checkpoint.decoder("integrator", file: path)
        try integrator.restore(from: &decoder)
        guard state.step <= configuration.steps else {
            throw InputError(
                file: path, place: "steps",
                problem: "the checkpoint is of step \(state.step), beyond the \(configuration.steps) asked for",
                mend: "ask for more steps, or start a run in another folder")
        }
        for observer in observers {
            decoder = try checkpoint.decoder("observer \(observer.name)", file: path)
            let interval = try decoder.decodeInt()
            guard interval == observer.interval else {
                throw decoder.failure("observed every \(interval) steps before, every \(observer.interval) now")
            }
            try observer.resume(state, from: &decoder)
        }
        potential.invalidateNeighbourList()
        return true
    }
}

extension Simulation {
    /// The step that the checkpoint in `folder` has reached; nil where there is none.
    ///
    /// - Throws: `InputError` for a file that is no checkpoint.
    public static func checkpointStep(in folder: String) throws -> Int? {
        let path = "\(folder)/checkpoint.bin"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        // The state begins with its step.
        var decoder = try Checkpoint.read(path).decoder("state", file: path)
        return try decoder.decodeInt()
    }
}
