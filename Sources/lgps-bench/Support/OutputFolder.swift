import Files

/// The folder that a command writes into, which no other command may write into at the same time: as long as this lives.
struct OutputFolder {
    private let lock: FolderLock

    /// Makes the folder, proves that files can be written there, and removes what killed commands have left half written.
    ///
    /// - Throws: `InputError` when it cannot be written, or another command works there.
    init(_ path: String) throws {
        try Folder.prepare(path)
        lock = try FolderLock(
            path, occupied: "another command is writing into this folder",
            mend: "wait for its end, or choose another folder with --output")
        TemporaryName.removeLeftovers(in: path)
    }
}
