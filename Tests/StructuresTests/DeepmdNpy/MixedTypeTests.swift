import Files
import Foundation
import Testing

@testable import Structures

/// deepmd/npy of mixed type (DeePMD-kit's data documentation, "mixed type"): the types of every frame in
/// `real_atom_types.npy`, −1 where a row is only filled up.
@Suite struct MixedTypeTests {
    /// Three frames of three places: Li P S, S Li with a place empty, Li P S again.
    private func write(to path: String, types: [Double] = [0, 1, 2, 2, -1, 0, 0, 1, 2]) throws {
        try Folder.make("\(path)/set.000")
        try AtomicFile.write("0\n0\n0\n", to: "\(path)/type.raw")
        try AtomicFile.write("Li\nP\nS\n", to: "\(path)/type_map.raw")
        func write(_ name: String, _ shape: [Int], _ values: [Double]) throws {
            let array = NpyArray(
                shape: shape, elementType: name == "real_atom_types" ? .int32 : .float64, values: values)
            try AtomicFile.write(array.encoded(), to: "\(path)/set.000/\(name).npy")
        }
        try write("real_atom_types", [3, 3], types)
        try write("coord", [3, 9], (0..<27).map(Double.init))
        try write("force", [3, 9], (0..<27).map { -Double($0) })
        try write("box", [3, 9], (0..<3).flatMap { _ in [30.0, 0, 0, 0, 30, 0, 0, 0, 30] })
        try write("energy", [3], [-1, -2, -3])
    }

    @Test func framesAreSortedByTheirAtoms() throws {
        try withTemporaryFolder { folder in
            try write(to: "\(folder)/mixed")
            let systems = try LabelledSystem.loadAll(under: folder)
            #expect(systems.map(\.name) == ["mixed-Li1P1S1", "mixed-Li1S1"])
            #expect(systems[0].types == [0, 1, 2] && systems[0].energies == [-1, -3])
            #expect(systems[1].types == [2, 0] && systems[1].energies == [-2])
            let second = try systems[1].structure(frame: 0)
            #expect(second.species == [.sulfur, .lithium])
            // The place without an atom is the second of the frame.
            #expect(second.positions == [SIMD3(9, 10, 11), SIMD3(15, 16, 17)])
            #expect(systems[1].forces(frame: 0) == [SIMD3(-9, -10, -11), SIMD3(-15, -16, -17)])
            #expect(systems[0].coordinates.suffix(9).first == 18)
            let error = inputError { _ = try LabelledSystem.load(path: "\(folder)/mixed") }
            #expect(error?.problem.contains("2 systems: Li1P1S1, Li1S1") == true)
            #expect(try StructureFile.read("\(folder)/mixed", frame: 2).species == [.sulfur, .lithium])
        }
    }

    @Test(arguments: [3.0, -2, 0.5, .nan]) func typesOutsideTheMapAreRefused(_ type: Double) throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/mixed"
            try write(to: path)
            let types = [0, 1, 2, 2, type, 0, 0, 1, 2]
            let array = NpyArray(shape: [3, 3], elementType: .float64, values: types)
            try AtomicFile.write(array.encoded(), to: "\(path)/set.000/real_atom_types.npy")
            let error = inputError { _ = try LabelledSystem.systems(in: path) }
            #expect(error?.file == "\(path)/set.000/real_atom_types.npy")
            #expect(error?.place?.hasPrefix("frame 1") == true)
        }
    }
}
