import Files
import Foundation

/// VASP's POTCARs as our labeller looks for them, made of DP-GEN's `fp_pp_path` and `fp_pp_files`.
public enum PotcarFolder {
    /// Makes `folder/ELEMENT/POTCAR` as links to the files that the protocol names.
    ///
    /// - Returns: the folder, or nil where the protocol names none.
    /// - Throws: `InputError` for a file that is not there.
    public static func make(for input: LearningProtocol, in folder: String) throws -> String? {
        guard !input.labelling.potcars.isEmpty else { return nil }
        for (element, name) in zip(input.typeMap, input.labelling.potcars) {
            let file = input.path(of: input.labelling.potcarPrefix, name)
            guard FileManager.default.fileExists(atPath: file) else {
                throw InputError(
                    file: file, problem: "the POTCAR of \(element) is not there",
                    mend: "check fp_pp_path and fp_pp_files, one file for each of type_map")
            }
            try Folder.make("\(folder)/\(element)")
            let link = "\(folder)/\(element)/POTCAR"
            unlink(link)
            do {
                try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
            } catch {
                throw InputError(file: link, problem: "the link cannot be made: \(error.localizedDescription)")
            }
        }
        return folder
    }
}
