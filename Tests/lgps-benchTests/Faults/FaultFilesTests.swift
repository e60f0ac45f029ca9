import Files
import Foundation
import Labelling
import Structures
import Testing

/// Files that were made by mutation and by hand, and crashed, hung or exhausted the program: each is refused by name, with
/// exit code 2. Sound ones among them show that the rest of the command works.
@Suite(.serialized) struct FaultFilesTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/faults").path

    static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
    static func names(_ prefix: String, _ suffix: String) -> [String] {
        names.filter { $0.hasPrefix(prefix) && $0.hasSuffix(suffix) }
    }

    private func check(_ arguments: [String], _ file: String, in folder: String, isSound: Bool = false) async throws {
        let run = try await BoundedRun(arguments + ["--quiet"], in: folder)
        #expect(run.status == (isSound ? 0 : 2), "\(file): \(run.status.map { "\($0)" } ?? "a signal") \(run.errors)")
        #expect(isSound || run.errors.contains("lgps-bench: "), "\(file): \(run.errors)")
    }

    @Test(arguments: names("dp-", ".dp")) func models(_ name: String) async throws {
        try await CommandLineTests.withFolder {
            try await check(["convert", "\(Self.folder)/\(name)", "out.yaml"], name, in: $0)
        }
    }

    @Test(arguments: names("", ".yaml")) func modelsInYAML(_ name: String) async throws {
        // A deviation of 1e-10 or a mean of 1e300 are no statistics of real data.
        try await CommandLineTests.withFolder {
            try await check(
                ["convert", "\(Self.folder)/\(name)", "out.dp"], name, in: $0, isSound: name == "mini-ok.yaml")
        }
    }

    @Test(arguments: names("h5-", ".h5")) func trajectories(_ name: String) async throws {
        try await CommandLineTests.withFolder {
            try await check(["analyze", "\(Self.folder)/\(name)", "--output", "out"], name, in: $0)
        }
    }

    @Test(arguments: ["POSCAR.natoms", "image.data", "ntypes.data", "inf.cif", "framehash.extxyz", "vaspmesh.extxyz"])
    func structures(_ name: String) async throws {
        try await CommandLineTests.withFolder {
            try await check(["convert", "\(Self.folder)/\(name)", "out.xyz"], name, in: $0)
        }
    }

    @Test(arguments: names("md", ".json") + ["mini-md.json"]) func dynamics(_ name: String) async throws {
        try await CommandLineTests.withFolder {
            try await check(
                [
                    "md", "\(Self.folder)/\(name)", "--structure", "\(Self.folder)/mini-Li.extxyz", "--model",
                    "\(Self.folder)/mini-ok.yaml", "--output", "out", "--threads", "1",
                ], name, in: $0, isSound: ["md0.json", "md1.json", "mini-md.json"].contains(name))
        }
    }

    @Test func noAtoms() async throws {
        try await CommandLineTests.withFolder {
            try await check(
                [
                    "md", "\(Self.folder)/md1.json", "--structure", "\(Self.folder)/zero.extxyz", "--model",
                    "\(Self.folder)/mini-ok.yaml", "--output", "out",
                ], "zero.extxyz", in: $0)
        }
    }

    /// Two runs in one folder would mix their results.
    @Test(arguments: [
        ["md", "\(folder)/md1.json", "--structure", "\(folder)/mini-Li.extxyz", "--model", "\(folder)/mini-ok.yaml"],
        ["train", "\(folder)/train-descseed.json"], ["analyze", "\(folder)/h5-pos0.h5"],
        ["all", "--profile", "smoke"],
    ])
    func aFolderInUseIsRefused(_ arguments: [String]) async throws {
        try await CommandLineTests.withFolder { folder in
            let lock = try FolderLock("\(folder)/out")
            defer { withExtendedLifetime(lock) {} }
            let run = try await BoundedRun(arguments + ["--output", "out", "--quiet"], in: folder)
            #expect(run.status == 2 && run.errors.contains("another command is writing"), "\(run.errors)")
        }
    }

    /// Strange, but no fault.
    static let sound = ["train-descseed.json", "train-stoplr.json", "train-kf1.json"]

    @Test(arguments: names("train-", ".json")) func training(_ name: String) async throws {
        try await CommandLineTests.withFolder { folder in
            for (part, seed) in [("train", 1), ("validation", 2)] {
                try Self.frames(seed: UInt64(seed)).write(to: "\(folder)/DATA/\(part)/one")
            }
            let text = try InputFile.text(at: "\(Self.folder)/\(name)")
            try AtomicFile.write(text, to: "\(folder)/\(name)")
            let run = try await BoundedRun(
                ["train", name, "--output", "inner/out", "--threads", "1", "--quiet"], in: folder)
            let isSound = Self.sound.contains(name)
            #expect(
                run.status == (isSound ? 0 : 2), "\(name): \(run.status.map { "\($0)" } ?? "a signal") \(run.errors)")
            #expect(try Set(InputFile.names(in: folder)).isSubset(of: ["DATA", name, "inner"]), "nothing outside")
        }
    }

    /// A failed label each; an external entity is not looked up.
    @Test(arguments: names("vasp-", "OUTCAR") + names("vasp-", "vasprun.xml")) func labels(_ name: String) async throws
    {
        try await CommandLineTests.withFolder { folder in
            var frame = try ExtendedXYZ.read("\(Self.folder)/vasp-s.extxyz")[0]
            (frame.energy, frame.forces) = (0, frame.structure.positions)
            try LabelledSystem(name: "one", frames: [frame]).write(to: "\(folder)/one")
            let place = "\(folder)/out/vasp/PBE/\(FrameHash.hexadecimal(of: frame.structure))"
            try Folder.make(place)
            let file = name.split(separator: "-").last.map(String.init) ?? name
            try AtomicFile.write(InputFile.data(at: "\(Self.folder)/\(name)"), to: "\(place)/\(file)")
            let run = try await BoundedRun(
                ["label", "--code", "vasp", "--data", "one", "--output", "out", "--quiet"], in: folder)
            #expect(run.status == (name.contains("xxe") ? 0 : 3), "\(name): \(run.errors)")
        }
    }

    /// A few atoms of Li, Ge, P and S on a grid, slightly moved.
    private static func frames(seed: UInt64) throws -> LabelledSystem {
        let cell = try Cell(a: 8, b: 8, c: 8)
        let species = (0..<8).map { [Species.lithium, .germanium, .phosphorus, .sulfur][$0 % 4] }
        let grid = (0..<8).map { atom -> SIMD3<Double> in
            let (x, y, z) = (atom % 2, atom / 2 % 2, atom / 4)
            return SIMD3(Double(4 * x), Double(4 * y), Double(4 * z))
        }
        let frames = (0..<4).map { frame -> ExtendedXYZ.Frame in
            let structure = Structure(cell: cell, species: species, positions: grid).rattled(
                by: 0.3, seed: seed, stream: "frame \(frame)")
            return ExtendedXYZ.Frame(
                structure: structure, energy: -20 + 0.1 * Double(frame),
                forces: structure.positions.map { 0.01 * $0 }, virial: .identity)
        }
        return try LabelledSystem(name: "one", frames: frames)
    }
}
