import Files
import Foundation
import Structures

/// Reads H5MD files, of this program and of others (LAMMPS, VMD's plugin, MDAnalysis, ZnH5MD, pyh5md), frame by frame:
/// any name of the particles' group, fixed or changing boxes as vectors or matrices, explicit or implicit times, with and
/// without ids, in the units that the file names.
public final class H5MDReader {
    /// One frame of the trajectory.
    public struct Frame: Equatable, Sendable {
        public var step: Int
        /// ps, when the file tells times.
        public var time: Double?
        /// The atoms of the file, with velocities when the file has them, sorted by their ids.
        public var structure: Structure
        /// How many cells each atom has left behind along a, b and c, when the file tells.
        public var images: [SIMD3<Double>]?
    }

    public let path: String
    public let frameCount: Int
    /// The atoms' places in the simulated structure, from 0: by the file's ids, or in its order.
    public let atoms: [Int]
    /// Whether the file has velocities.
    public let hasVelocities: Bool
    /// One per atom of the file, in the order of their ids; in the first frame, where they change.
    public private(set) var species: [Species] = []
    /// What the user should know of the file.
    public private(set) var remarks: [String] = []
    private let position: H5MDElement
    private let velocity: H5MDElement?
    private let image: H5MDElement?
    private let edges: H5MDElement
    private let numbers: H5MDElement?
    private let id: H5MDElement?
    private let isPeriodic: Bool
    /// Of a file without species.
    private let given: [Species]?

    /// - Parameters:
    ///   - group: of the particles; nil takes the only one, or `atoms`.
    ///   - species: one per atom, for a file that does not tell them.
    /// - Throws: `InputError` when the file is missing, no HDF5, or lacks what an H5MD trajectory has.
    public init(_ path: String, group: String? = nil, species given: [Species]? = nil) throws {
        self.path = path
        self.given = given
        let opened = try HDF5Library.withLock {
            let input = try HDF5Input(path, isLive: true)
            let group = try Self.group(in: input, group)
            func element(_ name: String, _ dimensions: [Int], length: Int = 0, time: Int = 0) throws -> H5MDElement? {
                try H5MDElement("\(group)/\(name)", in: input, frameDimensions: dimensions, length: length, time: time)
            }
            guard let position = try element("position", [2], length: 1) else {
                throw input.failure("\(group)/position", "this group is missing", mend: "give an H5MD trajectory")
            }
            guard let edges = try element("box/edges", [1, 2], length: 1) else {
                throw input.failure(
                    "\(group)/box/edges", "the file does not tell the cell",
                    mend: "give an H5MD trajectory with its box")
            }
            let id = try element("id", [1])
            return (
                position, try element("velocity", [2], length: 1, time: -1), try element("image", [2]), edges,
                try element("species", [1]), id, try Self.atoms(id, count: position.shape[0]),
                try Self.isPeriodic(input, "\(group)/box")
            )
        }
        (position, velocity, image, edges, numbers, id, atoms, isPeriodic) = opened
        hasVelocities = opened.1 != nil
        frameCount = opened.0.frameCount ?? 0
        try check()
        species = try HDF5Library.withLock { try elements(0, try order(0)) }
        if !position.hasUnit { remarks.append("\(path): positions have no unit and were taken as Å") }
        if !isPeriodic { remarks.append("\(path): the box is not periodic") }
    }

    /// Whether the file tells times.
    public var hasTimes: Bool { position.times != nil }

    /// Of every frame (ps, or in the file's unit when it names none); nil where the file tells none.
    public func times() throws -> [Double?] {
        try HDF5Library.withLock { try position.allTimes() }
    }

    /// Whether the file names the unit of its times.
    public var hasTimeUnit: Bool { position.hasTimeUnit }

    public var atomCount: Int { position.shape[0] }

    private func check() throws {
        guard position.shape.count == 2, position.shape[1] == 3, position.frameCount != nil else {
            throw position.failure("has the shape \(position.shape) a frame, not [atoms, 3], or is not a trajectory")
        }
        let atoms = atomCount
        for vectors in [velocity, image].compactMap(\.self) where vectors.shape != [atoms, 3] {
            throw vectors.failure("has the shape \(vectors.shape) a frame where there are \(atoms) atoms")
        }
        guard edges.shape == [3] || edges.shape == [3, 3] else {
            throw edges.failure("has the shape \(edges.shape), not [3] or [3, 3]")
        }
        for values in [numbers, id].compactMap(\.self) where values.shape != [atoms] {
            throw values.failure("has \(values.shape) values where there are \(atoms) atoms")
        }
        for element in [velocity, image, edges, numbers, id].compactMap(\.self) {
            guard let count = element.frameCount, count != 1 else { continue }
            guard count >= frameCount else {
                throw element.failure("has \(count) frames where there are \(frameCount) of positions")
            }
        }
        guard numbers != nil || given != nil else {
            throw position.failure(
                "and its file do not tell the elements", mend: "give a file of the same atoms with --structure")
        }
        if let given, given.count != atoms {
            throw position.failure("has \(atoms) atoms where the given structure has \(given.count)")
        }
    }

