import Files
import Foundation

/// One `set.*` of a deepmd/npy folder.
struct DeepmdSet {
    /// What a set may have beside its structures.
    enum Label: String {
        case energy, force, virial

        var file: String { "\(rawValue).npy" }
    }

    /// Frames of the same atoms: their types, and which frames.
    private(set) var groups: [(types: [Int], frames: [Int])] = []
    /// Atoms of a row, those included that only fill it up.
    private let atomCount: Int
    private let coordinates: [Double]
    private let boxes: [Double]
    private let energies: [Double]?
    private let forces: [Double]?
    private let virials: [Double]?
    /// [frames, atoms]; nil when the set is not of mixed type.
    private let realTypes: [Int]?

    /// - Parameter types: of `type.raw`.
    init(_ path: String, types: [Int], typeMap: [String], isPeriodic: Bool) throws {
        atomCount = types.count
        let first = try DeepmdSetFile("\(path)/coord.npy", valuesPerFrame: 3 * types.count, frames: nil)
        let frames = first.frames
        coordinates = try first.finite(perAtom: true)
        boxes = try Self.boxes("\(path)/box.npy", frames: frames, isPeriodic: isPeriodic)
        func label(_ label: Label, _ valuesPerFrame: Int) throws -> [Double]? {
            let file = "\(path)/\(label.file)"
            guard FileManager.default.fileExists(atPath: file) else { return nil }
            return try DeepmdSetFile(file, valuesPerFrame: valuesPerFrame, frames: frames).finite(
                perAtom: label == .force)
        }
        energies = try label(.energy, 1)
        forces = try label(.force, 3 * types.count)
        virials = try label(.virial, 9)
        let mixed = "\(path)/real_atom_types.npy"
        guard FileManager.default.fileExists(atPath: mixed) else {
            realTypes = nil
            groups = [(types, Array(0..<frames))]
            return
        }
        let real = try Self.realTypes(mixed, atoms: types.count, frames: frames, typeMap: typeMap)
        realTypes = real
        var places: [[Int]: Int] = [:]
        for frame in 0..<frames {
            let row = real[frame * types.count..<(frame + 1) * types.count].filter { $0 >= 0 }
            guard !row.isEmpty else {
                throw InputError(file: mixed, place: "frame \(frame)", problem: "the frame has no atoms")
            }
            if let place = places[row] {
                groups[place].frames.append(frame)
            } else {
                places[row] = groups.count
                groups.append((row, [frame]))
            }
        }
    }

    /// Appends some of the frames to a system of their atoms.
    func copy(_ frames: [Int], to system: inout LabelledSystem) {
        for frame in frames {
            system.coordinates += real(coordinates, frame)
            system.boxes += boxes[9 * frame..<9 * frame + 9]
            if let energies { system.energies.append(energies[frame]) }
            if let forces { system.forces += real(forces, frame) }
            if let virials { system.virials = (system.virials ?? []) + virials[9 * frame..<9 * frame + 9] }
        }
    }

    /// A frame's vectors without those of atoms that only fill up its row.
    private func real(_ values: [Double], _ frame: Int) -> [Double] {
        let row = values[3 * atomCount * frame..<3 * atomCount * (frame + 1)]
        guard let types = realTypes?[atomCount * frame..<atomCount * (frame + 1)], types.contains(-1) else {
            return Array(row)
        }
        return types.indices.filter { types[$0] >= 0 }.flatMap { atom in
            let start = row.startIndex + 3 * (atom - types.startIndex)
            return row[start..<start + 3]
        }
    }

    private static func realTypes(_ path: String, atoms: Int, frames: Int, typeMap: [String]) throws -> [Int] {
        try DeepmdSetFile(path, valuesPerFrame: atoms, frames: frames).finite().enumerated().map { place, value in
            guard let type = Count.exactly(value, in: -1...typeMap.count - 1) else {
                throw InputError(
                    file: path, place: "frame \(place / atoms), atom \(place % atoms)",
                    problem: "type \(value) is outside the type map \(typeMap.joined(separator: " ")), expected 0 to "
                        + "\(typeMap.count - 1), or -1 where there is no atom",
                    mend: "mend the file or add the element to type_map.raw")
            }
            return type
        }
    }

    private static func boxes(_ path: String, frames: Int, isPeriodic: Bool) throws -> [Double] {
        let reference = Cell.reference.vectors.rowMajor
        if !isPeriodic, !FileManager.default.fileExists(atPath: path) {
            return (0..<frames).flatMap { _ in reference }
        }
        var boxes = try DeepmdSetFile(path, valuesPerFrame: 9, frames: frames).finite()
        for frame in 0..<frames {
            let range = frame * 9..<frame * 9 + 9
            do {
                _ = try Cell(Matrix3(rowMajor: boxes[range]))
            } catch let error as InputError {
                guard isPeriodic else {
                    boxes.replaceSubrange(range, with: reference)
                    continue
                }
                throw InputError(file: path, place: "frame \(frame)", problem: error.problem, mend: error.mend)
            }
        }
        return boxes
    }
}
