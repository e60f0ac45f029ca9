import Files
import Foundation

/// A folder of states that long runs go on from on another machine: STATES/FOLDERKEY/..., each the files of a work folder that
/// `Calculation.stateFiles` names.
public struct StateStore: Sendable {
    public let path: String

    /// The folder need not be there: then it holds nothing, and the first export makes it.
    public init(_ path: String) { self.path = path }

    private func folder(_ folderKey: String) -> String { "\(path)/\(folderKey)" }

    /// Gives a work folder that has no state yet the one that is kept here, if any.
    ///
    /// - Returns: whether it did.
    /// - Throws: `InputError` when a file cannot be read or written.
    @discardableResult
    func restore(_ calculation: some Calculation, in work: WorkFolder) throws -> Bool {
        let names = calculation.stateFiles
        let source = folder(calculation.folderKey)
        guard InputFile.isFolder(source),
            !names.contains(where: { FileManager.default.fileExists(atPath: work.file($0)) })
        else { return false }
        for name in names where FileManager.default.fileExists(atPath: "\(source)/\(name)") {
            try copy("\(source)/\(name)", to: work.file(name))
        }
        work.log("goes on from the state that is kept in \(source)")
        return true
    }

    /// Takes the state of a work folder.
    ///
    /// - Returns: whether there was one.
    /// - Throws: `InputError` when a file cannot be read or written.
    func take(_ calculation: some Calculation, from work: WorkFolder) throws -> Bool {
        let names = calculation.stateFiles.filter { FileManager.default.fileExists(atPath: work.file($0)) }
        for name in names { try copy(work.file(name), to: "\(folder(calculation.folderKey))/\(name)") }
        return !names.isEmpty
    }

    private func copy(_ source: String, to target: String) throws {
        try Folder.make(URL(fileURLWithPath: target).deletingLastPathComponent().path)
        try AtomicFile.write(try InputFile.data(at: source), to: target)
    }
}
