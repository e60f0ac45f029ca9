import Files
import Foundation
import Structures
import Testing

/// Every reader of files from outside, on files damaged at random: never a signal, a hang or more than the memory allowed, and
/// the exit code 0 or 2.
///
/// A few mutants of a fixed seed; with `LGPS_FUZZ_MINUTES` (`make fuzz MINUTES=10`) as many as come in that time for each
/// format. Mutants that are not taken well are kept in `mutants` beside the built program.
@Suite(.serialized) struct MutationTests {
    struct Reader: Sendable, CustomTestStringConvertible {
        var name: String
        var isText: Bool
        /// Is made sound by `make`, then damaged.
        var file: String
        var make: @Sendable (_ path: String) throws -> Void
        var arguments: [String]

        var testDescription: String { name }
    }

    private static let mutants = 25

    static let readers: [Reader] = [
        structure("POSCAR", "a.vasp"), structure("CIF", "a.cif"), structure("LAMMPS data", "a.data"),
        structure("extended XYZ", "a.extxyz"),
        Reader(
            name: "trajectory in extended XYZ", isText: true, file: "t.extxyz", make: { try trajectory(to: $0) },
            arguments: ["analyze", "t.extxyz", "--output", "out"]),
        Reader(
            name: "H5MD", isText: false, file: "t.h5",
            make: { try copy("../../../MolecularDynamicsTests/Fixtures/30-good.h5", to: $0) },
            arguments: ["analyze", "t.h5", "--output", "out"]),
        Reader(
            name: "model in YAML", isText: true, file: "m.yaml", make: { try copy("mini-ok.yaml", to: $0) },
            arguments: ["convert", "m.yaml", "out.dp"]),
        Reader(
            name: "model in HDF5", isText: false, file: "m.dp",
            make: { path in try copy("../../../../reference-data/models/LiGePS-PBE/model-000.dp", to: path) },
            arguments: ["convert", "m.dp", "out.yaml"]),
        npy("coord.npy"), npy("force.npy"), npy("real_atom_types.npy"), npy("box.npy"),
        Reader(
            name: "MD configuration", isText: true, file: "md.json", make: { try copy("md1.json", to: $0) },
            arguments: ["md", "md.json", "--structure", "none.xyz", "--output", "out"]),
        Reader(
            name: "training input", isText: true, file: "train.json", make: { try copy("train-descseed.json", to: $0) },
            arguments: ["train", "train.json", "--output", "out"]),
    ]

    @Test(arguments: readers) func damagedFilesAreRefused(_ reader: Reader) async throws {
        try await CommandLineTests.withFolder { folder in
            let path = "\(folder)/\(reader.file)"
            try Folder.make(URL(fileURLWithPath: path).deletingLastPathComponent().path)
            try reader.make(path)
            let whole = try InputFile.data(at: path)
            var mutator = Mutator(seed: 20, stream: reader.name)
            let minutes = ProcessInfo.processInfo.environment["LGPS_FUZZ_MINUTES"].flatMap { Double($0) }
            let deadline = ContinuousClock.now + .seconds(60 * (minutes ?? 0))
            var (count, bad) = (0, 0)
            while minutes == nil ? count < Self.mutants : ContinuousClock.now < deadline {
                count += 1
                let mutant = mutator.mutant(of: whole, isText: reader.isText)
                try AtomicFile.write(mutant, to: path)
                let run = try await BoundedRun(reader.arguments + ["--threads", "1", "--quiet"], in: folder)
                try? FileManager.default.removeItem(atPath: "\(folder)/out")
                guard !run.isClean() else { continue }
                bad += 1
                let kept = try Self.keep(mutant, "\(reader.name) \(count) \(reader.file)")
                Issue.record(
                    "\(kept): \(run.status.map { "exit code \($0)" } ?? "a signal"): \(run.errors.suffix(300))")
                if bad >= 20 { break }
            }
            if minutes != nil { print("\(reader.name): \(count) mutants, \(bad) not taken well") }
        }
    }

    private static func keep(_ mutant: Data, _ name: String) throws -> String {
        let folder = URL(fileURLWithPath: CommandLineTests.program).deletingLastPathComponent().path + "/mutants"
        try Folder.make(folder)
        let path = "\(folder)/\(name.map { "/ ".contains($0) ? "-" : String($0) }.joined())"
        try AtomicFile.write(mutant, to: path)
        return path
    }

    private static func copy(_ name: String, to path: String) throws {
        try AtomicFile.write(InputFile.data(at: "\(FaultFilesTests.folder)/\(name)"), to: path)
    }

    private static func crystal(_ frame: Int = 0) throws -> Structure {
        let species: [Species] = [.lithium, .lithium, .germanium, .phosphorus, .sulfur, .sulfur]
        let structure = Structure(
            cell: try Cell(a: 6, b: 7, c: 8, alpha: 80, beta: 95, gamma: 70), species: species,
            positions: species.indices.map { SIMD3(repeating: 0.9 * Double($0)) },
            velocities: species.indices.map { SIMD3(Double($0), 1, -2) })
        return structure.rattled(by: 0.1, seed: 7, stream: "frame \(frame)")
    }

    private static func structure(_ name: String, _ file: String) -> Reader {
        Reader(
            name: name, isText: true, file: file, make: { try StructureFile.write(crystal(), to: $0) },
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
    private static func npy(_ array: String) -> Reader {
        Reader(
            name: "deepmd/npy, \(array)", isText: false, file: "system/set.000/\(array)",
            make: { path in
                let folder = URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent().path
                try? FileManager.default.removeItem(atPath: folder)
                let frames = try (0..<3).map {
                    ExtendedXYZ.Frame(structure: try crystal($0), energy: -1, forces: try crystal($0).positions)
                }
                let system = try LabelledSystem(name: "system", frames: frames)
                try system.write(to: folder)
                let types = (0..<3).flatMap { _ in system.types.map(Double.init) }
                let real = NpyArray(shape: [3, system.atomCount], elementType: .int32, values: types)
                try AtomicFile.write(real.encoded(), to: "\(folder)/set.000/real_atom_types.npy")
            }, arguments: ["convert", "system", "out.xyz", "--frame", "1"])
    }
}
