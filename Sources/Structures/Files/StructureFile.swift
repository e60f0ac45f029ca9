import Files
import Foundation

/// Reads and writes one structure in the format that a file's name tells.
///
/// | name | format |
/// |---|---|
/// | `POSCAR*`, `CONTCAR*`, `*.vasp`, `*.poscar` | VASP |
/// | `*.xyz`, `*.extxyz` | extended XYZ |
/// | `*.data`, `*.lmp`, `*.lammps`, `data.*` | LAMMPS data |
/// | `*.cif` | CIF |
/// | a folder with `type.raw` | deepmd/npy (reading only) |
public enum StructureFile {
    public enum Format: String, CaseIterable, Sendable {
        case poscar, extendedXYZ, lammpsData, cif, deepmdNpy
    }

    /// The format of a file of this name.
    ///
    /// - Throws: `InputError` when the name tells none.
    public static func format(of path: String) throws -> Format {
        let name = URL(fileURLWithPath: path).lastPathComponent
        if FileManager.default.fileExists(atPath: "\(path)/type.raw") { return .deepmdNpy }
        if name.hasPrefix("POSCAR") || name.hasPrefix("CONTCAR") { return .poscar }
        switch name.split(separator: ".").last?.lowercased() {
        case "vasp", "poscar": return .poscar
        case "xyz", "extxyz": return .extendedXYZ
        case "data", "lmp", "lammps": return .lammpsData
        case "cif": return .cif
        default: break
        }
        if name.hasPrefix("data.") { return .lammpsData }
        throw InputError(
            file: path, problem: "the name does not tell the format",
            mend: "name it POSCAR or *.vasp, *.xyz, *.data (LAMMPS) or *.cif")
    }

    /// The structure in the file, without what else the file tells of it.
    ///
    /// - Parameters:
    ///   - frame: which frame of a file of several, from 0; negative counts from the end. Needed only for those.
    ///   - types: the elements of a LAMMPS file's types when it has no masses, or of a deepmd/npy folder's when it has no
    ///     type map.
    ///   - units: of a LAMMPS file; nil takes those that it names.
    ///   - remark: takes what the user should know of the file.
    /// - Throws: `InputError`, also when a CIF is disordered, or a file has several frames and none was chosen.
    public static func read(
        _ path: String, frame: Int? = nil, types: [Species]? = nil, units: LAMMPSData.Units? = nil,
        remark: (String) -> Void = { _ in }
    ) throws -> Structure {
        try content(of: path, frame: frame, types: types, units: units, remark: remark).frame.structure
    }

    /// Writes a structure.
    ///
    /// - Throws: `InputError` when the format cannot hold the structure or the file cannot be written.
    public static func write(_ structure: Structure, to path: String, comment: String = "written by lgps-bench") throws
    {
        try write(Content(structure), to: path, comment: comment)
    }

    static func index(_ frame: Int?, of count: Int, _ path: String) throws -> Int {
        guard let frame else {
            guard count == 1 else {
                throw InputError(
                    file: path, problem: "the file has \(count) frames", mend: "choose one, 0 to \(count - 1)")
            }
            return 0
        }
        let index = frame < 0 ? count + frame : frame
        guard (0..<count).contains(index) else {
            throw InputError(file: path, problem: "there is no frame \(frame) among \(count)")
        }
        return index
    }
}
