import Files
import Structures

/// A code that gives reference energies, forces and virials.
///
/// One labeller serves one or more levels of theory ("PBE", "PBEsol"); those of one frame are asked for together, so
/// that the later ones may start from the electronic structure of the first.
public protocol Labeller: Sendable {
    /// The levels of theory, in the order in which a frame goes through them.
    var levels: [String] { get }

    /// The settings that the labels of `level` depend on, for the manifest.
    func settings(of level: String) -> [String: String]

    /// Labels `structure` at each of `levels`.
    ///
    /// - Parameters:
    ///   - levels: a part of the labeller's levels, in their order.
    ///   - folder: an existing empty folder for this frame alone. What a failed level leaves there tells why.
    /// - Returns: for each level its label or why there is none.
    /// - Throws: only what stops the whole queue: `CancellationError`, or `InputError` and `ExternalProgramFailure` for a program
    ///   that is missing.
    func label(
        _ structure: Structure, levels: [String], folder: String
    ) async throws -> [String: Result<Label, LabelFailure>]
}

extension Labeller {
    /// Labels `structure` at one level; a failure is thrown.
    public func label(_ structure: Structure, level: String, folder: String) async throws -> Label {
        let results = try await label(structure, levels: [level], folder: folder)
        guard let result = results[level] else {
            throw InputError(
                problem: "the labeller has no level '\(level)'", mend: "choose from \(levels.joined(separator: ", "))")
        }
        return try result.get()
    }
}
