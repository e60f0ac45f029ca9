import Execution
import Files
import Foundation

/// Which protocol a store belongs to: `STORE/protocol.json`.
struct ProtocolMark: Codable {
    /// Every key with an effect, and its value as JSON.
    var keys: [String: String]
    /// In order. More may be added to them.
    var jobs: [ExplorationJob]

    init(_ input: LearningProtocol) {
        keys = input.identity
        jobs = input.exploration.jobs
    }

    /// Marks the store, or checks that it is of this protocol.
    ///
    /// - Throws: `InputError` that names the keys which differ.
    static func claim(_ store: Store, for input: LearningProtocol) throws {
        let file = "\(store.path)/protocol.json"
        let own = ProtocolMark(input)
        if FileManager.default.fileExists(atPath: file) {
            let found = try JSONText.read(ProtocolMark.self, from: file)
            var differing = Set(found.keys.keys).union(own.keys.keys).filter { found.keys[$0] != own.keys[$0] }.sorted()
            if Array(own.jobs.prefix(found.jobs.count)) != found.jobs { differing.append("model_devi_jobs") }
            guard differing.isEmpty else {
                throw InputError(
                    file: input.file, place: differing.joined(separator: ", "),
                    problem: "the store \(store.path) belongs to a protocol that differs here",
                    mend: "name another with --output or --store; jobs may be added at the end")
            }
        }
        try JSONText.write(own, to: file)
    }
}
