import ConcurrentLearning
import Files
import Foundation
import Reporting
import Structures

/// A run of concurrent learning that a study tells of: shipped, or given by the user.
public struct LearningRun: Sendable {
    public var material: Material
    /// Of the labels.
    public var level: LevelOfTheory
    /// What labelled the frames, in words.
    public var labels: String
    public var origin: Origin
    public var record: LearningRecord

    /// `iterations/Ge/CP2K-PBE`.
    var id: String { "iterations/\(material.rawValue)/\(level.name)" }

    /// `reference-data/learning/default.json`.
    private struct Catalogue: Codable {
        struct Row: Codable {
            var material: Material
            var code: String
            var functional: Functional
            /// A file beside `default.json`.
            var record: String
            var labels: String
        }

        var runs: [Row]
    }

    /// Those that the user gives, and the shipped ones of other materials and levels.
    ///
    /// - Parameter given: `LEVEL=FOLDER`, or a folder alone, which is of the level `own-PBE`: the output of `dpgen`.
    /// - Throws: `InputError` for a record that is missing or damaged, of no material or of several, and for two of one
    ///   material and level.
    static func all(given: [String], reference: ReferenceData) throws -> [LearningRun] {
        let own = try given.map(Self.own)
        let folder = "\(reference.folder)/learning"
        let shipped = try JSONText.read(Catalogue.self, from: "\(folder)/default.json").runs.map { row in
            LearningRun(
                material: row.material, level: LevelOfTheory(code: row.code, functional: row.functional),
                labels: row.labels, origin: .shipped,
                record: try JSONText.read(LearningRecord.self, from: "\(folder)/\(row.record)"))
        }
        var seen: Set<String> = []
        for run in own where !seen.insert(run.id).inserted {
            throw InputError(
                place: "--learning", problem: "two runs are of \(run.material.rawValue) and \(run.level.name)",
                mend: "give one, or name another level with LEVEL=FOLDER")
        }
        return own + shipped.filter { seen.insert($0.id).inserted }
    }

    private static func own(_ option: String) throws -> LearningRun {
        let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
        let level = try LevelOfTheory(name: parts.count == 2 ? parts[0] : "own-PBE", place: "--learning")
        let file = "\(parts.last ?? option)/\(LearningRecord.fileName)"
        let record = try JSONText.read(LearningRecord.self, from: file)
        let materials = Material.allCases.filter { record.typeMap.contains($0.rawValue) }
        guard materials.count == 1 else {
            throw InputError(
                file: file, place: "typeMap",
                problem: "the models of \(record.typeMap.joined(separator: ", ")) are of \(materials.count) materials",
                mend: "give a run of Li10MP2S12 with one M of Ge, Si and Sn")
        }
        return LearningRun(
            material: materials[0], level: level, labels: "those of the run", origin: .here, record: record)
    }
}
