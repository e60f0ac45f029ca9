import Foundation
import Structures

/// Finds model files.
public enum ModelFiles {
    /// `path` itself when it is a file; the `.dp` and `.yaml` files in it when it is a folder.
    ///
    /// - Throws: `InputError` when there is none.
    public static func expand(_ path: String) throws -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw InputError(file: path, problem: "there is no such model", mend: "check --model")
        }
        guard isFolder.boolValue else { return [path] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let models = names.filter { $0.hasSuffix(".dp") || $0.hasSuffix(".yaml") }.sorted().map { "\(path)/\($0)" }
        guard !models.isEmpty else {
            throw InputError(file: path, problem: "this folder holds no .dp or .yaml file", mend: "check --model")
        }
        return models
    }
}
