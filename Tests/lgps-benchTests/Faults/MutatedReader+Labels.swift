import Files
import Foundation
import Labelling
import Structures

/// Outputs of electronic-structure programs. What is damaged is a failed label (exit code 3) with its reason.
extension MutatedReader {
    static let labels = [
        vasp("40-OUTCAR-good", as: "OUTCAR"), vasp("47-vasprun-good.xml", as: "vasprun.xml"),
        cp2k("50-cp2k-2023-GPa.out"), cp2k("51-cp2k-2025-bar.out"),
    ]

    private static let fixtures = "LabellingTests/Fixtures"

    /// An output that was brought back from elsewhere.
    private static func vasp(_ fixture: String, as name: String) -> MutatedReader {
        let hash = try? FrameHash.hexadecimal(
            of: LabelledSystem.load(path: path("\(fixtures)/one-frame")).structure(frame: 0))
        return MutatedReader(
            name: name, file: "out/vasp/PBE/\(hash ?? "")/\(name)",
            make: { try copy("\(fixtures)/\(fixture)", to: $0) },
            arguments: ["label", "--code", "vasp", "--data", path("\(fixtures)/one-frame"), "--output", "out"],
            refusals: [2, 3])
    }

    /// A stand-in for CP2K that prints the damaged output, whatever it is asked.
    private static func cp2k(_ fixture: String) -> MutatedReader {
        MutatedReader(
            name: "CP2K's output, \(fixture)", file: "answer.out",
            make: { path in
                let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
                for name in ["bin", "data"] { try Folder.make("\(folder)/\(name)") }
                let program = "\(folder)/bin/cp2k"
                try AtomicFile.write("#!/bin/sh\ncp '\(path)' \"$4\"\n", to: program)
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
                try AtomicFile.write(
                    "Li DZVP-MOLOPT-PBE-GTH-q3\nS TZV2P-MOLOPT-PBE-GTH-q6\n", to: "\(folder)/data/BASIS_MOLOPT")
                try AtomicFile.write("Li GTH-PBE-q3\nS GTH-PBE-q6\n", to: "\(folder)/data/GTH_POTENTIALS")
                try copy("\(fixtures)/\(fixture)", to: path)
            },
            arguments: ["label", "--cp2k", "bin/cp2k", "--data", path("\(fixtures)/one-frame"), "--output", "out"],
            refusals: [2, 3])
    }
}
