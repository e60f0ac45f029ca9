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

    /// The structure in the file.
    ///
    /// - Parameters:
    ///   - frame: which frame of a file of several, from 0; negative counts from the end. Needed only for those.
    ///   - types: the elements of a LAMMPS file's types when it has no masses.
    /// - Throws: `InputError`, also when a CIF is disordered, or a file has several frames and none was chosen.
    public static func read(_ path: String, frame: Int? = nil, types: [Species]? = nil) throws -> Structure {
        switch try format(of: path) {
        case .poscar:
            _ = try index(frame, of: 1, path)
            return try POSCAR(contentsOf: path).structure
        case .lammpsData:
            _ = try index(frame, of: 1, path)
            return try LAMMPSData.read(path, types: types)
        case .cif:
            _ = try index(frame, of: 1, path)
            do {
                return try CIF(contentsOf: path).expanded.ordered()
            } catch var error as InputError {
                error.file = path
                throw error
            }
        case .extendedXYZ:
            let frames = try ExtendedXYZ.read(path)
            return frames[try index(frame, of: frames.count, path)].structure
        case .deepmdNpy:
            let system = try LabelledSystem.load(path: path)
            return try system.structure(frame: try index(frame, of: system.frameCount, path))
        }
    }

    /// Writes the structure; what the format cannot say (velocities in a CIF) is left out.
    ///
    /// - Throws: `InputError` when the format cannot hold the structure or the file cannot be written.
    public static func write(_ structure: Structure, to path: String, comment: String = "written by lgps-bench") throws
    {
        switch try format(of: path) {
        case .poscar: try POSCAR(comment: comment, structure: structure).write(to: path)
        case .lammpsData: try LAMMPSData.write(structure, to: path)
        case .extendedXYZ: try ExtendedXYZ.write([ExtendedXYZ.Frame(structure: structure)], to: path)
        case .cif:
            try structure.requirePeriodic("CIF", file: path)
            try CIF(name: "structure", comment: comment, structure).write(to: path)
        case .deepmdNpy:
            throw InputError(
                file: path, problem: "a deepmd/npy system needs energies and forces, not a structure alone")
        }
    }

    private static func index(_ frame: Int?, of count: Int, _ path: String) throws -> Int {
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
