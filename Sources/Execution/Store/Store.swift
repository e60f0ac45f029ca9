import Files
import Foundation

/// The user's folder of everything that was and is being computed.
///
///     STORE/store.json              the version of this layout
///     STORE/outcomes/KEY.json       finished, whole
///     STORE/work/FOLDERKEY/         checkpoints and logs; calculations/KEY.json in it is what a worker reads
///     STORE/ledger.sqlite           what is waiting, running, failed; only the driver writes it
///     STORE/inputs.json             where models and data lie, by hash
///     STORE/driver.json             who drives, or did last
///     STORE/requests/KEY.cancel     asks the driver to stop a calculation
///     STORE/slurm/NAME/             a job array (`SlurmArray`)
public struct Store: Sendable {
    /// Of the layout; another one is refused.
    public static let version = 1

    public let path: String
    public let outcomes: OutcomeStore
    /// Where models and data lie; `saveInputs` keeps it for workers and later commands.
    public let inputs: InputLibrary

    var ledgerFile: String { "\(path)/ledger.sqlite" }
    var driverFile: String { "\(path)/driver.json" }
    var requestsFolder: String { "\(path)/requests" }
    private var inputsFile: String { "\(path)/inputs.json" }

    /// Opens a store that is there.
    ///
    /// - Throws: `InputError` when `path` holds no store, or one of another version.
    public init(existing path: String) throws {
        let file = "\(path)/store.json"
        guard FileManager.default.fileExists(atPath: file) else {
            throw InputError(file: path, problem: "there is no store here", mend: "name one with --store")
        }
        let found = try JSONText.read(Description.self, from: file).version
        guard found == Self.version else {
            throw InputError(
                file: file, place: "version",
                problem: "the store has version \(found), but this program writes version \(Self.version)",
                mend: "choose another folder with --store, or use the program that made it")
        }
        self.path = path
        outcomes = OutcomeStore("\(path)/outcomes")
        let inputsFile = "\(path)/inputs.json"
        inputs = InputLibrary(
            FileManager.default.fileExists(atPath: inputsFile)
                ? try JSONText.read([String: String].self, from: inputsFile) : [:])
    }

    /// Opens a store, or makes one where there is none.
    ///
    /// - Throws: `InputError` when it cannot be made, is of another version, or the folder holds something else.
    public init(_ path: String) throws {
        if !FileManager.default.fileExists(atPath: "\(path)/store.json") {
            try Folder.make(path)
            // What a first start leaves that was killed while it wrote is no obstacle.
            let others = try InputFile.names(in: path).filter { !$0.hasPrefix(".") && !$0.hasPrefix("store.json") }
            guard others.isEmpty else {
                throw InputError(
                    file: path, problem: "the folder is no store, but holds other things ('\(others[0])')",
                    mend: "name a new or empty folder with --store")
            }
            try JSONText.write(Description(version: Self.version), to: "\(path)/store.json")
        }
        try self.init(existing: path)
    }

    /// Keeps the paths of the inputs, so that workers and later commands find them.
    ///
    /// - Throws: `InputError` when the file cannot be written.
    public func saveInputs() throws { try JSONText.write(inputs.paths, to: inputsFile) }

    /// The folder of a calculation, or of several that go on from one another; made where there is none.
    ///
    /// - Throws: `InputError` when it cannot be made.
    public func workFolder(_ folderKey: String) throws -> WorkFolder { try WorkFolder(workPath(folderKey)) }

    /// Whether something was begun in that folder.
    public func hasWorkFolder(_ folderKey: String) -> Bool { InputFile.isFolder(workPath(folderKey)) }

    func workPath(_ folderKey: String) -> String { "\(path)/work/\(folderKey)" }

    private struct Description: Codable { var version: Int }
}