    /// Frame `index`, from 0.
    public func frame(_ index: Int) throws -> Frame {
        precondition(0..<frameCount ~= index, "a frame of the file")
        return try HDF5Library.withLock {
            do {
                return try read(index)
            } catch var error as InputError {
                error.file = error.file ?? path
                error.place = [error.place, "frame \(index)"].compactMap { $0 }.joined(separator: ", ")
                throw error
            }
        }
    }

    private func read(_ index: Int) throws -> Frame {
        let order = try order(index)
        func vectors(_ element: H5MDElement) throws -> [SIMD3<Double>] {
            let values = try element.frame(index)
            return order.map { SIMD3(values[3 * $0], values[3 * $0 + 1], values[3 * $0 + 2]) }
        }
        let e = try edges.frame(index)
        let cell = try Cell(
            e.count == 9
                ? Matrix3(rowMajor: e) : Matrix3(SIMD3(e[0], 0, 0), SIMD3(0, e[1], 0), SIMD3(0, 0, e[2])))
        let structure = Structure(
            cell: cell, species: try elements(index, order), positions: try vectors(position),
            velocities: try velocity.map(vectors), isPeriodic: isPeriodic)
        return Frame(
            step: try position.step(index), time: try position.time(index),
            structure: try structure.finite(file: path), images: try image.map(vectors))
    }

    private func elements(_ index: Int, _ order: [Int]) throws -> [Species] {
        guard let numbers else { return given ?? [] }
        let values = try numbers.frame(index)
        return try order.map { atom in
            guard let number = Count.exactly(values[atom]), let element = Species(atomicNumber: number) else {
                throw numbers.failure(
                    "\(values[atom]) is not the number of an element",
                    mend: "give a file of the same atoms with --structure, or write atomic numbers")
            }
            return element
        }
    }

    /// The atoms' places in the file, by their ids.
    private func order(_ index: Int) throws -> [Int] {
        guard let id else { return Array(0..<atomCount) }
        return try Self.order(try id.frame(index), id)
    }

    private static func atoms(_ id: H5MDElement?, count: Int) throws -> [Int] {
        guard let id, id.frameCount == nil else { return Array(0..<count) }
        return try id.frame(0).sorted().map { number in
            guard let atom = Count.exactly(number - 1) else { throw id.failure("the id \(number) is none") }
            return atom
        }
    }

    private static func order(_ ids: [Double], _ element: H5MDElement) throws -> [Int] {
        let order = ids.indices.sorted { ids[$0] < ids[$1] }
        for (first, second) in zip(order, order.dropFirst()) where ids[first] == ids[second] {
            throw element.failure("the id \(ids[second]) is given twice")
        }
        return order
    }

    /// `particles/GROUP`.
    private static func group(in input: HDF5Input, _ given: String?) throws -> String {
        guard input.isGroup("particles") else {
            throw input.failure("particles", "this group is missing", mend: "give an H5MD file")
        }
        let names = try input.names(in: "particles").filter { input.isGroup("particles/\($0)") }
        if let given {
            guard names.contains(given) else {
                throw input.failure(
                    "particles/\(given)", "there is no such group among \(names.joined(separator: ", "))")
            }
            return "particles/\(given)"
        }
        if names.contains("atoms") { return "particles/atoms" }
        guard names.count == 1 else {
            throw input.failure(
                "particles",
                names.isEmpty
                    ? "there is no group of particles" : "there are several groups: \(names.joined(separator: ", "))",
                mend: "give a file with one")
        }
        return "particles/\(names[0])"
    }

    private static func isPeriodic(_ input: HDF5Input, _ box: String) throws -> Bool {
        // Files without the attribute, which H5MD demands, have a box all the same.
        guard let words = try input.texts("boundary", of: box) else { return true }
        guard Set(words).count == 1, let word = words.first, ["periodic", "none"].contains(word) else {
            throw input.failure(
                "\(box)@boundary",
                "\(words.prefix(4).joined(separator: " ")) is neither periodic nor none along all axes",
                mend: "systems periodic along some axes only are not supported")
        }
        return word == "periodic"
    }
}
