import Files
import Foundation
import Structures

extension DPModel {
    /// Reads a model of DeePMD-kit: `.yaml`/`.yml` or `.dp`, se_e2_a + ener, one- or two-sided.
    ///
    /// - Throws: `InputError` naming the file and the key for an unreadable, truncated or newer file, for parameters
    ///   that are not finite or have a wrong shape, and for every feature that would change the energies and is not
    ///   supported here (other descriptors, activations, excluded types, spin, frame and atom parameters, ...).
    public init(contentsOf path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw InputError(
                file: path, problem: "there is no such file", mend: "give the path of a .dp or .yaml model")
        }
        let tree =
            switch try ModelFormat(path: path) {
            case .yaml: try YAMLModelFile.read(path)
            case .hdf5: try HDF5ModelFile.read(path)
            }
        try self.init(ModelNode(file: path, tree: tree).child("model"))
    }

    /// Writes the model for DeePMD-kit as `.yaml`/`.yml` or `.dp`, by the extension, through a temporary name.
    ///
    /// Parameters of a float32 model are rounded to float32, as DeePMD-kit stores them. The file depends on the model
    /// alone: the same model gives the same bytes.
    ///
    /// - Throws: `InputError` for another extension or when the file cannot be written.
    public func write(to path: String) throws {
        switch try ModelFormat(path: path) {
        case .yaml: try YAMLModelFile.write(fileTree, to: path)
        case .hdf5: try HDF5ModelFile.write(fileTree, to: path)
        }
    }
}

/// The file formats of DeePMD-kit's backend-independent models.
private enum ModelFormat {
    case yaml, hdf5

    init(path: String) throws {
        switch URL(fileURLWithPath: path).pathExtension.lowercased() {
        case "yaml", "yml": self = .yaml
        case "dp": self = .hdf5
        case let other:
            throw InputError(
                file: path, problem: "a model cannot be read or written as '.\(other)'",
                mend: "use .dp or .yaml; DeePMD-kit converts others: dp convert-backend model.pb model.dp")
        }
    }
}
