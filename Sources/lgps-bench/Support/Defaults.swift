import DeepPotential
import Foundation
import Structures
import Validation

/// What is used when the command line names no model or data.
enum Defaults {
    /// The models given (files, or folders of model files), or the package's own for the material.
    ///
    /// - Parameter reference: looked for only when nothing is given.
    static func models(
        _ given: [String], material: Material, reference: @autoclosure () throws -> ReferenceData
    ) throws -> [String] {
        if given.isEmpty { return try reference().models(for: material) }
        return try given.flatMap(ModelFiles.expand)
    }

    /// The folders given, or `$LGPS_DATA` (separated by colons), or `../shared/data` beside the package if it is there.
    ///
    /// - Parameter reference: looked for only when nothing is given.
    static func data(
        _ given: [String], reference: @autoclosure () throws -> ReferenceData,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> [String] {
        if !given.isEmpty { return given }
        if let folders = environment["LGPS_DATA"], !folders.isEmpty {
            return folders.split(separator: ":").map(String.init)
        }
        let beside = URL(fileURLWithPath: try reference().packageFolder).deletingLastPathComponent()
            .appendingPathComponent("shared/data").path
        return FileManager.default.fileExists(atPath: beside) ? [beside] : []
    }
}
