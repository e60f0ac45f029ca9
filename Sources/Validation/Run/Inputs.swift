import Files
import Foundation
import Reporting
import Structures

/// Names what goes into a run by its SHA-256.
enum Inputs {
    /// `input` with its path relative to the checkout where it lies in it or beside it, so that reports from different
    /// machines agree.
    static func relative(_ input: Manifest.Input, to package: String) -> Manifest.Input {
        let path = URL(fileURLWithPath: input.path).standardizedFileURL.path
        let parent = URL(fileURLWithPath: package).deletingLastPathComponent().path
        var shown = input
        if path.hasPrefix(package + "/") {
            shown.path = String(path.dropFirst(package.count + 1))
        } else if parent != "/", path.hasPrefix(parent + "/") {
            shown.path = "../" + path.dropFirst(parent.count + 1)
        }
        return shown
    }

    static func file(_ path: String) throws -> Manifest.Input {
        Manifest.Input(path: path, sha256: try SHA256.hexadecimal(ofFile: path))
    }

    /// A folder's files (relative names and contents) in order of their names, links followed as by those who read them.
    static func folder(_ path: String) throws -> Manifest.Input {
        guard InputFile.isFolder(path) else {
            throw InputError(file: path, problem: "there is no such folder", mend: "check --data")
        }
        var hash = SHA256()
        for name in try files(in: path, below: "").sorted() {
            hash.update(Array("\(name) \(try SHA256.hexadecimal(ofFile: "\(path)/\(name)"))\n".utf8))
        }
        return Manifest.Input(path: path, sha256: hash.hexadecimal)
    }

    private static func files(in root: String, below: String) throws -> [String] {
        try InputFile.names(in: "\(root)/\(below)").map { below + $0 }.flatMap { name in
            if InputFile.isFolder("\(root)/\(name)") { return try files(in: root, below: name + "/") }
            // A link to nothing is no input.
            return FileManager.default.fileExists(atPath: "\(root)/\(name)") ? [name] : []
        }
    }
}
