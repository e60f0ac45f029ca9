import Files
import Foundation
import Structures
import Testing

/// A command that reads a file from outside, and a sound file for it.
struct MutatedReader: Sendable, CustomTestStringConvertible {
    var name: String
    var isText = true
    /// Is made sound by `make`, then damaged; `out` is removed after every run.
    var file: String
    var make: @Sendable (_ path: String) throws -> Void
    var arguments: [String]
    /// What the sound file gives: 2 where other inputs are left out on purpose, so that nothing is computed.
    var statusOfWhole: Int32 = 0
    /// Exit codes that refuse a damaged one.
    var refusals: Set<Int32> = [2]

    var testDescription: String { name }

    static let all = structures + trajectories + models + arrays + inputs + protocols + labels

    static let structures = [
        structure("POSCAR", "a.vasp"), structure("CIF", "a.cif"), structure("LAMMPS data", "a.data"),
        structure("extended XYZ", "a.extxyz"),
    ]

    static let trajectories = [
        MutatedReader(
            name: "trajectory in extended XYZ", file: "t.extxyz", make: { try trajectory(to: $0) },
            arguments: ["analyze", "t.extxyz", "--output", "out"]),
        MutatedReader(
            name: "CP2K's trajectory", file: "t.xyz",
            make: { try copy("MolecularDynamicsTests/Fixtures/23-cp2k-pos-1.xyz", to: $0) },
            arguments: ["analyze", "t.xyz", "--cell", "8,8,8", "--output", "out"]),
        MutatedReader(
            name: "H5MD", isText: false, file: "t.h5",
            make: { try copy("MolecularDynamicsTests/Fixtures/30-good.h5", to: $0) },
            arguments: ["analyze", "t.h5", "--output", "out"]),
    ]

    static let models = [
        MutatedReader(
            name: "model in YAML", file: "m.yaml", make: { try copy("\(faults)/mini-ok.yaml", to: $0) },
            arguments: ["convert", "m.yaml", "out.dp"]),
        MutatedReader(
            name: "model in HDF5", isText: false, file: "m.dp", make: { try copy(model, to: $0) },
            arguments: ["convert", "m.dp", "out.yaml"]),
    ]

    static let arrays = ["coord.npy", "force.npy", "real_atom_types.npy", "box.npy"].map(npy)

    /// Relative to `Tests`.
    static let faults = "lgps-benchTests/Fixtures/faults"
    static let model = "../reference-data/models/LiGePS-PBE/model-000.dp"

    private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// The path of a file that is named from `Tests`.
    static func path(_ name: String) -> String { "\(tests)/\(name)" }

    static func copy(_ name: String, to path: String) throws {
        try AtomicFile.write(InputFile.data(at: Self.path(name)), to: path)
    }

    static func crystal(_ frame: Int = 0) throws -> Structure {
        let species: [Species] = [.lithium, .lithium, .germanium, .phosphorus, .sulfur, .sulfur]
        let structure = Structure(
            cell: try Cell(a: 6, b: 7, c: 8, alpha: 80, beta: 95, gamma: 70), species: species,
            positions: species.indices.map { SIMD3(repeating: 0.9 * Double($0)) },
            velocities: species.indices.map { SIMD3(Double($0), 1, -2) })
        return structure.rattled(by: 0.1, seed: 7, stream: "frame \(frame)")
    }

    private static func structure(_ name: String, _ file: String) -> MutatedReader {
        MutatedReader(
            name: name, file: file, make: { try StructureFile.write(crystal(), to: $0) },
            arguments: ["convert", file, "out.xyz"])
    }

    private static func trajectory(to path: String) throws {
        let frames = try (0..<6).map {
            ExtendedXYZ.Frame(
                structure: try crystal($0), energy: -1, information: ["time": "\(Double($0) * 0.1)", "time_unit": "ps"])
        }
        try ExtendedXYZ.write(frames, to: path)
    }

    /// A folder of mixed type, of which one array is damaged.
    private static func npy(_ array: String) -> MutatedReader {
        MutatedReader(
            name: "deepmd/npy, \(array)", isText: false, file: "system/set.000/\(array)",
            make: { path in
                let folder = URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent().path
                try? FileManager.default.removeItem(atPath: folder)
                let system = try labelled()
                try system.write(to: folder)
                let types = (0..<3).flatMap { _ in system.types.map(Double.init) }
                let real = NpyArray(shape: [3, system.atomCount], elementType: .int32, values: types)
                try AtomicFile.write(real.encoded(), to: "\(folder)/set.000/real_atom_types.npy")
            }, arguments: ["convert", "system", "out.xyz", "--frame", "1"])
    }

    static func labelled() throws -> LabelledSystem {
        let frames = try (0..<3).map {
            ExtendedXYZ.Frame(structure: try crystal($0), energy: -1, forces: try crystal($0).positions)
        }
        return try LabelledSystem(name: "system", frames: frames)
    }
}
