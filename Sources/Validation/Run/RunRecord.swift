import Files
import Foundation
import Reporting
import Structures

/// What makes one run: kept as `run.json` in its folder, so that a resumed run is the same one.
struct RunRecord: Codable {
    var profile: Profile
    var material: Material
    var seed: UInt64
    var models: [Manifest.Input]

    /// Starts a run in `folder`, or checks that the one it holds is this one.
    ///
    /// - Throws: `InputError` when the folder is not writable, holds a run and `resume` is false, or holds another run.
    func claim(_ folder: String, resume: Bool) throws {
        try Folder.prepare(folder)
        let path = "\(folder)/run.json"
        guard FileManager.default.fileExists(atPath: path) else {
            try AtomicFile.write(try JSONText.data(self), to: path)
            return
        }
        guard resume else {
            throw InputError(
                file: folder, problem: "this folder holds a run already",
                mend: "continue it with --resume, or choose another folder with --output")
        }
        let earlier = try JSONText.read(RunRecord.self, from: path)
        guard isSame(as: earlier) else {
            throw InputError(
                file: folder, problem: "the run in this folder differs: \(difference(from: earlier))",
                mend: "resume it with the same options, or choose another folder with --output")
        }
    }

    /// Where the files lie does not matter.
    private func isSame(as other: RunRecord) -> Bool {
        profile == other.profile && material == other.material && seed == other.seed
            && models.map(\.sha256) == other.models.map(\.sha256)
    }

    private func difference(from earlier: RunRecord) -> String {
        if earlier.profile.name != profile.name { return "it has profile \(earlier.profile.name), not \(profile.name)" }
        if earlier.profile != profile { return "the profile \(profile.name) had other settings" }
        if earlier.material != material { return "it is for \(earlier.material.rawValue), not \(material.rawValue)" }
        if earlier.seed != seed { return "it has seed \(earlier.seed), not \(seed)" }
        return "it used another model (\(earlier.models.map(\.path).joined(separator: ", ")))"
    }
}

/// A finished part: kept as `NAME/part.json`, so that a resumed run does not repeat it.
struct PartRecord: Codable, Sendable {
    var section: Section
    var part: Manifest.Part
    /// The data that went in, beyond what `RunRecord` names.
    var data: [Manifest.Input]

    static func path(_ part: Part, in output: String) -> String { "\(output)/\(part.rawValue)/part.json" }

    /// The record of `part` when it is finished and was made from the same data.
    static func load(_ part: Part, in output: String, data: [Manifest.Input]) throws -> PartRecord? {
        let path = path(part, in: output)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let record = try JSONText.read(PartRecord.self, from: path)
        return record.data.map(\.sha256) == data.map(\.sha256) ? record : nil
    }

    func save(_ part: Part, in output: String) throws {
        try Folder.prepare("\(output)/\(part.rawValue)")
        try AtomicFile.write(try JSONText.data(self), to: Self.path(part, in: output))
    }
}
