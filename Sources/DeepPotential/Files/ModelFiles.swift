import Files
import Foundation
import Structures

/// Finds model files.
public enum ModelFiles {
    /// `path` itself when it is a file. When it is a folder: the `.dp` and `.yaml` files in it, or else those of the
    /// numbered folders `000`, `001`, … that the training of an ensemble leaves (`000/model.dp`, …), in order.
    ///
    /// - Throws: `InputError` when there is none.
    public static func expand(_ path: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: path) else {
            throw InputError(file: path, problem: "there is no such model", mend: "check the path")
        }
        guard InputFile.isFolder(path) else { return [path] }
        let names = try InputFile.names(in: path)
        var models = names.filter { $0.hasSuffix(".dp") || $0.hasSuffix(".yaml") }
        if models.isEmpty {
            models = names.filter { $0.count == 3 && Int($0) != nil }.map { "\($0)/model.dp" }
                .filter { FileManager.default.fileExists(atPath: "\(path)/\($0)") }
        }
        guard !models.isEmpty else {
            throw InputError(file: path, problem: "this folder holds no .dp or .yaml file", mend: "check the path")
        }
        return models.map { "\(path)/\($0)" }
    }
}
