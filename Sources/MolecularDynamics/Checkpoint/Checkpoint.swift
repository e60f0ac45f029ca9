import Files
import Foundation
import Structures

/// Everything that continues a run bit for bit, and what says to which run it belongs.
struct Checkpoint {
    /// Settings that the continuing run must share, in the order of their mention.
    var identity: [(key: String, value: String)] = []
    /// The state's, the integrator's and each observer's part, by name.
    var sections: [String: Data] = [:]

    /// The part `name`, to be decoded.
    ///
    /// - Throws: `InputError` when the run that wrote the checkpoint had no such part.
    func decoder(_ name: String, file: String) throws -> CheckpointDecoder {
        guard let data = sections[name] else {
            throw InputError(
                file: file, problem: "the checkpoint has no part '\(name)'",
                mend: "resume with the outputs that the run was started with")
        }
        return CheckpointDecoder(data, file: file, section: name)
    }

    /// - Throws: `InputError` naming the first setting that differs from those of the run to be continued.
    func requireIdentity(_ expected: [(key: String, value: String)], file: String) throws {
        for (key, value) in expected {
            let written = identity.first { $0.key == key }?.value
            guard written == value else {
                throw InputError(
                    file: file, place: key,
                    problem: "the checkpoint was written with \(written ?? "no such setting"), this run has \(value)",
                    mend: "resume with the same input, or start a run in another folder")
            }
        }
        guard identity.count == expected.count else {
            let surplus = identity.first { item in !expected.contains { $0.key == item.key } }
            throw InputError(
                file: file, place: surplus?.key,
                problem:
                    "the checkpoint was written with \(surplus?.value ?? "other settings"), this run has no such setting",
                mend: "resume with the same input, or start a run in another folder")
        }
    }
}
