import Files
import Foundation
import Testing

@testable import Structures

/// Every way in which a deepmd/npy folder is commonly broken, and what the error says.
@Suite struct BadLabelledSystemTests {
    /// Writes a good system of two frames, lets `damage` spoil it, and returns the error of reading it.
    private func error(_ damage: (_ system: String) throws -> Void) throws -> InputError {
        try withTemporaryFolder { folder in
            let path = "\(folder)/data.000"
            try example(frames: 2).write(to: path)
            try damage(path)
            let error = try #require(throws: InputError.self) { try LabelledSystem.load(path: path) }
            #expect(throws: error) { try LabelledSystem.loadAll(under: folder).first }
            var relative = error
            relative.file = error.file.map { String($0.dropFirst(path.count)) }
            return relative
        }
    }

    private func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

    @Test(arguments: [
        "type.raw", "type_map.raw", "set.000/coord.npy", "set.000/box.npy", "set.000/energy.npy", "set.000/force.npy",
    ])
    func missingFile(_ name: String) throws {
        let error = try error { try remove("\($0)/\(name)") }
        #expect(error.file == "/\(name)" && error.problem == "there is no such file")
    }

    @Test func missingSet() throws {
        let error = try error { try remove("\($0)/set.000") }
        #expect(error.problem.contains("no set.* folder"))
    }

    @Test func truncatedArray() throws {
        let error = try error { system in
            let path = "\(system)/set.000/force.npy"
            try AtomicFile.write(try InputFile.data(at: path).dropLast(3), to: path)
        }
        #expect(error.file == "/set.000/force.npy" && error.problem.contains("truncated"))
    }

    @Test(arguments: [
        ("coord", [2, 6], 12), ("force", [3, 9], 27), ("box", [2, 6], 12), ("energy", [3], 3), ("virial", [2], 2),
        ("energy", [], 1),
    ])
    func wrongShape(_ name: String, _ shape: [Int], _ count: Int) throws {
        let values = [Double](repeating: 1, count: count)
        let error = try error { try replace("\($0)/set.000/\(name).npy", shape, values) }
        #expect(error.file == "/set.000/\(name).npy")
        #expect(error.problem.contains("the shape is \(shape), expected ["))
    }

    @Test(arguments: ["3", "-1", "x"]) func typeOutsideTheMap(_ type: String) throws {
        let error = try error { try AtomicFile.write("0\n2\n\(type)\n", to: "\($0)/type.raw") }
        #expect(error.file == "/type.raw" && error.place == "atom 2")
        #expect(error.problem.contains("type '\(type)' is outside the type map Li P S"))
    }

    @Test func unknownElement() throws {
        let error = try error { try AtomicFile.write("Li\nXx\nS\n", to: "\($0)/type_map.raw") }
        #expect(error.file == "/type_map.raw" && error.place == "type 1" && error.problem.contains("'Xx'"))
    }

    @Test(arguments: [Double.nan, .infinity]) func valuesThatAreNotFinite(_ value: Double) throws {
        var forces = example(frames: 2).forces
        forces[9 + 4] = value
        var error = try error { try replace("\($0)/set.000/force.npy", [2, 9], forces) }
        #expect(error.file == "/set.000/force.npy" && error.place == "frame 1, atom 1")
        #expect(error.problem.contains("\(value)"))
        error = try self.error { try replace("\($0)/set.000/energy.npy", [2], [-1, value]) }
        #expect(error.file == "/set.000/energy.npy" && error.place == "frame 1")
    }

    @Test func singularCell() throws {
        var boxes = example(frames: 2).boxes
        boxes.replaceSubrange(9..<12, with: boxes[12..<15])
        let error = try error { try replace("\($0)/set.000/box.npy", [2, 9], boxes) }
        #expect(error.file == "/set.000/box.npy" && error.place == "frame 1" && error.problem.contains("singular"))
    }

    @Test func virialInSomeSetsOnly() throws {
        let error = try error { system in
            try FileManager.default.copyItem(atPath: "\(system)/set.000", toPath: "\(system)/set.001")
            try remove("\(system)/set.001/virial.npy")
        }
        #expect(error.problem.contains("only set.000 of 2 sets"))
    }

    @Test func noFramesNoAtomsNoSystems() throws {
        var error = try error { system in
            for (name, width) in [("coord", 9), ("box", 9), ("force", 9), ("energy", 1), ("virial", 9)] {
                try replace("\(system)/set.000/\(name).npy", [0, width], [])
            }
        }
        #expect(error.problem.contains("no frames"))
        error = try self.error { try AtomicFile.write("", to: "\($0)/type.raw") }
        #expect(error.problem.contains("no atoms"))
        try withTemporaryFolder { folder in
            #expect(throws: InputError.self) { try LabelledSystem.loadAll(under: folder) }
            #expect(throws: InputError.self) { try LabelledSystem.loadAll(under: "\(folder)/none") }
        }
    }

    @Test func existingFolderIsNotOverwritten() throws {
        try withTemporaryFolder { folder in
            try example(frames: 1).write(to: "\(folder)/x")
            #expect(throws: InputError.self) { try example(frames: 2).write(to: "\(folder)/x") }
            #expect(try LabelledSystem.load(path: "\(folder)/x").frameCount == 1)
            try AtomicFile.write("a file", to: "\(folder)/file")
            #expect(throws: InputError.self) { try example(frames: 1).write(to: "\(folder)/file/x") }
        }
    }
}
