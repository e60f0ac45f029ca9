import Foundation

/// Names a folder by everything in it.
public enum FolderHash {
    /// The SHA-256 of the files' relative names and contents, in order of their names, links followed as by those who read
    /// them.
    ///
    /// - Throws: `InputError` when there is no such folder, or a file in it cannot be read.
    public static func hexadecimal(of path: String) throws -> String {
        guard InputFile.isFolder(path) else { throw InputError(file: path, problem: "there is no such folder") }
        var hash = SHA256()
        for name in try files(in: path, below: "").sorted() {
            hash.update(Array("\(name) \(try SHA256.hexadecimal(ofFile: "\(path)/\(name)"))\n".utf8))
        }
        return hash.hexadecimal
    }

    private static func files(in root: String, below: String) throws -> [String] {
        try InputFile.names(in: "\(root)/\(below)").map { below + $0 }.flatMap { name in
            if InputFile.isFolder("\(root)/\(name)") { return try files(in: root, below: name + "/") }
            // A link to nothing is no input.
            return FileManager.default.fileExists(atPath: "\(root)/\(name)") ? [name] : []
        }
    }
}
