import Foundation

/// Reads whole files, with the errors that a user needs.
public enum InputFile {
    /// The bytes of the file at `path`.
    ///
    /// - Throws: `InputError` when there is no such file, or it is a folder or unreadable.
    public static func data(at path: String) throws -> Data {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw InputError(file: path, problem: "there is no such file")
        }
        guard !isFolder.boolValue else {
            throw InputError(file: path, problem: "this is a folder", mend: "name a file")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw InputError(file: path, problem: "the file cannot be read", mend: "check its permissions")
        }
        return data
    }

    /// The text of the file at `path`: UTF-8, or else Latin-1, in which old programs wrote the Å and names in comments.
    ///
    /// - Throws: `InputError` as `data(at:)`, and when the bytes are no text.
    public static func text(at path: String) throws -> String {
        let data = try data(at: path)
        if let text = String(validating: data, as: UTF8.self) { return text }
        // Control characters mean binary data.
        let isText = data.allSatisfy { $0 >= 32 && !(127..<160).contains($0) || (9...13).contains($0) }
        guard isText, let text = String(data: data, encoding: .isoLatin1) else {
            throw InputError(
                file: path, problem: "the file is not text in UTF-8 or Latin-1",
                mend: "check that it is the right file")
        }
        return text
    }

    /// Whether there is a folder at `path`, or a link to one.
    public static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Names in a folder, sorted by their Unicode scalars so that the order is that of every machine.
    ///
    /// - Throws: `InputError` when there is no such folder.
    public static func names(in folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw InputError(file: folder, problem: "there is no such folder, or it cannot be read")
        }
    }
}
