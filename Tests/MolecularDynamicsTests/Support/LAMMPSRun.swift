import Foundation
import Structures

/// Data that are not part of the project: `../shared` beside the package, or the folder that `LGPS_SHARED` names.
enum SharedData {
    static let golden: URL = {
        if let path = ProcessInfo.processInfo.environment["LGPS_SHARED"] {
            return URL(fileURLWithPath: path).appendingPathComponent("golden")
        }
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { package.deleteLastPathComponent() }
        return package.deletingLastPathComponent().appendingPathComponent("shared/golden")
    }()

    static let hasLAMMPS = FileManager.default.fileExists(atPath: golden.appendingPathComponent("lammps").path)
}

/// A trajectory by LAMMPS 2 Apr 2025 with DeePMD-kit 3.2.0: 200 atoms of Li10GeP2S12, 2 fs, 100 steps
/// (`golden/lammps`, see the README there).
struct LAMMPSRun {
    struct Frame {
        var step: Int
        var positions: [SIMD3<Double>] = []
        var velocities: [SIMD3<Double>] = []
        var forces: [SIMD3<Double>] = []
    }

    /// Column name to value, one dictionary per line.
    var thermo: [[String: Double]]
    var frames: [Frame]
    /// With the velocities of step 0.
    var structure: Structure
    /// The masses of the input script; P's differs from ours in the ninth digit.
    var masses: [Double]

    init(_ name: String) throws {
        let folder = SharedData.golden.appendingPathComponent("lammps")
        func lines(_ file: String) throws -> [[Substring]] {
            try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
                .split(separator: "\n").map { $0.split(separator: " ") }
        }
        let table = try lines("\(name).thermo.txt")
        thermo = table.dropFirst().map {
            Dictionary(uniqueKeysWithValues: zip(table[0].map(String.init), $0.map { Double($0)! }))
        }
        frames = []
        var inAtoms = false
        var expectStep = false
        for words in try lines("\(name).dump") {
            if words[0] == "ITEM:" {
                expectStep = words[1] == "TIMESTEP"
                inAtoms = words[1] == "ATOMS"
            } else if expectStep {
                frames.append(Frame(step: Int(words[0])!))
                expectStep = false
            } else if inAtoms {
                let v = words.dropFirst(2).map { Double($0)! }
                frames[frames.count - 1].positions.append(SIMD3(v[0], v[1], v[2]))
                frames[frames.count - 1].velocities.append(SIMD3(v[3], v[4], v[5]))
                frames[frames.count - 1].forces.append(SIMD3(v[6], v[7], v[8]))
            }
        }
        let types: [Species] = [.lithium, .germanium, .phosphorus, .sulfur]
        structure = try LAMMPSData.read(folder.appendingPathComponent("lgps-200.data").path, types: types)
        structure.velocities = frames[0].velocities
        let weights: [Species: Double] = [.lithium: 6.94, .germanium: 72.63, .phosphorus: 30.973762, .sulfur: 32.06]
        masses = structure.species.map { weights[$0]! }
    }
}
