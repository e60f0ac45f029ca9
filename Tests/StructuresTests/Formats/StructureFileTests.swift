import Files
import Foundation
import Testing

@testable import Structures

@Suite struct StructureFileTests {
    @Test(arguments: ["POSCAR", "a.vasp", "a.xyz", "a.data", "data.lgps", "a.cif", "CONTCAR_relaxed"])
    func everyFormatIsReadBack(_ name: String) throws {
        let structure = try Structure.random(
            seed: 8, withVelocities: false, vectors: Cell(a: 6, b: 7, c: 9, alpha: 80, beta: 95, gamma: 70).vectors)
        try withTemporaryFolder { folder in
            try StructureFile.write(structure, to: "\(folder)/\(name)")
            let read = try StructureFile.read("\(folder)/\(name)")
            #expect(read.species == structure.species)
            let moved = zip(read.fractionalPositions, structure.fractionalPositions).map { $0 - $1 }
            #expect(moved.allSatisfy { ($0 - $0.rounded(.toNearestOrEven)).norm < 1e-13 })
        }
    }

    @Test func framesAreChosen() throws {
        try withTemporaryFolder { folder in
            let frames = try (1...3).map { ExtendedXYZ.Frame(structure: try Structure.random(seed: $0)) }
            try ExtendedXYZ.write(frames, to: "\(folder)/a.xyz")
            #expect(try StructureFile.read("\(folder)/a.xyz", frame: 1) == frames[1].structure)
            #expect(try StructureFile.read("\(folder)/a.xyz", frame: -1) == frames[2].structure)
            #expect(inputError { _ = try StructureFile.read("\(folder)/a.xyz") }?.problem.contains("3 frames") == true)
            #expect(throws: InputError.self) { try StructureFile.read("\(folder)/a.xyz", frame: 3) }

            try example(frames: 2).write(to: "\(folder)/system")
            #expect(try StructureFile.read("\(folder)/system", frame: 1) == example(frames: 2).structure(frame: 1))
        }
    }

    @Test func unknownNamesAndMissingFilesAreRefused() throws {
        #expect(throws: InputError.self) { try StructureFile.read("a.pdb") }
        #expect(inputError { _ = try StructureFile.read("/nonexistent/POSCAR") }?.problem == "there is no such file")
        try withTemporaryFolder { folder in
            try AtomicFile.write(Data([0xff, 0xfe, 0x00, 0x80]), to: "\(folder)/POSCAR")
            #expect(inputError { _ = try StructureFile.read("\(folder)/POSCAR") }?.problem.contains("UTF-8") == true)
        }
        let structure = try Structure.random(seed: 1)
        #expect(throws: InputError.self) { try StructureFile.write(structure, to: "/nonexistent/a.xyz") }
    }

    @Test func labelledFramesPassThroughExtendedXYZ() throws {
        let system = example(frames: 3)
        try withTemporaryFolder { folder in
            try ExtendedXYZ.write(try (0..<3).map(system.labelledFrame), to: "\(folder)/a.xyz")
            let frames = try ExtendedXYZ.read("\(folder)/a.xyz")
            let map = system.typeMap.map { Species(symbol: $0)! }
            #expect(try LabelledSystem(name: system.name, frames: frames, typeMap: map) == system)

            var broken = frames
            broken[1].energy = nil
            #expect(inputError { _ = try LabelledSystem(name: "x", frames: broken) }?.place == "frame 1")
            broken = frames
            broken[2].structure.species.swapAt(0, 1)
            #expect(inputError { _ = try LabelledSystem(name: "x", frames: broken) }?.place == "frame 2")
            #expect(throws: InputError.self) { try LabelledSystem(name: "x", frames: frames, typeMap: [.lithium]) }
        }
    }
}
