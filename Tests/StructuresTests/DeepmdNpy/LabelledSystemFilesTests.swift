import Files
import Foundation
import Testing

@testable import Structures

@Suite struct LabelledSystemFilesTests {
    @Test func roundTripsInDouble() throws {
        try withTemporaryFolder { folder in
            let system = example(frames: 3)
            try system.write(to: "\(folder)/data.000")
            #expect(try LabelledSystem.load(path: "\(folder)/data.000") == system)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["data.000"])
        }
    }

    @Test func roundTripsInSingleToItsPrecision() throws {
        try withTemporaryFolder { folder in
            let system = example(frames: 2)
            try system.write(to: "\(folder)/data.000", precision: .single)
            let read = try LabelledSystem.load(path: "\(folder)/data.000")
            #expect(read.energies == system.energies)
            #expect(read.coordinates == system.coordinates.map { Double(Float($0)) })
            #expect(read.forces == system.forces.map { Double(Float($0)) })
            #expect(read.virials == system.virials?.map { Double(Float($0)) })
        }
    }

    @Test func setsAreJoinedInOrder() throws {
        try withTemporaryFolder { folder in
            try example(frames: 2, seed: 1).write(to: "\(folder)/a")
            try example(frames: 1, seed: 2).write(to: "\(folder)/b")
            try FileManager.default.moveItem(atPath: "\(folder)/b/set.000", toPath: "\(folder)/a/set.001")
            let read = try LabelledSystem.load(path: "\(folder)/a")
            #expect(read.energies == example(frames: 2, seed: 1).energies + example(frames: 1, seed: 2).energies)
            #expect(read.frameCount == 3 && read.virials?.count == 27)
        }
    }

    @Test func columnsOfEnergiesAndAbsentVirialsAreRead() throws {
        try withTemporaryFolder { folder in
            var system = example(frames: 2)
            system.virials = nil
            try system.write(to: "\(folder)/data.000")
            try replace("\(folder)/data.000/set.000/energy.npy", [2, 1], system.energies)
            try replace("\(folder)/data.000/set.000/coord.npy", [2, 3, 3], system.coordinates)
            #expect(try LabelledSystem.load(path: "\(folder)/data.000") == system)
        }
    }

    @Test func freeSystemsNeedNoBox() throws {
        try withTemporaryFolder { folder in
            var system = example(frames: 2)
            system.isPeriodic = false
            try system.write(to: "\(folder)/data.000")
            #expect(try LabelledSystem.load(path: "\(folder)/data.000") == system)
            try FileManager.default.removeItem(atPath: "\(folder)/data.000/set.000/box.npy")
            let read = try LabelledSystem.load(path: "\(folder)/data.000")
            #expect(try read.structure(frame: 1).cell.lengths == SIMD3(repeating: 100))
            #expect(try !read.structure(frame: 1).isPeriodic)
        }
    }

    @Test func everySystemBelowAFolderIsFound() throws {
        try withTemporaryFolder { folder in
            for name in ["z", "b/02.fp/data.001", "b/02.fp/data.000"] {
                try example(frames: 1).write(to: "\(folder)/\(name)")
            }
            #expect(
                try LabelledSystem.loadAll(under: folder).map(\.name) == ["b/02.fp/data.000", "b/02.fp/data.001", "z"])
            #expect(try LabelledSystem.loadAll(under: "\(folder)/z").map(\.name) == ["z"])
            // Splits of data are often folders of links.
            try FileManager.default.createDirectory(atPath: "\(folder)/split", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/split/train", withDestinationPath: "\(folder)/b")
            #expect(
                try LabelledSystem.folders(under: "\(folder)/split") == [
                    "train/02.fp/data.000", "train/02.fp/data.001",
                ])
            #expect(try LabelledSystem.folders(under: "\(folder)/z") == [""])
        }
    }

    /// Composition, frame counts and force scale of the published set, nine tenths of whose frames are here.
    @Test(.enabled(if: SharedData.has("data/LiGePS-SSE-PBE"), "needs the paper's data in ../shared"))
    func readsThePapersData() throws {
        let systems = try LabelledSystem.loadAll(under: SharedData.path("data/LiGePS-SSE-PBE"))
        let initial = try #require(systems.first { $0.name == "LiGePS-init.system" })
        #expect(initial.typeMap == ["Li", "Ge", "P", "S"])
        #expect((0..<4).map { type in initial.types.count { $0 == type } } == [20, 2, 4, 24])
        #expect(initial.frameCount == 531 && initial.virials == nil)
        #expect(systems.allSatisfy { $0.atomCount == 50 || $0.atomCount == 400 })
        #expect(systems.filter { $0.virials == nil }.count == 1)
        let squares = systems.reduce(0) { $0 + $1.forces.reduce(0) { $0 + $1 * $1 } }
        let count = systems.reduce(0) { $0 + $1.forces.count }
        #expect(abs((squares / Double(count)).squareRoot() - 0.84) < 0.02)
    }
}

/// Frames of three atoms with virials, and values that float32 cannot hold.
func example(frames: Int, seed: UInt64 = 7) -> LabelledSystem {
    var generator = SplitMix64(seed: seed)
    func values(_ count: Int, _ range: Range<Double>) -> [Double] {
        (0..<count).map { _ in .random(in: range, using: &generator) }
    }
    let box = [8.7, 0.1, 0, 0, 8.9, 0, 0.3, 0, 12.7]
    return LabelledSystem(
        name: "data.000", typeMap: ["Li", "P", "S"], types: [0, 2, 1], coordinates: values(9 * frames, 0..<9),
        boxes: (0..<frames).flatMap { _ in box }, energies: values(frames, -300 ..< -200),
        forces: values(9 * frames, -2..<2), virials: values(9 * frames, -5..<5))
}

/// Overwrites an array of a set.
func replace(_ path: String, _ shape: [Int], _ values: [Double]) throws {
    try AtomicFile.write(NpyArray(shape: shape, elementType: .float64, values: values).encoded(), to: path)
}
